// Sending, until the page of thanks.

function say(text, bad) {
  status.textContent = text;
  status.className = bad ? 'err' : 'd';
  submit.textContent = bad ? phrase('script.again') : label;
  submit.setAttribute('aria-disabled', !!busy);
  if (text) status.scrollIntoView({ block: 'nearest' });
}

// deliver sends by the script, or where something for that is missing by the
// browser itself.
function deliver() {
  try {
    if (!busy) send();
  } catch (e) {
    drop();
    form.submit();
  }
}

function send() {
  var sent = new URLSearchParams(new FormData(form));
  busy = unsent = 1;
  failed = 0;
  save();
  say(phrase('script.sending'));
  attempt(sent, 0);
}

// attempt sends and waits for 15 seconds. What is heard later counts no more;
// if that one arrived too, it is the same response.
function attempt(sent, n) {
  var over, limit = setTimeout(fail, 15000);

  function fail(wait, crowded) {
    if (over) return;
    over = 1;
    clearTimeout(limit);
    if (n > 2) return giveUp(crowded);
    if (crowded) say(phrase('script.crowd'));
    setTimeout(function () { attempt(sent, n + 1); }, Math.max(Math.min(wait || 0, 60), [2, 5, 10][n]) * 1000);
  }

  fetch(form.action, { method: 'POST', body: sent }).then(function (r) {
    if (over) return;
    if (r.ok ? !/\/cam-on(\?.*)?$/.test(r.url) : /^(408|429|5..)$/.test(r.status)) return fail(+r.headers.get('Retry-After'), !r.ok);
    over = 1;
    clearTimeout(limit);
    finish(r);
  }).catch(function () { fail(); });
}

// finish leaves for the page of thanks. What the server refuses is sent once
// more by the browser itself, so that the server's own page says why.
function finish(r) {
  busy = 0;
  unsent = r.status == 410; // too late; the copy stays
  if (r.ok || r.status == 409) drop();
  else save();
  if (r.ok) leave(r.url);
  else form.submit();
}

// leave takes the steps out of the history, so that Back does not lead into
// them from the page of thanks.
function leave(url) {
  gone = url;
  if (!(history.state > 0)) return returned();
  history.go(-history.state);
  setTimeout(returned, 500); // where the history does not answer
}

function giveUp(crowded) {
  busy = 0;
  failed = 1;
  say((crowded ? phrase('script.busy') : phrase('script.weak')) + '\n' + (kept ? phrase('script.kept') : phrase('script.stay')) +
    '\n' + (crowded ? phrase('script.wait') : phrase('script.online')), 1);
}

function again() { if (failed && !doc.hidden) deliver(); }
