// The draft on the phone. Every use of the storage may throw.

// values is what has been answered. The form's id is not among it: it comes
// after this script in the document.
function values() {
  var v = {};
  each(form.elements, function (e) {
    if (e.name && e.name != 'id' && e.value && (e.type != 'radio' || e.checked)) v[e.name] = e.value;
  });
  return v;
}

function save() {
  var v = values();
  kept = 0;
  try {
    if (Object.keys(v).length) store.setItem(key, JSON.stringify({ id: form.elements.id.value, t: Date.now(), c: written, at: at, u: unsent, v: v }));
    kept = 1;
    form.autocomplete = 'off'; // the draft brings the answers back, not the browser
  } catch (e) { } // no room, or not allowed: the page itself still has it all
}

function drop() {
  try { store.removeItem(key); } catch (e) { }
}

// load gives the draft while it may be kept: 72 hours, its comment 24; what
// was sent but did not arrive, until a week after the closing.
function load() {
  var d, now = Date.now();
  try { d = JSON.parse(store.getItem(key)); } catch (e) { }
  if (!d || !d.v) return;
  if (now > (d.u ? form.getAttribute('data-till') * 1000 : d.t + 72 * hour)) return drop();
  if (!d.u && now > d.c + 24 * hour && d.v[comment.name]) {
    delete d.v[comment.name];
    store.setItem(key, JSON.stringify(d));
  }
  return d;
}

function fill(d) {
  each(form.elements, function (e) {
    if (e.type == 'radio') e.checked = d.v[e.name] == e.value;
    else if (d.v[e.name]) e.value = d.v[e.name];
  });
  form.elements.id.value = d.id; // sent twice, it stays one response
  written = d.c;
  known = d.v;
  count();
}
