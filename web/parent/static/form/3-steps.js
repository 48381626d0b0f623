// The steps, and what happens when a question is answered.

// show turns to a step; quietly when nobody asked for it.
function show(i, quietly) {
  clearTimeout(timer);
  at = i;
  each(panels, function (p, j) { p.className = i == j ? 'on' : ''; });
  body.className = i ? 'k j' : 'k';
  if (quietly) return;
  mark(i);
  if (errors) errors.hidden = true;
  calm();
  save();
  focus(i ? panels[i].querySelector('h2') : doc.querySelector('h1'));
  scrollTo(0, 0);
}

// mark gives each step a place in the browser's history, so that the phone's
// Back key leads to the step before and not out of the form.
function mark(i) {
  try {
    if (!i) history.replaceState(0, '');
    for (var n = history.state | 0; n < i;) history.pushState(++n, '');
  } catch (e) { } // then the key leaves, as it does without the script
}

function focus(e) {
  e.tabIndex = -1;
  e.focus();
}

// calm ends waiting for a better network: somebody is changing answers.
function calm() {
  if (busy) return;
  failed = unsent = 0;
  say('');
}

function back() {
  if (busy) return;
  if (history.state === at) history.back();
  else show(at - 1);
}

// returned follows the Back key, and the way out after sending.
function returned() {
  if (gone) location.replace(gone);
  else if (!busy) show(Math.min(history.state | 0, last));
}

function forward() { if (!remind()) show(at + 1); }

function blank(set) {
  var chosen = set.querySelector(':checked'), box = set.querySelector('[type=text]');
  return !(box ? box.value || chosen && chosen.className != 'x' : chosen);
}

// remind says once in each step what is blank, and whether it did.
function remind() {
  var first = !boxes[at], box;
  if (!first) return;
  box = boxes[at] = make('div', '', 'err n');
  if (!list()) return;
  box.setAttribute('role', 'group');
  panels[at].insertBefore(box, at < last ? panels[at].querySelector('.f') : status);
  focus(box);
  return 1;
}

// list fills the box of this step, and gives how many questions are blank.
function list() {
  var box = boxes[at], sets = [].filter.call(panels[at].querySelectorAll('fieldset'), blank), ul = make('ul');
  var says = phrase('script.blank', sets.length);
  box.textContent = '';
  box.hidden = !sets.length;
  box.setAttribute('aria-label', says);
  box.appendChild(make('h3', says));
  each(sets, function (set) {
    var words = set.querySelector('legend').textContent.replace(/^(.{38}\S*) .+/, '$1…'), a = make('a', phrase('script.question', words));
    a.href = '#' + set.id;
    ul.appendChild(make('li')).appendChild(a);
  });
  box.appendChild(ul);
  box.appendChild(button(at < last ? phrase('script.skip') : phrase('script.skip-send'), ' q', function () {
    if (at < last) return show(at + 1);
    box.hidden = true;
    submit.focus();
    deliver();
  }));
  return sets.length;
}

// follow leads to a question, also one of another step.
function follow(e) {
  var target = e.target.hash && doc.getElementById(e.target.hash.slice(1));
  if (!target) return;
  e.preventDefault();
  each(panels, function (p, i) { if (i != at && p.contains(target)) show(i, 1); });
  (target.querySelector(':checked,input') || target).focus();
  target.scrollIntoView();
}

function changed(e) {
  var t = e.target, first = !known[t.name];
  if (t == comment) written = Date.now();
  count();
  calm();
  save();
  if (boxes[at]) list();
  if (t.type != 'radio' || e.type != 'change') return;
  known[t.name] = 1;
  if (first && pointer && t.className != 'x' && !matchMedia('(prefers-reduced-motion:reduce)').matches) {
    timer = setTimeout(safe(function () { advance(t.closest('fieldset').nextElementSibling); }), 250);
  }
}

function advance(next) {
  next.scrollIntoView({ behavior: 'smooth', block: /^F/.test(next.tagName) ? 'start' : 'nearest' });
}

function count() {
  var max = comment.getAttribute('data-max'), n = comment.value.replace(/[\ud800-\udbff]/g, '').length;
  counter.textContent = n > max ? phrase('script.over', n - max) : n > max * .8 ? phrase('script.left', max - n) : '';
}
