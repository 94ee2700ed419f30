// What the server would not take stays under the head of the page, with why,
// until it is sent again or put away: it may be the only copy there is.
import { clockText } from "./live.js";
import { change, drop, flush, items } from "./outbox.js";

const list = document.getElementById("refused"), one = document.getElementById("refused-one");
const $ = (css, at = document) => at.querySelector(css);
const hopeless = new Set(["lost", "bad_request", "bad_value", "forbidden"]); // the same again would be refused again
let opens, rewords;

// setRefused says how the task of an act is opened, and what field its words
// can be written anew in.
export function setRefused(open, field) {
  [opens, rewords] = [open, field];
}

const fill = (text, value) => text.replace("{r}", value);

// about is which task an act is of, as the list of tasks has it.
function about(item) {
  const link = $(`.lst [data-to="${CSS.escape(item.card)}"]`), act = item.body.do === "prohibit" && $(`[name=task][value="${CSS.escape(item.body.task)}"]`)?.closest("li");
  return link ? [$(".no", link).textContent.trim(), (act ? $("b", act) : $(".td", link)).textContent].filter(Boolean).join(" ") : item.card;
}

function what(item) {
  const { do: act = "photo", rating, content, boxes } = item.body;
  const share = content === undefined ? boxes && `${boxes.length}/${document.querySelectorAll(`[data-pane="${CSS.escape(item.card)}"] [name=box]`).length}` : content.toLocaleString(document.documentElement.lang);
  return fill(list.getAttribute("data-w-" + act), rating ?? share);
}

function row(item) {
  const at = one.content.cloneNode(true).firstElementChild, { text } = item.body, { code, detail, try: hint } = item.refused, time = item.body.observed_ms ?? item.at;
  at.dataset.act = item.key;
  $("[data-what]", at).textContent = [what(item), time !== null && clockText(time)].filter(Boolean).join(" · ");
  $("[data-about]", at).textContent = about(item);
  $("[data-words]", at).textContent = text ? `“${text}”` : "";
  $("[data-why]", at).textContent = [detail, hint].filter(Boolean).join("; ");
  $("[data-do=again]", at).hidden = hopeless.has(code);
  $("[data-do=reword]", at).hidden = !text || (item.kind === "photo" && code !== "lost") || !rewords(item);
  return at;
}

export function drawRefused(refused) {
  const shape = JSON.stringify(refused.map((i) => [i.key, i.refused]));
  if (list.dataset.shape === shape) return;
  list.dataset.shape = shape;
  list.hidden = !refused.length;
  list.replaceChildren(...refused.map(row));
}

const deeds = {
  open: (item) => opens(item.card),
  again: (item) => {
    change("out", (all) => { if (all[item.key]) Object.assign(all[item.key], { refused: undefined, tries: 0, next: 0, lease: 0 }); });
    document.dispatchEvent(new CustomEvent("outbox", {}));
    flush(true);
  },
  reword: (item) => {
    opens(item.card);
    const field = rewords(item);
    field.value = [field.value.trim(), item.body.text].filter(Boolean).join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    drop(item);
  },
  forget: drop,
};

list.addEventListener("click", (e) => {
  const button = e.target.closest("[data-do]"), item = button && items().find((i) => i.key === button.closest("[data-act]").dataset.act);
  if (!item) return;
  const place = [...list.children].indexOf(button.closest("[data-act]"));
  deeds[button.dataset.do](item);
  if (document.activeElement === document.body) ($("button:not([hidden])", list.children[place] ?? list) ?? $("[data-pane]:not([hidden]) h1"))?.focus({ preventScroll: true });
});
