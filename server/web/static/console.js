// The facilitator's page: every act in one keystroke or click, with a way back.
import { now, clock } from "./live.js";
import { $, $$, act, desk, kept, mmss, stale, toast } from "./console-act.js";
import { narrow, open, stopReal } from "./console-forms.js";
import { holds } from "./hold.js";
import { alarmKey } from "./siren.js";
import { look, meant } from "./just.js";
import { likeIt } from "./regions.js";

// Buttons that act at once. The second click of a double one is meant for what
// stood there before.
document.addEventListener("click", (e) => {
  const b = e.target.closest("button");
  if (!b || e.detail > 1 && (b.dataset.do || b.dataset.grade)) return;
  const d = b.dataset;
  if ((d.do || d.grade || d.refuse || b.closest("[data-next]")) && !meant(b, e.detail > 0)) return;
  if (e.detail > 0 && b.closest("[data-region]")) leave(b);
  if (d.do) perform(b);
  else if (d.open) open(d.open, d.id);
  else if ("close" in d) b.closest("dialog").close();
  else if (d.grade) grade(Number(d.grade));
  else if (d.zoom) zoom(Number(d.zoom));
  else if ("followNow" in d) follow();
  else if (d.refuse) refuse(b);
  else if ("themeToggle" in d) theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
});

function perform(b) {
  const d = b.dataset, body = { do: d.do };
  for (const name of ["id", "role", "reason", "mode", "text"]) if (d[name]) body[name] = d[name];
  if (d.of) body.of = Number(d.of);
  if (d.observed) body.override = { observed: Number(d.observed) };
  const what = b.getAttribute("aria-label") || b.textContent.trim();
  act(body, d.undoDo && { text: what, body: (answer) => back(d, answer, what) });
}

function back(d, answer, what) {
  const body = { do: d.undoDo };
  if (d.undoDo === "retract") body.of = answer.seq;
  else if (d.id) body.id = d.id;
  if (d.undoDo === "retract" || d.undoDo === "recall") body.reason = desk.dataset.undo + ": " + what;
  return body;
}

async function refuse(b) {
  const res = await fetch(`/api/v1/drills/${desk.dataset.drill}/guests/${encodeURIComponent(b.dataset.refuse)}`, { method: "DELETE", signal: AbortSignal.timeout(10000) }).catch(() => null);
  if (res?.ok) toast(b.getAttribute("aria-label"));
  else toast((await res?.json().catch(() => null))?.detail || desk.dataset.lost, null, true);
}

// Marking. Which answer lies on top, and what was chosen for it, outlives a
// new drawing of the list.
let top_ = "";
const picked = new Map();
const pinned = () => $("[data-mark]:not([hidden])");
function grade(content) {
  const card = pinned();
  if (!card) return;
  const id = $("[data-mark-id]", card).value, of = Number(card.dataset.mark);
  const boxes = $$(`[data-for="${CSS.escape(id)}"] input`, card), undo = { body: (a) => ({ do: "retract", of: a.seq, reason: desk.dataset.undo }) };
  if (content === 0.5 && boxes.length) content = boxes.filter((b) => b.checked).length / boxes.length;
  if (id) act({ do: "mark", id, of, mode: "text", content }, undo);
  else act({ do: "note", of, text: `#${of}: ${desk.dataset.none}` }, undo);
}
function turn(by) {
  const cards = $$("[data-mark]"), i = cards.indexOf(pinned());
  if (i < 0) return;
  top_ = cards[(i + by + cards.length) % cards.length].dataset.mark;
  pin();
  look(true);
}
function pin() {
  const cards = $$("[data-mark]"), on = cards.find((c) => c.dataset.mark === top_) || cards[0];
  for (const card of cards) {
    card.hidden = card !== on;
    const select = $("[data-mark-id]", card), before = picked.get(card.dataset.mark);
    if (before !== undefined) select.value = before;
    for (const rub of $$("[data-for]", card)) rub.hidden = rub.dataset.for !== select.value;
  }
}
document.addEventListener("change", (e) => {
  if (!e.target.matches("[data-mark-id]")) return;
  picked.set(e.target.closest("[data-mark]").dataset.mark, e.target.value);
  pin();
});

// Everything stops at once; a short press opens what asks first.
holds(stopReal, (b) => b.closest("#real") ? ($("#real [data-early]").textContent = desk.dataset.longer) : open("real"));

