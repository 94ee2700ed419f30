// The evaluator's page: panes that open without the server, acts that wait in
// the outbox until it has them.
import "./awake.js";
import { clockText, key, now, setClock } from "./live.js";
import { items, parcels, put } from "./outbox.js";
import { forget, keep, ready, sweep } from "./photos.js";
import { draft, keepDraft, keepField, putBack, unsaved } from "./evaluate-drafts.js";
import { drawRefused, setRefused } from "./evaluate-refused.js";

const body = document.body, $ = (css, at = document) => at.querySelector(css), $$ = (css, at = document) => [...at.querySelectorAll(css)];
const says = (name, what = {}) => Object.entries(what).reduce((text, [k, v]) => text.replace(`{${k}}`, v), body.dataset[`w${name}`]);
parcels.photo = {
  forget,
  kept: async (own) => {
    const photo = await ready(own);
    if (!photo) throw new Error(says(photo === null ? "Photo" : "Gone"));
    return photo;
  },
};
let current = body.dataset.current;
const rated = new Map(), drawing = 3000; // by task: what was rated last from here, until the server shows it or has had the time to
const marked = new Map(); // by what is marked, of a task: the mark sent last from here, as long
const noted = new Map(); // by task: the key of the last note sent from here

const pane = (task) => $(`[data-pane="${CSS.escape(task)}"]`);

// mark shows in the list of tasks which one is open, and which hold something
// that is not sent.
function mark() {
  const { tasks } = unsaved();
  for (const a of $$(".lst [data-to]")) {
    const un = $(".un", a);
    if (un && !tasks.has(a.dataset.to)) un.remove();
    else if (!un && tasks.has(a.dataset.to)) $(".td", a).after(Object.assign(document.createElement("em"), { className: "un", textContent: says("Unsaved") }));
    if (a.dataset.to === current) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  }
}

// newest brings the last notes into view, beside the field for the next.
function newest() {
  const notes = $(".nb", pane(current));
  if (notes) notes.scrollTop = notes.scrollHeight;
}

function show(task, focus = true) {
  if (!pane(task)) return;
  current = task;
  for (const p of $$("[data-pane]")) p.hidden = p.dataset.pane !== task;
  mark();
  history.replaceState(null, "", `?task=${encodeURIComponent(task)}`);
  newest();
  if (focus) $("h1", pane(task))?.focus({ preventScroll: true });
  $(`.lst [data-to="${CSS.escape(task)}"]`)?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (e) => {
  const to = e.target.closest("[data-to]");
  if (!to || e.ctrlKey || e.metaKey || !pane(to.dataset.to)) return;
  e.preventDefault();
  show(to.dataset.to);
});

function judge(act, view) {
  const item = put("judge", view, act);
  if (act.do === "note") noted.set(act.task, item.key);
  return item;
}

const complaints = new Map(); // by task; a part drawn anew shows its own again
function complain(task, text) {
  complaints.set(task, text);
  const p = pane(task) && $("[data-msg]", pane(task));
  if (p && p.textContent !== text) p.textContent = text;
}

// hasNote is whether a low rating of a task has something to rest on.
function hasNote(task, at) {
  return Boolean($("[data-noted]", at)?.dataset.noted) || noted.has(task) || items().some((i) => i.body.do === "note" && i.body.task === task && !i.refused);
}

// standing is the rating a task has, or will have once what waits is sent.
function standing(form) {
  const task = $("[name=task]", form).value, waits = items().findLast((i) => !i.refused && i.body.do === "rate" && i.body.task === task);
  const last = rated.get(task);
  if (last && (performance.now() > last.until || (last.until < Infinity && form.dataset.mine === last.rating))) rated.delete(task);
  return waits?.body.rating ?? rated.get(task)?.rating ?? form.dataset.mine;
}

// agree has a form show the rating that stands, or the one that waits for its
// note.
function agree(form) {
  const rating = draft($("[name=task]", form).value).rate ?? standing(form);
  for (const i of $$("[name=rating]", form)) i.checked = i.value === rating;
}

