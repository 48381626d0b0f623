// The form in steps, a draft on the phone, and sending that outlives a bad
// network. All of it is an addition: when anything here goes wrong the class
// k leaves the body, every question shows, and the browser sends the form.
// ES5 only; the browsers inside messengers are old. phrase('…') becomes the
// text of that name in the page's language before a browser gets to see it.
var doc = document, hour = 36e5;
var body = doc.body, form = doc.querySelector('form'), find = form.querySelector.bind(form);
var panels = [].slice.call(doc.querySelectorAll('section')), last = panels.length - 1;
var errors = doc.getElementById('loi'), comment = find('textarea'), submit = find('button');
var key = form.getAttribute('action').split('?')[0], label = submit.textContent;
var status = make('p'), counter = make('p', '', 's');
var boxes = [], known = {}, at = 0, written = 0;
var store, kept, timer, pointer, busy, failed, unsent, gone;

function make(tag, text, kind) {
  var e = doc.createElement(tag);
  e.textContent = text || '';
  e.className = kind || '';
  return e;
}

function button(text, kind, act) {
  var b = make('button', text, 'b n' + kind);
  b.type = 'button';
  b.onclick = safe(act);
  return b;
}

function each(list, act) { [].forEach.call(list, act); }

function plain() { body.className = ''; }

// safe is for what runs later. Messengers run scripts of their own in the
// page, so only our errors count, not those of the window.
function safe(act) {
  return function (e) {
    try { act(e); } catch (x) { plain(); }
  };
}
