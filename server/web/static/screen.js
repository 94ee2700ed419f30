// The room's screen: it shows what the server draws, carries the clock on, and
// counts 3-2-1 when a pause is over.
import "./awake.js";
import { clock, clockText, now, setClock } from "./live.js";

const $$ = (sel) => document.querySelectorAll(sel);
const two = (n) => String(n).padStart(2, "0");

setClock(JSON.parse(document.body.dataset.clock));
function tick() {
  const text = clockText(now()), wall = new Date(clock.wall + (performance.now() - clock.at));
  for (const el of $$("[data-now]")) { el.textContent = text; el.classList.toggle("long", text.length > 5); }
  for (const el of $$("[data-wall]")) el.textContent = `${two(wall.getHours())}:${two(wall.getMinutes())}`;
}
setInterval(tick, 250);
tick();

let counting = 0;
function count(n) {
  const over = document.querySelector(".go321");
  over.hidden = !n;
  if (!n) return;
  over.firstElementChild.textContent = n;
  counting = setTimeout(() => count(n - 1), 1000);
}
document.addEventListener("phase", (e) => {
  clearTimeout(counting);
  count(e.detail === "paused" && clock.phase === "running" ? 3 : 0);
  tick();
});
document.addEventListener("lost", (e) => { document.getElementById("lost").hidden = !e.detail; });
