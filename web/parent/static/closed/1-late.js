// What this phone could not send before the closing. For a day the service
// still takes forms that were opened before; after that the phone says so, and
// the copy stays on it until somebody deletes it or its time is over.
var doc = document, hour = 36e5, place = doc.getElementById('con');
var home = place.getAttribute('data-home') + '/', end = Date.now() + place.getAttribute('data-left') * 1000;
var store = window.localStorage; // where it throws, there is nothing to show

function make(parent, tag, text, kind) {
  var e = parent.appendChild(doc.createElement(tag));
  e.textContent = text || '';
  e.className = kind || '';
  return e;
}

// read gives what is kept under a key, if it may still be kept.
function read(key) {
  var d, name, now = Date.now();
  try { d = JSON.parse(store.getItem(key)); } catch (e) { }
  if (!d || !d.v) return;
  if (now > (d.u ? place.getAttribute('data-till') * 1000 : d.t + 72 * hour)) {
    store.removeItem(key);
    return;
  }
  for (name in d.v) if (!d.u && now > d.c + 24 * hour && !/^(\d{1,3}|hon-100)$/.test(d.v[name])) delete d.v[name]; // the comment
  return d;
}

function body(d) {
  var text = 'id=' + encodeURIComponent(d.id), name;
  for (name in d.v) text += '&' + encodeURIComponent(name) + '=' + encodeURIComponent(d.v[name]);
  return text;
}

// offer says what is left of one form, and sends it: at once when it was to be
// sent, when it was not finished only if somebody wants it to be.
function offer(key, d) {
  var box = make(place, 'div', '', 'err'), words = make(box, 'p'), go = make(box, 'button', '', 'b'), away = make(box, 'button', phrase('script.late-drop'), 'b q'), busy;

  function say(text) {
    words.textContent = text;
    words.setAttribute('role', 'status');
  }

  function over() {
    say(phrase('script.late-over'));
    if (go.parentNode) box.removeChild(go);
  }

  function failed() {
    busy = 0;
    if (Date.now() > end) return over();
    go.textContent = phrase('script.again');
    say(phrase('script.weak') + '\n' + phrase('script.kept') + '\n' + phrase('script.late-until', place.getAttribute('data-until')));
  }

  function send() {
    if (busy) return;
    busy = 1;
    say(phrase('script.sending'));
    fetch(key, { method: 'POST', body: body(d), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }).then(function (r) {
      if (r.status == 410) return over();
      if (r.status != 409 && !(r.ok && /\/cam-on$/.test(r.url))) return failed();
      store.removeItem(key);
      location.replace(r.ok ? r.url : key);
    }).catch(failed);
  }

  go.onclick = send;
  away.onclick = function () {
    store.removeItem(key);
    place.removeChild(box);
  };
  go.textContent = phrase('script.late-send');
  if (Date.now() > end) return over();
  say(phrase('script.late-draft') + '\n' + phrase('script.late-until', place.getAttribute('data-until')));
  if (d.u) send();
  window.addEventListener('online', function () { if (d.u) send(); });
}

for (var i = 0, keys = Object.keys(store); i < keys.length; i++) {
  var d = keys[i].indexOf(home) ? 0 : read(keys[i]);
  if (d) offer(keys[i], d);
}
