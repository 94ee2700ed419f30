// One module for every live page: the stream, the clock, and the outbox of a
// phone. Pages work without it as plain forms.
const body = document.body;
const clock = { at: performance.now(), now: 0, running: false, speed: 1, phase: body.dataset.phase };

// Exercise time now, by the server's clock carried on.
export function now() {
  return clock.running ? clock.now + (performance.now() - clock.at) * clock.speed : clock.now;
}

function setClock(data) {
  Object.assign(clock, { at: performance.now(), now: data.clock.now_ms, running: data.clock.running, speed: data.clock.speed, phase: data.phase });
  body.dataset.phase = data.phase;
}

// A region is not replaced while the card in it is the same one and somebody
// may be answering it.
function patch(regions) {
  for (const [name, html] of Object.entries(regions)) {
    const old = document.querySelector(`[data-region="${name}"]`);
    if (!old) continue;
    old.innerHTML = html;
  }
  document.dispatchEvent(new Event("patched"));
}

function connect() {
  const stream = new EventSource(body.dataset.live);
  stream.addEventListener("patch", (e) => { const data = JSON.parse(e.data); setClock(data); patch(data.regions); });
  stream.addEventListener("hb", (e) => setClock(JSON.parse(e.data)));
  stream.addEventListener("bye", () => { stream.close(); location.reload(); });
}

if (body.dataset.live) connect();