// A mark that is on its way is shown as made, whatever is drawn meanwhile.
const whatIsMarked = ({ do: what, task, content }) => ["observe", "unseen"].includes(what) ? `w-${task}` : what === "mark" && content !== undefined ? `c-${task}` : "";
const marks = (what) => $$(`[aria-labelledby="${CSS.escape(what)}"] [aria-pressed]`);
const press = (what, value) => { for (const b of marks(what)) b.setAttribute("aria-pressed", String(b.value === value)); };
function pressAll() {
  for (const item of items()) {
    const what = item.kind === "judge" && !item.refused && whatIsMarked(item.body);
    if (!what || marked.get(what)?.key === item.key) continue;
    marked.set(what, { key: item.key, value: String(item.body.content ?? item.body.do), was: marks(what).find((b) => b.ariaPressed === "true")?.value, until: Infinity });
  }
  for (const [what, { value, until }] of marked) if (performance.now() > until) marked.delete(what); else press(what, value);
}

function empty(field) {
  field.value = "";
  keepField(field);
}

// rate sends a rating that is new, with the words written and not sent yet
// before it; it reports whether the task has its rating now.
function rate(form) {
  const at = form.closest("[data-pane]"), task = $("[name=task]", form).value, picked = $("[name=rating]:checked", form)?.value;
  if (!picked) return complain(task, says("Pick")), false;
  const field = $("[data-note] [name=text]", at), words = field.value.trim();
  if ("MU".includes(picked) && !words && !hasNote(task, at)) {
    keepDraft(task, "rate", picked);
    complain(task, says("Note", { r: picked }));
    field.focus();
    return false;
  }
  keepDraft(task, "rate", "");
  complain(task, "");
  if (words) {
    judge({ do: "note", task, text: words }, task);
    empty(field);
  }
  if (standing(form) !== picked) rated.set(task, { key: judge({ do: "rate", task, rating: picked }, task).key, rating: picked, until: Infinity });
  return true;
}

const forms = {
  observe: (f) => ({ observed_ms: timeIn(f) }),
  mark: (f, at) => {
    const share = f.get("content");
    return share === null ? { boxes: f.getAll("box"), content: undefined } : { content: Number(share) };
  },
  settle: (f) => ({ rating: f.get("rating"), text: f.get("text").trim() }),
  note: (f) => ({ text: f.get("text").trim() }),
};

function timeIn(f) {
  const at = f.get("at")?.match(/^(\d+):([0-5]\d)$/);
  return at ? (Number(at[1]) * 60 + Number(at[2])) * 1000 : undefined;
}

// The second tap of a double one marks nothing once more.
document.addEventListener("click", (e) => { if (e.detail > 1 && e.target.closest("[data-judging] button")) e.preventDefault(); }, true);

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("[data-judging]")) return;
  e.preventDefault();
  if (form.matches("[data-rate]")) {
    if (rate(form) && form.dataset.next) show(form.dataset.next);
    return;
  }
  const f = new FormData(form, e.submitter), what = f.get("do"), task = f.get("task");
  const act = { do: what, task, ...forms[what]?.(f) };
  if (what === "note" && !act.text) return;
  judge(act, f.get("view"));
  pressAll();
  for (const i of $$("[name=text]:not([type=hidden]),[name=at]", form)) if (i.matches("input")) empty(i);
  const waits = what === "note" && draft(task).rate && $("[data-rate]", form.closest("[data-pane]"));
  if (waits) rate(waits); // the low rating this note was asked for
});

document.addEventListener("change", (e) => {
  const form = e.target.closest("[data-rate]");
  if (form && e.target.name === "rating") rate(form);
});

// A photo goes at once, with the words written and not sent yet as its own.
document.addEventListener("change", (e) => {
  const form = e.target.closest("[data-photo]"), file = form && e.target.files[0];
  if (!file) return;
  const task = $("[name=task]", form).value, field = $("[data-note] [name=text]", pane(task)), text = field.value.trim(), own = key();
  e.target.value = "";
  keep(own, file);
  put("photo", task, { task, text }, "", own);
  empty(field);
});

