// Keeps the board's numbers fresh: it asks every half minute, only while the
// page is seen, and changes nothing but the numbers. Without this script the
// page is complete; loading it again does the same.
(function () {
  'use strict';

  var every = 30000;
  var page = document.querySelector('[data-live]');
  if (!page || !window.fetch) {
    return;
  }
  var places = page.querySelectorAll('[data-so]');
  var timer = 0;

  function show(numbers) {
    for (var i = 0; i < places.length; i++) {
      var words = numbers[places[i].getAttribute('data-so')];
      if (words !== undefined && places[i].textContent !== words) {
        places[i].textContent = words;
      }
    }
  }

  // A server that does not answer is asked again; one that refuses, or leads to
  // the login, is not: the next load of the page says why.
  function look() {
    fetch(page.getAttribute('data-live'), { credentials: 'same-origin', headers: { Accept: 'application/json' } }).then(function (answer) {
      if (!answer.ok || answer.redirected) {
        return null;
      }
      wait();
      return answer.json().then(show);
    }).catch(wait);
  }

  function wait() {
    window.clearTimeout(timer);
    timer = document.hidden ? 0 : window.setTimeout(look, every);
  }

  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && !timer) {
      look();
    } else if (document.hidden) {
      window.clearTimeout(timer);
      timer = 0;
    }
  });
  wait();
})();
