// The three questions of the hot wash on a phone: they come once the drill is
// over, keep what is being written, and show what the server has.
import { put, load, change } from "./outbox.js";
import { word, speak } from "./alarm.js";

const at = document.getElementById("wash");
const form = () => at.querySelector("form");
const areas = () => [...at.querySelectorAll("textarea")];

// showWash puts the questions there as the server draws them, once: nothing is
// taken from under the hands of somebody who writes.
export function showWash(html) {
  if (html === undefined || form()) return;
  at.innerHTML = html;
  restore();
}

// restore fills in what was being written, here or in another tab.
function restore() {
  const draft = load("drafts").wash || {};
  for (const a of areas()) if (!a.value && draft[a.name]) a.value = draft[a.name];
}

function keep() {
  const draft = Object.fromEntries(areas().filter((a) => a.value).map((a) => [a.name, a.value]));
  change("drafts", (all) => { if (Object.keys(draft).length) all.wash = draft; else delete all.wash; });
  say("");
}

function say(text) {
  at.querySelector("[data-wash-msg]").textContent = text;
}

// sendsWash puts every answer into the outbox as an act of its own.
export function sendsWash(what) {
  if (!what.matches(".wash")) return false;
  const written = areas().filter((a) => a.value.trim()), role = what.elements.role?.value;
  if (!written.length) {
    say(word("wordNone"));
    areas()[0].focus();
  }
  for (const a of written) {
    const body = { question: a.name, text: a.value.trim() };
    if (role) body.role = role;
    put("word", a.name, body, at.querySelector(`label[for="${a.id}"]`).textContent);
    a.value = "";
  }
  if (written.length) keep();
  return true;
}

// wordSent shows what the server has under its question.
export function wordSent(item) {
  const list = at.querySelector(`[data-had="${item.body.question}"]`), one = document.getElementById("had").content.cloneNode(true);
  one.querySelector("span").textContent = item.body.text;
  list?.append(one);
  say("");
  speak(word("wordHad"));
}

// reword gives words that were not taken back to be changed.
export function reword(item) {
  const area = areas().find((a) => a.name === item.body.question);
  if (!area) return;
  area.value = [area.value, item.body.text].filter(Boolean).join(" ").slice(0, area.maxLength);
  keep();
  area.focus();
}

at.addEventListener("input", keep);
if (form()) restore();
