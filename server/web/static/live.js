// What every live page shares: the stream of changes, the server's clock and
// keys for acts. Pages work without it as plain forms.
const body = document.body;

// clock is exercise time as the server last told it, carried on by now().
export const clock = { at: performance.now(), now: 0, wall: Date.now(), running: false, speed: 1, phase: body.dataset.phase };

export function now() {
  return clock.running ? clock.now + (performance.now() - clock.at) * clock.speed : clock.now;
}

// key names one act; the same key sent twice is done once.
export function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function setClock(data) {
  Object.assign(clock, { at: performance.now(), now: data.clock.now_ms, wall: data.clock.wall_ms, running: data.clock.running, speed: data.clock.speed, phase: data.phase });
  body.dataset.phase = data.phase;
}

function patch(regions) {
  for (const [name, html] of Object.entries(regions)) {
    const old = document.querySelector(`[data-region="${name}"]`);
    if (!old) continue;
    const held = document.activeElement, id = old.contains(held) && held !== old ? held.id || held.dataset.do : "";
    old.innerHTML = html;
    if (id) (old.querySelector("#" + CSS.escape(id)) || old.querySelector(`[data-do="${id}"]`))?.focus();
  }
  document.dispatchEvent(new Event("patched"));
}

// The stream says something every two seconds; six without a word is a server
// lost, and it is tried again until it answers.
const silence = 6000;
let stream, heard = performance.now(), lost = false;

function hear(data) {
  heard = performance.now();
  if (lost) tellLost(false);
  setClock(data);
}

function tellLost(is) {
  lost = is;
  body.classList.toggle("is-lost", is);
  document.dispatchEvent(new CustomEvent("lost", { detail: is }));
}

function connect() {
  stream?.close();
  stream = new EventSource(body.dataset.live);
  stream.addEventListener("patch", (e) => { const data = JSON.parse(e.data); hear(data); patch(data.regions); });
  stream.addEventListener("hb", (e) => hear(JSON.parse(e.data)));
  stream.addEventListener("bye", () => stream.close());
}

function watch() {
  if (performance.now() - heard > silence) {
    if (!lost) tellLost(true);
    heard = performance.now() - silence + 1500 + Math.random() * 1500;
    connect();
  }
  setTimeout(watch, 500);
}

if (body.dataset.live) {
  connect();
  watch();
}
