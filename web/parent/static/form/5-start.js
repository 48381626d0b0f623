// The start, after everything above.

// arrange adds the buttons. Without the class k none of them shows.
function arrange() {
  each(panels, function (p, i) {
    if (i && i < last) p.appendChild(button(phrase('script.next'), ' f', forward));
    if (i) (i < last ? p : submit.parentNode).insertBefore(button(phrase('script.back'), ' q', back), i < last ? null : submit.nextSibling);
  });
  submit.parentNode.insertBefore(status, submit);
  status.setAttribute('role', 'status');
  comment.parentNode.appendChild(counter);
}

// welcome offers the start, or to go on with the draft.
function welcome(draft) {
  var place = draft ? panels[0].firstChild : panels[0].querySelector('details'), add = function (e) { panels[0].insertBefore(e, place); };
  if (!draft) return add(button(phrase('script.begin'), '', function () { show(1); }));
  add(make('p', phrase('script.draft', form.getAttribute('data-you')), 'd n'));
  add(button(phrase('script.resume'), '', function () {
    fill(load() || draft); // there may be more answers by now
    show(draft.at || 1);
  }));
  add(button(phrase('script.restart'), ' q', function () {
    drop();
    form.reset();
    known = {};
    show(1);
  }));
}

function on(target, type, act) { target.addEventListener(type, safe(act)); }

function listen() {
  on(window, 'popstate', returned);
  on(doc, 'pointerdown', function () { clearTimeout(timer); pointer = 1; });
  on(doc, 'keydown', function () { clearTimeout(timer); pointer = 0; });
  on(doc, 'click', follow);
  on(doc, 'visibilitychange', again);
  on(window, 'online', again);
  on(form, 'change', changed);
  on(form, 'input', changed);
  form.addEventListener('submit', function (e) {
    if (!body.className) return; // it went wrong before
    e.preventDefault();
    try { if (busy || remind()) return; } catch (x) { }
    deliver();
  });
}

function start() {
  var draft = !errors && load(), wrong = find('.bad');
  // What was not sent goes out; what was only loaded anew is where it was.
  var step = draft && (draft.u ? last : Math.min((history.state || location.hash && draft.at) | 0, last)); // the hash: a change of language
  arrange();
  welcome(!step && draft);
  listen();
  known = values();
  show(errors ? Math.max(panels.indexOf(wrong && wrong.closest('section')), 0) || (Object.keys(known).length ? last : 1) : step || 0, 1);
  on(doc, 'DOMContentLoaded', function () { // the form's id is there now
    if (errors) save();
    if (step) fill(draft);
    mark(step || at);
    if (step && draft.u) deliver();
  });
}

function keep() { store = window.localStorage; } // throws where storage is forbidden

try { keep(); } catch (e) { }
try { start(); } catch (e) { plain(); }