// Shortcuts by the place on the keyboard: input methods for Vietnamese rewrite
// letters and digits.
let going = -Infinity; // when G was pressed, for the place that follows
const marking = (share) => `[data-mark]:not([hidden]) [data-grade="${share}"]`;
const press = (sel) => () => $(sel)?.click();
const keys = {
  Space: press(".acts [data-do]"), Enter: press("[data-next] [data-do=release]"), KeyH: press("[data-next] [data-do=hold]"), KeyK: press("[data-next] [data-do=skip]"),
  F2: press("[data-next] [data-open=edit]"), KeyN: press(".acts [data-open=adhoc]"), KeyQ: press(marking(1)), KeyW: press(marking(0.5)), KeyE: press(marking(0)), KeyJ: () => turn(-1), KeyL: () => turn(1),
  KeyO: () => open("seen"), KeyM: () => $("#n").focus(), KeyT: () => open("force"), KeyG: () => { going = performance.now(); }, KeyF: () => follow(),
  KeyR: () => { desk.classList.toggle("real"); tick(); }, Slash: (e) => e.shiftKey ? open("keys") : $("#find").focus(),
  Equal: () => zoom(1), NumpadAdd: () => zoom(1), Minus: () => zoom(-1), NumpadSubtract: () => zoom(-1),
};
document.addEventListener("keydown", (e) => {
  const t = e.target, typing = t.checkVisibility() && t.matches("input:not([type=checkbox]):not([type=radio]),textarea,select");
  if (t.closest("[data-adhoc]") && e.ctrlKey && e.code === "Enter") { e.preventDefault(); t.closest("form").requestSubmit(); return; }
  if (t.id === "find" && e.code === "Escape") { t.value = ""; t.blur(); sift(); return; }
  if (t.id === "n" && e.code === "Escape") { t.blur(); return; }
  if (typing || e.ctrlKey || e.metaKey || e.isComposing || e.repeat || $("dialog[open]")) return;
  const answer = !e.shiftKey && !e.altKey && alarmKey(e.code);
  if (answer) { e.preventDefault(); answer.click(); return; }
  if (off() !== e.altKey || clock.phase === "stopped") return;
  if ((e.code === "Space" || e.code === "Enter") && t.closest("button,a,summary,label")) return;
  if (shortcut(e)) e.preventDefault();
});

function shortcut(e) {
  const place = { KeyS: "machine", KeyT: "timeline", KeyF: "feed" }[e.code];
  if (place && performance.now() - going < 1200) {
    going = -Infinity;
    document.getElementById(place).focus();
    return true;
  }
  const digit = /^(Digit|Numpad)([1-9])$/.exec(e.code);
  if (digit && !e.shiftKey) press(`[data-quick="${digit[2] - 1}"]`)();
  else if (e.shiftKey && e.code === "KeyE") open("end");
  else if (keys[e.code] && (!e.shiftKey || e.code === "Slash" || e.code === "Equal")) keys[e.code](e);
  else return false;
  return true;
}

const off = () => kept.get("keys") === "off";
const offBox = $("[data-keys-off]");
offBox.checked = off();
offBox.onchange = () => kept.set("keys", offBox.checked ? "off" : "on");
function theme(name) { document.documentElement.dataset.theme = name; kept.set("theme", name); }
theme(kept.get("theme") || "light");

// The timeline closer up, around the present or standing still.
let scale = 1, from = -1, asked = 0;
function zoom(by) {
  scale = Math.min(Math.max(by > 0 ? scale * 2 : scale / 2, 1), 16);
  closer();
}
function follow() {
  if (scale === 1) return;
  from = from < 0 ? Number($("[data-zoomed] svg")?.dataset.axis.split(" ")[2] ?? -1) : -1;
  closer();
}
async function closer() {
  const box = $("[data-zoomed]"), whole = $("[data-region=lanes]"), button = $("[data-follow-now]"), mine = ++asked;
  button.hidden = scale === 1;
  button.setAttribute("aria-pressed", String(from < 0));
  if (scale === 1) from = -1;
  else {
    const svg = await fetch(`/drills/${desk.dataset.drill}/lanes?lang=${desk.dataset.lang}&zoom=${scale}${from < 0 ? "" : "&from=" + from}`).then((r) => r.ok ? r.text() : "", () => "");
    if (!svg || mine !== asked) return;
    box.innerHTML = svg;
  }
  box.hidden = scale === 1;
  whole.hidden = scale !== 1;
  tick();
}

