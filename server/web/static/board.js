// The board of all drills: each row has a clock of its own, carried on from
// the moment it was drawn by the server's wall clock.
import { clock, clockText } from "./live.js";

function tick() {
  const wall = clock.wall + (performance.now() - clock.at);
  for (const c of document.querySelectorAll("[data-at]")) {
    const text = clockText(+c.dataset.at + Math.max(0, wall - c.dataset.wall) * c.dataset.speed);
    if (c.textContent !== text) c.textContent = text;
  }
}

// clock.wall is this machine's own until the server has said something.
document.addEventListener("patched", tick);
document.addEventListener("patched", () => setInterval(tick, 250), { once: true });
document.addEventListener("lost", (e) => { document.querySelector(".lost").hidden = !e.detail; });
