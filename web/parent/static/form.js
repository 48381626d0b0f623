// The form in steps, a draft on the phone, and sending that outlives a bad
// network. All of it is an addition: when anything here goes wrong the class
// k leaves the body, every question shows, and the browser sends the form.
// ES5 only; the browsers inside messengers are old.
(function (doc, hour) {
  var body = doc.body, form = doc.querySelector('form'), find = form.querySelector.bind(form);
  var panels = [].slice.call(doc.querySelectorAll('section')), last = panels.length - 1;
  var errors = doc.getElementById('loi'), comment = find('textarea'), submit = find('button');
  var key = form.getAttribute('action'), label = submit.textContent;
  var status = make('p'), counter = make('p', '', 's');
  var boxes = [], known = {}, at = 0, written = 0;
  var store, kept, timer, pointer, busy, failed, unsent;

  function make(tag, text, kind) {
    var e = doc.createElement(tag);
    e.textContent = text || '';
    e.className = kind || '';
    return e;
  }

  function button(text, kind, act) {
    var b = make('button', text, 'b n' + kind);
    b.type = 'button';
    b.onclick = act;
    return b;
  }

  function each(list, act) { [].forEach.call(list, act); }

  function plain() { body.className = ''; }

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

  // show turns to a step; quietly when nobody asked for it.
  function show(i, quietly) {
    clearTimeout(timer);
    at = i;
    each(panels, function (p, j) { p.className = i == j ? 'on' : ''; });
    body.className = i ? 'k j' : 'k';
    if (quietly) return;
    if (errors) errors.hidden = true;
    calm();
    save();
    focus(i ? panels[i].querySelector('h2') : doc.querySelector('h1'));
    scrollTo(0, 0);
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

  function back() { if (!busy) show(at - 1); }

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
    var says = 'Phần này còn ' + sets.length + ' câu chưa trả lời';
    box.textContent = '';
    box.hidden = !sets.length;
    box.setAttribute('aria-label', says);
    box.appendChild(make('h3', says));
    each(sets, function (set) {
      var a = make('a', 'Câu ' + set.querySelector('legend').textContent.replace(/^(.{38}\S*) .+/, '$1…'));
      a.href = '#' + set.id;
      ul.appendChild(make('li')).appendChild(a);
    });
    box.appendChild(ul);
    box.appendChild(button(at < last ? 'Bỏ qua, đi tiếp' : 'Bỏ qua, gửi ý kiến', ' q', function () {
      if (at < last) show(at + 1);
      else deliver();
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
      timer = setTimeout(function () { advance(t.closest('fieldset').nextElementSibling); }, 250);
    }
  }

  function advance(next) {
    next.scrollIntoView({ behavior: 'smooth', block: /^F/.test(next.tagName) ? 'start' : 'nearest' });
  }

  function count() {
    var max = comment.getAttribute('data-max'), n = comment.value.replace(/[\ud800-\udbff]/g, '').length;
    counter.textContent = n > max ? 'Dài quá ' + (n - max) + ' chữ cái' : n > max * .8 ? 'Còn ' + (max - n) + ' chữ cái' : '';
  }

  function say(text, bad) {
    status.textContent = text;
    status.className = bad ? 'err' : 'd';
    submit.textContent = bad ? 'Gửi lại' : label;
    submit.setAttribute('aria-disabled', !!busy);
    if (text) status.scrollIntoView({ block: 'nearest' });
  }

  function deliver() {
    try {
      if (!window.fetch) drop(), form.submit();
      else if (!busy) send();
    } catch (e) { form.submit(); }
  }

  function send() {
    var text = 'id=' + form.elements.id.value, v = values(), name;
    for (name in v) text += '&' + encodeURIComponent(name) + '=' + encodeURIComponent(v[name]);
    busy = unsent = 1;
    failed = 0;
    save();
    say('Đang gửi…');
    attempt(text, 0);
  }

  function attempt(text, n) {
    var over, control = window.AbortController && new AbortController(), limit = setTimeout(fail, 15000);

    function fail(wait, crowded) {
      if (over) return;
      over = 1;
      clearTimeout(limit);
      if (control) control.abort();
      if (n > 2) return giveUp(crowded);
      if (crowded) say('Đang có nhiều người gửi. Trang sẽ tự gửi lại, xin đừng đóng.');
      setTimeout(function () { attempt(text, n + 1); }, Math.max(Math.min(wait || 0, 60), [2, 5, 10][n]) * 1000 * (1 + Math.random() / 4));
    }

    fetch(key, { method: 'POST', body: text, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, signal: control ? control.signal : null })
      .then(function (r) {
        if (over) return;
        if (r.ok ? !/\/cam-on$/.test(r.url) : r.status > 499 || r.status == 429) return fail(+r.headers.get('Retry-After'), !r.ok);
        over = 1;
        clearTimeout(limit);
        finish(r);
      }).catch(function () { fail(); });
  }

  // finish leaves for the page of thanks. What the server refuses is sent once
  // more by the browser itself, so that the server's own page says why.
  function finish(r) {
    busy = unsent = 0;
    if (r.ok || r.status == 409 || r.status == 410) drop();
    else save();
    if (r.ok) location.replace(r.url);
    else form.submit();
  }

  function giveUp(crowded) {
    busy = 0;
    failed = 1;
    say((crowded ? 'Máy chủ đang bận.' : 'Chưa gửi được vì mạng yếu.') + '\n' + (kept ? 'Câu trả lời vẫn còn trong máy này.' : 'Đừng đóng trang này.') +
      '\n' + (crowded ? 'Chờ ít phút, bấm Gửi lại.' : 'Khi có mạng, bấm Gửi lại.'), 1);
  }

  function again() { if (failed && !doc.hidden) deliver(); }

  // arrange adds the buttons. Without the class k none of them shows.
  function arrange() {
    each(panels, function (p, i) {
      if (i && i < last) p.appendChild(button('Tiếp tục', ' f', forward));
      if (i) (i < last ? p : submit.parentNode).insertBefore(button('Quay lại', ' q', back), i < last ? null : submit.nextSibling);
    });
    submit.parentNode.insertBefore(status, submit);
    status.setAttribute('role', 'status');
    comment.parentNode.appendChild(counter);
  }

  // welcome offers the start, or to go on with the draft.
  function welcome(draft) {
    var place = draft ? panels[0].firstChild : panels[0].querySelector('details'), add = function (e) { panels[0].insertBefore(e, place); };
    if (!draft) return add(button('Bắt đầu', '', function () { show(1); }));
    add(make('p', form.getAttribute('data-you') + ' đang làm dở phiếu này.', 'd n'));
    add(button('Làm tiếp', '', function () {
      fill(draft);
      show(draft.at || 1);
    }));
    add(button('Xóa, làm lại từ đầu', ' q', function () {
      drop();
      show(1);
    }));
  }

  function listen() {
    doc.addEventListener('pointerdown', function () { clearTimeout(timer); pointer = 1; });
    doc.addEventListener('keydown', function () { clearTimeout(timer); pointer = 0; });
    doc.addEventListener('click', follow);
    doc.addEventListener('visibilitychange', again);
    addEventListener('online', again);
    addEventListener('error', plain);
    form.addEventListener('change', changed);
    form.addEventListener('input', changed);
    form.addEventListener('submit', function (e) {
      if (!body.className) return; // it went wrong before
      e.preventDefault();
      try { if (busy || remind()) return; } catch (x) { }
      deliver();
    });
  }

  function start() {
    var draft = !errors && load(), wrong = find('.bad');
    arrange();
    welcome(draft && !draft.u && draft);
    listen();
    known = values();
    show(errors ? Math.max(panels.indexOf(wrong && wrong.closest('section')), 0) || (known[Object.keys(known)[0]] ? last : 1) : 0, 1);
    doc.addEventListener('DOMContentLoaded', function () { // the form's id is there now
      if (errors) save();
      if (!draft || !draft.u) return;
      fill(draft);
      show(last, 1);
      deliver();
    });
  }

  try {
    store = window.localStorage;
    form.autocomplete = 'off'; // the draft brings the answers back, not the browser
  } catch (e) { } // reading it throws where storage is forbidden
  try { start(); } catch (e) { plain(); }
})(document, 36e5);
