// Moves the bar of a job while it runs, and shows the file when it is there.
// Nothing else on the page moves, and the focus stays where it is. Without this
// script the link «Xem lại» does the same.
(function () {
  'use strict';

  var box = document.querySelector('[data-job]');
  if (!box || !window.fetch) {
    return;
  }
  var bar = box.querySelector('progress');
  var status = document.getElementById('trang-thai');
  var count = document.getElementById('dem');
  var place = document.getElementById('tep');
  var form = document.getElementById('dung');

  function write(element, words) {
    if (element.textContent !== words) {
      element.textContent = words;
    }
  }

  // finish takes the button away; who stood on it stands on what came instead.
  function finish(job) {
    var link = document.createElement('a');
    link.href = job.file || window.location.pathname;
    link.className = job.file ? 'button' : '';
    link.textContent = job.text || 'Xem lại';
    place.textContent = '';
    place.appendChild(link);
    var stood = form.contains(document.activeElement);
    form.parentNode.removeChild(form);
    var runs = document.getElementById('con-chay');
    if (runs) {
      runs.parentNode.removeChild(runs);
    }
    if (stood) {
      link.focus();
    }
  }

  function show(job) {
    bar.value = job.percent;
    write(status, job.says);
    write(count, job.count);
    if (job.state === 'waiting' || job.state === 'running') {
      window.setTimeout(look, 1000);
    } else {
      finish(job);
    }
  }

  // A server that does not answer is asked again; one that refuses is not.
  function look() {
    fetch(box.getAttribute('data-job'), { credentials: 'same-origin', headers: { Accept: 'application/json' } }).then(function (answer) {
      if (!answer.ok || answer.redirected) {
        window.location.reload();
        return null;
      }
      return answer.json().then(show);
    }).catch(function () {
      window.setTimeout(look, 5000);
    });
  }

  window.setTimeout(look, 1000);
})();
