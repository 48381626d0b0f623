// Adds a button «Chép» to everything that is there to be copied. Without this
// script the texts can still be selected.
(function () {
  'use strict';

  function select(source) {
    if (source.select) {
      source.focus();
      source.select();
      return;
    }
    var range = document.createRange();
    range.selectNodeContents(source);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // The old way, for browsers inside messengers that lack the new one.
  function copySelected(source) {
    select(source);
    return document.execCommand('copy');
  }

  function copy(source, say) {
    var text = source.value || source.textContent;
    function oldWay() {
      say(copySelected(source) ? 'Đã chép' : 'Bấm giữ vào dòng chữ để chép');
    }
    if (!navigator.clipboard) {
      oldWay();
      return;
    }
    navigator.clipboard.writeText(text).then(function () { say('Đã chép'); }, oldWay);
  }

  function addButton(source) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Chép';
    button.setAttribute('aria-label', 'Chép ' + source.getAttribute('data-copy'));
    var told = document.createElement('span');
    told.className = 'copied';
    told.setAttribute('role', 'status');
    button.addEventListener('click', function () {
      copy(source, function (words) { told.textContent = words; });
    });
    source.insertAdjacentElement('afterend', button);
    button.insertAdjacentElement('afterend', told);
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-copy]'), addButton);
})();
