// A form that is filled in with others around: nothing stays on the device,
// and what was answered is folded away. What is declared here again takes the
// place of the form's own.
var idle = form.getAttribute('data-idle') * 1000, asking, asleep;

function keep() { } // no storage

function scrollTo() { doc.querySelector('main').scrollTop = 0; }

// advance leads a finger to the next question, so that the one before folds.
function advance(next) {
  if (next.tagName == 'BUTTON') next.focus();
  else focus(next);
  next.scrollIntoView({ block: /^F/.test(next.tagName) ? 'start' : 'nearest' });
}

// fold hides what is answered elsewhere than where somebody is.
function fold(here) {
  each(form.querySelectorAll('fieldset'), function (set) {
    if (!set.contains(here) && !blank(set)) set.className = 'z';
  });
}

function unfold(set) {
  set.className = '';
  set.querySelector(':checked').focus();
}

each(form.querySelectorAll('fieldset'), function (set) {
  set.insertBefore(button(phrase('script.folded'), ' q u', function () { unfold(set); }), set.children[1]);
});
on(form, 'focusin', function (e) { fold(e.target); });
on(window, 'pageshow', function (e) { if (e.persisted) location.reload(); });

// awake is when somebody is there. Where nobody has been for a while, the
// device asks, and then it goes back to the start.
function awake() {
  clearTimeout(asleep);
  if (asking) asking.hidden = true;
  asleep = setTimeout(safe(ask), idle);
}

function ask() {
  if (busy || unsent || !at) return awake();
  if (!asking) {
    asking = doc.querySelector('header').appendChild(make('div', '', 'a'));
    asking.setAttribute('role', 'alert');
    asking.appendChild(make('span'));
    asking.appendChild(button(phrase('script.here'), '', awake));
  }
  asking.hidden = false;
  asking.firstChild.textContent = phrase('script.anyone');
  asleep = setTimeout(function () { leave(form.getAttribute('data-start')); }, 30000);
}

if (idle) {
  each(['pointerdown', 'keydown', 'input'], function (type) { on(doc, type, awake); });
  awake();
}