// A photo opens large over the page, with its words and a way to close it.
document.addEventListener("click", (e) => {
  const link = e.target.closest("a.shot");
  if (!link || e.ctrlKey || e.metaKey) return;
  e.preventDefault();
  const box = $("#shot");
  $("img", box).src = link.href;
  $("img", box).alt = $("img", link).alt;
  $("figcaption", box).textContent = link.dataset.words;
  box.showModal();
});

// refuse takes back what the page shows as said and the server would not take.
function refuse(item) {
  const { do: what, task } = item.body;
  if (what === "note" && noted.get(task) === item.key) noted.delete(task);
  const mark = whatIsMarked(item.body);
  if (mark && marked.get(mark)?.key === item.key) {
    press(mark, marked.get(mark).was);
    marked.delete(mark);
  }
  const form = what === "rate" && pane(task) && $("[data-rate]", pane(task));
  if (!form) return;
  if (rated.get(task)?.key === item.key) rated.delete(task);
  agree(form);
}

// What is not on the server yet, and what it would not take.
function told() {
  const all = items(), refused = all.filter((one) => one.refused), n = all.length - refused.length;
  refused.forEach(refuse);
  drawRefused(refused);
  const { words, ratings } = unsaved(), many = (name, k) => k && says(k === 1 ? name : `${name}s`, { n: k });
  const left = [refused.length && says("Refused", { n: refused.length }), n && says("Waits", { n }), many("Word", words), many("Rating", ratings)].filter(Boolean);
  $("[data-saved]").textContent = left.join(" · ") || says("Saved");
  $("[data-icon-ok]").hidden = left.length > 0;
  $("[data-icon-wait]").hidden = !left.length;
}
document.addEventListener("outbox", (e) => {
  const sent = e.detail?.sent;
  for (const last of sent ? [rated.get(sent.body.task), marked.get(whatIsMarked(sent.body))] : []) if (last?.key === sent.key) last.until = performance.now() + drawing;
  told();
});
document.addEventListener("drafts", () => {
  mark();
  told();
});
setRefused(show, (item) => pane(item.card) && $(item.body.do === "settle" ? ".settle [name=text]" : "[data-note] [name=text]", pane(item.card)));

document.addEventListener("lost", (e) => {
  const p = $(".lost");
  p.hidden = !e.detail;
  p.textContent = e.detail ? says("Lost") : "";
});

// A task that comes up during the drill gets its pane when it is first drawn.
document.addEventListener("regions", (e) => {
  for (const name of Object.keys(e.detail)) {
    const task = name.startsWith("pane.") && name.slice("pane.".length);
    if (!task || pane(task)) continue;
    const fresh = Object.assign(document.createElement("section"), { className: "pane", hidden: true });
    Object.assign(fresh.dataset, { pane: task, region: name });
    pane("prohibited").before(fresh);
  }
});

document.addEventListener("patched", () => {
  mark();
  newest();
  tick();
  takeUp();
  pressAll();
  for (const [task, text] of complaints) complain(task, text);
});

// takeUp goes on with what was begun: words, and a low rating, which goes once
// its note is there.
function takeUp() {
  putBack();
  for (const form of $$("form[data-rate]")) {
    const at = form.closest("[data-pane]"), { note, rate: waits } = draft(at.dataset.pane);
    agree(form);
    if (waits && !note && hasNote(at.dataset.pane, at)) rate(form);
    else if (waits) complain(at.dataset.pane, says("Note", { r: waits }));
  }
}

function tick() {
  $("[data-clock]").textContent = clockText(now());
  const at = pane(current) && $(".n[data-from]", pane(current));
  if (!at) return;
  const { from, limit } = at.dataset, part = (now() - from) / Math.max(1, limit - from);
  at.setAttribute("width", String(Math.min(670, Math.max(0, part * 600))));
}

setClock({ now_ms: Number(body.dataset.now), wall_ms: Number(body.dataset.wall), running: body.dataset.running === "true", speed: Number(body.dataset.speed) });
mark();
newest();
takeUp();
pressAll();
told();
tick();
sweep(items().filter((i) => i.kind === "photo").map((i) => i.key));
setInterval(tick, 250);
