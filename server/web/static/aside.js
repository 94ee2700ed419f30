// What was passed on or told to the facilitator and is not with the server yet
// stands under the head of the page, and so does what it would not take.
import { clock } from "./live.js";
import { items, drop, stuck } from "./outbox.js";
import { word } from "./alarm.js";
import { reword } from "./wash.js";

const list = document.getElementById("aside"), most = 3, thanks = 4000;
let thanked = -thanks, forWhat = "told";

const mine = () => items().filter((i) => i.kind !== "answer");
const find = (el) => mine().find((i) => i.key === el.closest("[data-act]").dataset.act);

// relayed finds a relay of a card that is on its way.
export const relayed = (card, to) => mine().find((i) => i.kind === "relay" && i.card === card && i.body.to === to);

function row(item) {
  const at = document.getElementById(item.refused ? "aside-refused" : "aside-waits").content.cloneNode(true).firstElementChild;
  at.dataset.act = item.key;
  at.querySelector("[data-name]").textContent = item.label;
  at.querySelector("[data-why]").textContent = item.refused ? [item.refused.detail, item.refused.try].filter(Boolean).join("; ") : word(clock.phase === "paused" ? "waitsGoOn" : "waitsHere");
  const words = at.querySelector("[data-words]"), edit = at.querySelector("[data-do=reword]");
  words.textContent = item.body.text ? `“${item.body.text}”` : "";
  if (edit) edit.hidden = !item.body.text;
  return at;
}

// drawAside shows them; card is the one in view.
export function drawAside(card) {
  for (const b of document.querySelectorAll(".relay .rb")) {
    const item = relayed(card, b.value);
    b.classList.toggle("busy", Boolean(item && !item.refused));
  }
  const told = performance.now() - thanked < thanks, seen = mine().filter(stuck).slice(0, most);
  const shape = JSON.stringify([told && forWhat, clock.phase, seen.map((i) => [i.key, i.refused])]);
  if (list.dataset.shape === shape) return;
  list.dataset.shape = shape;
  list.replaceChildren(...(told ? [document.getElementById("aside-" + forWhat).content.cloneNode(true)] : []), ...seen.map(row));
}

// thank says for a moment that the facilitator has somebody's words or report.
export function thank(redraw, what) {
  forWhat = what;
  thanked = performance.now();
  setTimeout(redraw, thanks + 50);
}

export const asideDeeds = {
  forget: (b) => { const item = find(b); if (item) drop(item); },
  reword: (b) => {
    const item = find(b), dialog = document.querySelector("dialog#tell");
    if (!item) return;
    if (item.kind === "word") {
      drop(item);
      return reword(item);
    }
    dialog.dataset.inject = item.body.inject || "";
    dialog.querySelector("textarea").value = item.body.text;
    drop(item);
    dialog.showModal();
  },
};