// What moves by itself: clocks, countdowns, the line of the present.
function tick() {
  const t = now(), wallNow = clock.wall + (performance.now() - clock.at), real = desk.classList.contains("real");
  const hms = (ms) => new Date(ms).toLocaleTimeString("vi-VN", { hour12: false }), wall = hms(wallNow);
  const say = (sel, text) => { for (const el of $$(sel)) { const s = text(el.dataset); if (el.textContent !== s) el.textContent = s; } };
  say("[data-clock]", () => real ? wall : mmss(Math.floor(t / 1000) * 1000));
  say("[data-wall]", () => real ? mmss(Math.floor(t / 1000) * 1000) : wall);
  say("[data-until]", (d) => mmss(Number(d.until) - t));
  say("[data-since]", (d) => mmss(t - Number(d.since)));
  say("[data-ago]", (d) => mmss(wallNow - Number(d.ago)));
  say("[data-t]", (d) => real && Number(d.w) ? hms(Number(d.w)) : mmss(Math.floor(Number(d.t) / 1000) * 1000));
  for (const el of $$("[data-came]")) el.hidden = wallNow - Number(el.dataset.came) > 180000;
  for (const el of $$("[data-bar]")) {
    const a = Number(el.dataset.bar), b = Number(el.dataset.end);
    el.style.transform = `scaleX(${Math.min(Math.max((t - a) / Math.max(b - a, 1), 0), 1)})`;
  }
  for (const svg of $$("svg[data-axis]")) present(svg, t);
}

// present moves what ends at the present along the axis of a picture.
function present(svg, t) {
  const [left, width, since, until, drawn] = svg.dataset.axis.split(" ").map(Number);
  const x = (at) => left + width * (Math.min(Math.max(at, since), until) - since) / (until - since);
  if (drawn <= 0 || t > until) return;
  const at = x(t), by = at - x(drawn);
  for (const el of $$(".now", svg)) {
    el.style.translate = `${by.toFixed(1)}px`;
    if (el.tagName === "text") el.textContent = mmss(Math.floor(t / 1000) * 1000);
  }
  for (const el of $$(".grow", svg)) el.setAttribute("d", el.getAttribute("d").replace(/L[\d.]+/, `L${at.toFixed(1)}`));
}
setInterval(tick, 500);
setInterval(() => { if (scale > 1 && from < 0 && clock.running) closer(); }, 10000);

// The responses that are searched for, and the new ones said to who listens:
// in turn, not each time the list is drawn.
const sift = () => narrow($("#find"), $$(".feed > li"));
$("#find").addEventListener("input", sift);
let newest = Number($(".feed [data-seq]")?.dataset.seq || 0), unsaid = [];
function news() {
  const lines = $$(".feed [data-seq]").filter((li) => Number(li.dataset.seq) > newest).reverse();
  if (!lines.length) return;
  newest = Number(lines[lines.length - 1].dataset.seq);
  if (!unsaid.length) setTimeout(() => { $("#said").replaceChildren(...unsaid.map((s) => Object.assign(document.createElement("p"), { textContent: s }))); unsaid = []; }, 2000);
  unsaid.push(...lines.map((li) => [$(".fh", li), $(".ft", li)].map((el) => el.textContent).join(": ")));
}

// Focus stays where it was when the part it lies in is drawn anew.
let last = null;
document.addEventListener("focusin", (e) => {
  if (last && !last.el.isConnected) return; // a part is being drawn anew
  const region = e.target.closest("[data-region]");
  last = region && { el: e.target, name: e.target.matches("button") ? likeIt(e.target) : "", region: region.dataset.region };
});

// leave has a key be a shortcut again, and no second press of what the mouse was
// on.
function leave(b) {
  b.blur();
  last = null;
}

function refocus() {
  if (!last || last.el.isConnected) return;
  const was = last, region = $(`[data-region="${was.region}"]`), free = document.activeElement === document.body || region?.contains(document.activeElement);
  last = null;
  if (!free || !region) return;
  const el = was.name ? $(was.name, region) || region : region.contains(document.activeElement) ? document.activeElement : region;
  if (el === region && !region.hasAttribute("tabindex")) region.tabIndex = -1;
  el.focus({ preventScroll: true });
  last = { ...was, el };
}

function patched() {
  refocus();
  pin();
  look();
  sift();
  news();
  stale();
  if (scale > 1) closer();
  if (desk.classList.contains("is-lost")) able(false);
  tick();
}
document.addEventListener("patched", patched);

// Without the server nothing can be done, and every control says why; only a
// stop for a real incident is sent until it is heard.
function able(yes) {
  for (const b of $$("[data-do]:not([data-do=stop_real]),[data-grade],[data-refuse],form[data-act]:not([data-act=stop_real]) button:not([data-close]),form[data-adhoc] footer button")) {
    b.disabled = !yes;
    if (!yes) { b.dataset.title ??= b.title; b.title = desk.dataset.lost; } else if (b.dataset.title !== undefined) { b.title = b.dataset.title; delete b.dataset.title; }
  }
}
document.addEventListener("lost", (e) => {
  const bar = $(".lost");
  bar.hidden = !e.detail;
  bar.textContent = e.detail ? desk.dataset.lost : "";
  able(!e.detail);
});
pin();
look(true);
tick();
