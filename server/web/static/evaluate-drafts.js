// Words written and not sent yet, and low ratings that wait for a note, kept in
// the browser by task: neither a reload nor a camera that needs the memory
// takes them away.
import { change, load } from "./outbox.js";

const fields = [["note", "[data-note] [name=text]"], ["settle", ".settle [name=text]"]];

export const draft = (task) => load("drafts")[task] || {};

// keepDraft keeps what is being said of a task: a note, why it is settled so, a
// rating. Nothing said is no draft.
export function keepDraft(task, what, value) {
  if ((draft(task)[what] || "") === value) return;
  change("drafts", (all) => {
    const one = { ...all[task], [what]: value };
    if (!value) delete one[what];
    if (Object.keys(one).length) all[task] = one; else delete all[task];
  });
  document.dispatchEvent(new Event("drafts"));
}

// keepField keeps what a field of words holds.
export function keepField(field) {
  const what = fields.find(([, css]) => field.matches(css))?.[0];
  if (what) keepDraft(field.closest("[data-pane]").dataset.pane, what, field.value);
}

// putBack fills the fields of words with what was written; those filled stay,
// unless another tab's words are followed, and so does the one being written in.
export function putBack(follow) {
  const all = load("drafts");
  for (const pane of document.querySelectorAll("[data-pane]")) for (const [what, css] of fields) {
    const field = pane.querySelector(css), words = all[pane.dataset.pane]?.[what] || "";
    if (field && field !== document.activeElement && (follow || !field.value) && field.value !== words) field.value = words;
  }
}

// unsaved counts what is not sent: words, ratings, and the tasks they are of.
export function unsaved() {
  const all = load("drafts"), one = Object.values(all);
  return { words: one.filter((d) => d.note).length + one.filter((d) => d.settle).length, ratings: one.filter((d) => d.rate).length, tasks: new Set(Object.keys(all)) };
}

document.addEventListener("input", (e) => keepField(e.target));
addEventListener("storage", (e) => {
  if (e.key !== `saban.drafts.${document.body.dataset.drill}`) return;
  putBack(true);
  document.dispatchEvent(new Event("drafts"));
});
