// The time of a card: its digits, its bar and the moments that are spoken.
import { clockText, now } from "./live.js";
import { word, speak } from "./alarm.js";

const spoken = new Map(); // by the moment the clock began: how far it was told

// gone writes a time that has passed as 1:12; left counts a second begun.
export const gone = (ms) => clockText(ms).replace(/^0/, "");
const left = (ms) => gone(ms + 999);

export function inWords(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000));
  return s < 60 ? word("sec", s) : word("min", Math.floor(s / 60), s % 60);
}

function stand(from, target, limit, at) {
  if (at > limit) return { mode: "over", big: "+" + gone(at - limit), past: gone(at - limit) };
  if (at > target) return { mode: "late", big: left(limit - at), past: gone(at - target) };
  return { mode: "in", big: left(target - at), past: "" };
}

const put = (el, text) => { if (el && el.textContent !== text) el.textContent = text; };

// tick brings every time in a part of the page up to now.
export function tick(part) {
  const at = now();
  for (const el of part.querySelectorAll("[data-target]")) {
    const [from, target, limit] = [Number(el.dataset.from), Number(el.dataset.target), Number(el.dataset.limit)];
    const t = stand(from, target, limit, at), small = el.querySelector(".tm");
    if (small) {
      put(small, t.big);
      small.className = `tm num ${t.mode}`;
    }
    if (el.matches(".cd")) draw(el, t, from, target, limit, at);
  }
  put(part.querySelector("[data-plus]"), "T+" + clockText(at));
}

// lay draws what of a countdown stays for as long as its times do.
function lay(el, from, target, limit) {
  const part = Math.floor(((target - from) * 100) / Math.max(1, limit - from));
  el.querySelector(".g").setAttribute("width", `${part}%`);
  el.querySelector(".h").setAttribute("x", `${part}%`);
  el.querySelector(".at").setAttribute("x", `${Math.min(52, Math.max(26, part))}%`);
  put(el.querySelector("[data-t=target]"), gone(target - from));
  put(el.querySelector("[data-t=limit]"), gone(limit - from));
}

function draw(el, t, from, target, limit, at) {
  if (el.laid !== `${from} ${target} ${limit}`) {
    el.laid = `${from} ${target} ${limit}`;
    lay(el, from, target, limit);
  }
  if (!el.classList.contains(t.mode)) el.className = `cd ${t.mode}`;
  el.closest("article").classList.toggle("is-over", t.mode === "over");
  put(el.querySelector("[data-t=big]"), t.big);
  put(el.querySelector("[data-t=past]"), t.past);
  put(el.querySelector("[data-t=spent]"), gone(at - from));
  const bar = el.querySelector(".u"), part = Math.min(1, Math.max(0, at - from) / Math.max(1, limit - from));
  bar.setAttribute("width", "100%");
  bar.style.transform = `scaleX(${part.toFixed(4)})`;
  const words = t.mode === "in" ? word("soon", inWords(target - at)) : t.mode === "late" ? word("soonLimit", inWords(limit - at)) : word("overBy", t.past);
  if (el.getAttribute("aria-label") !== words) el.setAttribute("aria-label", words);
  sayMoments(el, from, target, limit, at);
}

// sayMoments speaks half the time, thirty seconds, the target, thirty seconds
// to the limit and the limit, each once, and none that was past on arrival.
function sayMoments(el, from, target, limit, at) {
  const id = el.closest("article").dataset.key + from;
  const moments = [[from + (target - from) / 2, "half"], [target - 30000, "soon"], [target, "late"], [limit - 30000, "soonLimit"], [limit, "over"]];
  const reached = moments.filter(([when]) => at > when).length;
  const before = spoken.get(id);
  spoken.set(id, Math.max(reached, before ?? 0));
  if (before === undefined || reached <= before) return;
  const name = moments[reached - 1][1];
  speak(word(name, inWords(name === "half" || name === "soon" ? target - at : limit - at)));
}
