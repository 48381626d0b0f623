// A recording plays where somebody asks for it; before that nothing of it is
// fetched. Without this script, or where it cannot be played, the link leads
// to the file. ES5 only.
var doc = document, sound, from;

function show(playing) {
  if (from) from.className = playing ? 'l i' : 'l';
}

doc.addEventListener('click', function (e) {
  var link = e.target.closest && e.target.closest('.l'), again = link && link == from && sound && !sound.paused;
  if (!link || !window.Audio) return;
  e.preventDefault();
  if (sound) sound.pause();
  show();
  if (again) return;
  from = link;
  sound = new Audio(link.href);
  sound.onended = function () { show(); };
  sound.onerror = function () { location.href = link.href; };
  show(1);
  link = sound.play();
  if (link && link.catch) link.catch(function () { show(); });
});
