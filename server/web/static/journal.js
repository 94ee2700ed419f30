// What a participant has heard and said opens over the card: what is on screen
// stays if there is no network. Words being written there to the facilitator
// are kept until they are sent.
import { load, change } from "./outbox.js";

const main = document.getElementById("main"), button = document.getElementById("journal");
const sheet = () => document.getElementById("sheet"), area = () => sheet()?.querySelector("textarea");
const patience = 8000;
let opening = false;

export const writesInJournal = () => Boolean(area()?.value.trim());

// openJournal opens it, or closes it; false is no journal to be had. It does
// not open over what has come meanwhile.
export async function openJournal(wanted) {
  if (opening) return true;
  if (sheet()) return closeJournal(), true;
  opening = true;
  const text = await fetch("/p/nhat-ky", { signal: AbortSignal.timeout(patience) }).then((r) => (r.ok ? r.text() : "")).catch(() => "");
  opening = false;
  const log = text && new DOMParser().parseFromString(text, "text/html").getElementById("log");
  if (!log || !wanted()) return Boolean(log);
  const over = document.createElement("div");
  over.id = "sheet";
  over.tabIndex = -1;
  over.append(document.importNode(log, true));
  main.before(over);
  area().value ||= load("drafts").tell?.text || "";
  over.addEventListener("input", keepWords);
  document.body.classList.add("reads");
  button.setAttribute("aria-expanded", "true");
  history.pushState({ sheet: 1 }, "");
  over.focus({ preventScroll: true });
  return true;
}

// keepWords holds what is being written until there is nothing more of it.
export function keepWords() {
  if (!area()) return;
  const text = area().value;
  change("drafts", (all) => { if (text) all.tell = { text }; else delete all.tell; });
}

export function closeJournal() {
  if (!sheet()) return;
  sheet().remove();
  document.body.classList.remove("reads");
  button.removeAttribute("aria-expanded");
  if (history.state?.sheet) history.back();
}
addEventListener("popstate", closeJournal);
