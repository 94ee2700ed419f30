// What is pressed within a moment of a change was meant for what stood there
// before: it does nothing, and says what stands there now.
import { $, $$, desk, toast } from "./console-act.js";

const moment = 600;
const came = new Map(); // place: when what stands there came

const own = ({ dataset: d }) => [d.do, d.open, d.refuse, d.id, d.role, d.observed].join(" ");
const marked = () => $("[data-mark]:not([hidden])")?.dataset.mark;
const buttons = (part) => $$("button", part).filter((b) => !b.closest("[hidden]"));
const parts = ["next", "left", "mark"].map((name) => $(`[data-region=${name}]`));

// standing is what the keys stand for, and what lies where a mouse may aim.
function standing() {
  const at = new Map([["next", $("[data-next]")?.dataset.next], ["mark", marked()], ["acts", $(".acts [data-do]")?.dataset.do]]);
  for (const b of $$("[data-quick]")) at.set("quick " + b.dataset.quick, b.dataset.id);
  for (const part of parts) buttons(part).forEach((b, i) => at.set(`${part.dataset.region} ${i}`, own(b)));
  return at;
}

let stood = standing();

// look notes what has changed, unless the facilitator has changed it.
export function look(wanted) {
  const at = standing();
  if (!wanted) for (const [place, what] of at) if (stood.get(place) !== what) came.set(place, performance.now());
  stood = at;
}

function placesOf(b, aimed) {
  const part = b.closest("[data-region]"), places = [];
  if (b.closest("[data-next]")) places.push("next");
  else if (b.dataset.grade) places.push("mark");
  else if (b.closest(".acts")) places.push("acts");
  else if (b.dataset.quick) places.push("quick " + b.dataset.quick);
  if (aimed && parts.includes(part)) places.push(`${part.dataset.region} ${buttons(part).indexOf(b)}`);
  return places;
}

function named(b) {
  const next = b.closest("[data-next]");
  if (next) return `${next.dataset.next} · ${$(".qt", next).textContent}`;
  if (b.dataset.grade) return $(".jw", b.closest("[data-mark]")).textContent;
  return b.getAttribute("aria-label") || ($("span", b) || b).textContent.trim();
}

// meant is whether a button is what it was when a key was reached for, or a
// mouse aimed.
export function meant(b, aimed) {
  if (!placesOf(b, aimed).some((place) => performance.now() - came.get(place) < moment)) return true;
  toast(desk.dataset.just.replace("{what}", () => named(b)));
  return false;
}
