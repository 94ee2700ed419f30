// A participant's phone: which card is in view, what is being written on it,
// what waits to be sent. The server draws; this file never decides what may be
// seen, and without it the page is a plain form.
import { now, clock, setClock, lastHeard } from "./live.js";
import { put, items, itemOf, drop, stuck, flush, load, change } from "./outbox.js";
import { word, speak, ring, tryOut } from "./alarm.js";
import { tick, inWords } from "./countdown.js";
import { relayed, drawAside, thank, asideDeeds } from "./aside.js";
import { openAlarm, alarmSent, postsAlarm } from "./sos.js";
import { openJournal, closeJournal, writesInJournal, keepWords } from "./journal.js";
import { showWash, sendsWash, wordSent } from "./wash.js";

const body = document.body, drill = body.dataset.drill;
const $ = (sel, at = document) => at.querySelector(sel);
const $$ = (sel, at = document) => [...at.querySelectorAll(sel)];
const main = $("#main"), title = document.title;
const card = () => $("article", main);
const lost = () => body.classList.contains("is-lost");
const html = new Map(); // what the server last drew, by region
const ownRole = "~role~"; // drawn where the id of this phone's one role belongs
let metas = [], current = card()?.dataset.key ?? "", composing = false, typed = 0, elsewhere = false, unnoticed = 0;

body.classList.add("js");
setClock(JSON.parse(body.dataset.clock));

const idOf = (m) => `${m.key} ${m.stage === "ask" ? "ask" : "new"}`;
const dismissed = (m) => m.stage !== "ask" && load("done")[`${m.key} ${m.stage}`];

// A region is drawn anew only where it differs, and never under the hands of
// somebody who is answering.
document.addEventListener("regions", (e) => {
  e.preventDefault();
  const role = e.detail.role ?? html.get("role");
  for (const [name, text] of Object.entries(e.detail)) html.set(name, role ? text.replaceAll(ownRole, role) : text);
  if (e.detail.tabs !== undefined) readTabs(html.get("tabs"));
  showWash(html.get("wash"));
  render();
});

function readTabs(text) {
  const part = document.createElement("template");
  part.innerHTML = text;
  metas = $$("a", part.content).map((a) => ({ ...a.dataset, unseen: "unseen" in a.dataset }));
}

// known are the cards this browser has called somebody to.
function newcomers() {
  const known = load("known"), fresh = metas.filter((m) => !known[idOf(m)]);
  if (fresh.length) change("known", (all) => { for (const m of fresh) all[idOf(m)] = known[`${m.key} new`] && m.stage === "ask" ? 2 : 1; });
  const called = load("calls"), turned = fresh.find((m) => m.stage === "ask" && m.target && Date.now() - (called[m.key] || 0) < 3000);
  if (turned) speak(word("soon", inWords(turned.target - now())));
  return fresh.filter((m) => m.stage !== "done" && !(m.stage === "ask" && Date.now() - (called[m.key] || 0) < 3000));
}

function render() {
  const fresh = newcomers();
  const shown = metas.find((m) => m.key === current);
  const busy = writesInJournal() || writes() || (shown && shown.stage === "ask" && !itemOf(current));
  if (current && !shown) speak(word("recalled"));
  const others = fresh.filter((m) => m.key !== current);
  if (others.length && !busy) turn((others.find((m) => m.stage === "ask") || others[0]).key);
  else if ((current && !shown) || (shown && dismissed(shown))) turn(nextKey());
  draw();
  if (fresh.length) call(fresh);
}

// writes is whether somebody is at words on the card.
const writes = () => main.contains(document.activeElement) && document.activeElement.matches("textarea") && document.activeElement.value !== "";

// nextKey is what to turn to: the open card with the least time, else what has
// not been put away.
function nextKey() {
  const open = metas.filter((m) => m.stage === "ask" && m.key !== current).sort((a, b) => (a.target || 9e15) - (b.target || 9e15));
  return (open[0] || metas.find((m) => m.key !== current && !dismissed(m)) || { key: "" }).key;
}

function turn(key) {
  closeJournal();
  current = key;
  draw(true);
}

// call has the phone ring for what has come.
function call(fresh) {
  change("calls", (all) => { for (const m of fresh) all[m.key] = Date.now(); });
  const m = fresh.find((one) => one.stage === "ask") || fresh[0];
  const again = load("known")[`${m.key} ask`] === 2;
  const head = `${word(again ? "turn" : "new")}: ${m.title}`;
  speak(m.target ? word("withTime", head, inWords(m.target - now())) : head, true);
  ring();
  unnoticed = document.hidden ? unnoticed + fresh.length : 0;
  document.title = unnoticed ? `(${unnoticed}) ${word("new")} · Sa bàn` : title;
}

function draw(turned) {
  const text = html.get(current ? `card.${current}` : "idle");
  const old = card();
  if (text !== undefined) {
    const part = document.createElement("template");
    part.innerHTML = text;
    const fresh = $("article", part.content), words = $("[data-text]", fresh);
    if (words) words.outerHTML = html.get(`text.${current}`) || "";
    for (const at of $$("[data-clone]", fresh)) {
      const copy = document.getElementById(at.dataset.clone).content.cloneNode(true);
      if (at.tagName === "I") at.replaceWith(copy); else at.append(copy);
    }
    if (old && old.dataset.key === fresh.dataset.key && old.dataset.stage === fresh.dataset.stage) mend(old, fresh);
    else replace(old, fresh, turned);
  }
  drawTabs();
  drawLocal();
  tick(main);
  see();
}

// replace puts another card in view. Its choices take no touch for a moment,
// lest one meant for the card before lands on them.
function replace(old, fresh, turned) {
  const typing = document.activeElement?.matches("textarea,input") && document.activeElement.closest("dialog");
  main.replaceChildren(fresh);
  fresh.classList.add("just");
  setTimeout(() => fresh.classList.remove("just"), 600);
  restore();
  if (typing || !(old || turned)) return;
  $("h1", fresh)?.focus({ preventScroll: true });
}

// mend redraws the parts of a card that differ. The part that is being
// answered stays while it asks the same.
function mend(old, fresh) {
  old.toggleAttribute("data-unseen", fresh.hasAttribute("data-unseen"));
  for (const part of $$("[data-part]", fresh)) {
    const there = $(`[data-part="${part.dataset.part}"]`, old);
    if (!there) continue;
    const same = part.dataset.part === "answer" ? asks(there) === asks(part) : (there.drawn ?? there.innerHTML) === part.innerHTML;
    if (same || (part.dataset.part === "answer" && composing)) continue;
    there.innerHTML = there.drawn = part.innerHTML;
    if (part.dataset.part === "answer") restore();
  }
}

const asks = (part) => $$("input[type=radio],input[type=checkbox]", part).map((i) => `${i.name}=${i.value} ${i.disabled} ${i.parentNode.textContent}`).join("|");

function drawTabs() {
  const nav = $("[data-region=tabs]");
  if (html.has("tabs") && nav.drawn !== html.get("tabs")) nav.innerHTML = nav.drawn = html.get("tabs");
  let open = 0, shown = 0;
  for (const a of $$("a", nav)) {
    const m = metas.find((one) => one.key === a.dataset.key) || a.dataset;
    const hide = dismissed(m) && m.key !== current;
    a.parentNode.hidden = hide;
    if (m.key === current) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
    if (!hide) shown++;
    if (m.stage === "ask" && m.key !== current) open++;
  }
  nav.hidden = !(shown > 1 || (shown && !current));
  body.classList.toggle("has-tabs", !nav.hidden);
  body.classList.toggle("has-next", open > 0);
  tick(nav);
}

// see tells the server that a card is on this phone's screen.
const told = new Map();
function see() {
  const at = card();
  if (!at?.hasAttribute("data-unseen") || document.hidden || Date.now() - (told.get(at.dataset.key) || 0) < 1500) return;
  told.set(at.dataset.key, Date.now());
  fetch("/api/v1/phone/seen", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ inject: at.dataset.inject, role: at.dataset.role }) }).catch(() => {});
}

// What is being written is kept for each card, for every tab of the browser.
function keep() {
  typed = Date.now();
  const form = $("form.answer", main);
  if (!form || !current) return;
  const ticks = $$("input:checked:not(:disabled)", form).map((i) => `${i.name}=${i.value}`), text = $("textarea", form)?.value || "";
  change("drafts", (all) => { if (ticks.length || text) all[current] = { ticks, text }; else delete all[current]; });
  label();
}

// What is on its way is no draft of what may be added to it.
function restore() {
  const form = $("form.answer", main), draft = load("drafts")[current];
  if (form && draft && !(card().dataset.stage === "done" && itemOf(current))) {
    for (const i of $$("input[type=radio],input[type=checkbox]", form)) if (!i.disabled) i.checked = draft.ticks.includes(`${i.name}=${i.value}`);
    const text = $("textarea", form);
    if (text && text.value !== draft.text && (!text.value || Date.now() - typed > 1500)) text.value = draft.text;
    if (draft.text) $("details.other", form)?.setAttribute("open", "");
    if (draft.ticks.some((t) => t.startsWith("choice="))) $("details.list", form)?.setAttribute("open", "");
  }
  if (form && card().dataset.stage === "ask" && card().dataset.pick === "0") $("details.other", form)?.setAttribute("open", "");
  label();
}

// label writes on the button what will be sent.
function label() {
  const form = $("form.answer", main);
  if (!form) return;
  const pick = Number(card().dataset.pick), n = $$("input[name=choice]:checked", form).length, text = $("textarea", form);
  const at = $("[data-label]", card());
  if (at && card().dataset.stage === "ask" && !at.dataset.was) at.textContent = n && pick > 1 ? word("sendN", n) : word("send");
  for (const i of $$("input[type=radio]", form)) i.was = i.checked;
  const count = $("[data-count]", form);
  if (count) count.textContent = word("signs", text.value.length, text.maxLength);
  card().classList.toggle("extra-open", Boolean($("fieldset.bx input:not(:disabled)", form)) || $$("details[open]", form).length > 0);
  $("[data-msg]", card()).textContent = "";
}

function message(text) {
  $("[data-msg]", card()).textContent = text;
  speak(text);
}

// Sending: into the outbox, and from there until the server has it.
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (postsAlarm(form)) return;
  if (form.matches(".lang,[method=dialog]")) return;
  e.preventDefault();
  if (sendsWash(form)) return;
  if (form.matches(".relay")) return relay(form, e.submitter);
  if (form.matches("[action='/p/note']")) return tellFrom($("textarea", form), $("[name=inject]", form).value);
  if (!form.matches(".answer") || itemOf(current) || card().matches(".just,.ask.acked")) return;
  if (clock.phase === "paused") return message(word("isPaused"));
  const pick = Number(card().dataset.pick), choices = $$("input[name=choice]:checked", form).map((i) => i.value), text = $("textarea", form).value.trim();
  const boxes = new Map();
  for (const i of $$("fieldset.bx input:checked:not(:disabled)", form)) boxes.set(i.name.slice(6), [...(boxes.get(i.name.slice(6)) || []), i.value]);
  if (choices.length > pick) return message(word("pickLess", pick, choices.length - pick));
  if (card().dataset.stage === "ask" ? (choices.length < pick || !pick) && !text : !choices.length && !text && !boxes.size) return message(card().dataset.stage === "ask" && pick ? word("pickMore", pick) : word("tickSome"));
  const { inject, role } = card().dataset;
  const sent = { inject, role, choices, text };
  if (boxes.size) sent.boxes = [...boxes].map(([choice, ids]) => ({ choice, boxes: ids }));
  put("answer", current, sent);
});

function relay(form, button) {
  const to = button?.value, before = to && relayed(current, to);
  if (!to || (before && !before.refused)) return;
  if (before) drop(before);
  put("relay", current, { inject: card().dataset.inject, to }, button.textContent.trim());
}

function tellFrom(area, inject) {
  const text = area.value.trim();
  if (!text) return area.focus();
  put("note", inject || "", inject ? { text, inject } : { text }, word("note"));
  area.value = "";
  keepWords();
}

// The outbox as the card in view shows it.
document.addEventListener("outbox", (e) => {
  const { sent, refused } = e.detail || {};
  if (sent?.kind === "answer") {
    change("drafts", (all) => { delete all[sent.card]; });
    if (sent.card === current) taken(sent.body);
    speak(word("sent"));
  }
  if (sent?.kind === "relay" && sent.card === current) for (const b of $$(`.relay [value="${CSS.escape(sent.body.to)}"]`, main)) b.disabled = true; // until it is drawn anew
  if (sent?.kind === "note") {
    thank(drawLocal, "told");
    speak(word("told"));
  }
  if (sent?.kind === "word") wordSent(sent);
  if (sent?.kind === "alarm") alarmSent(drawLocal);
  if (refused) speak(refused.detail);
  drawLocal();
});

// taken shows that the server has an answer before it is drawn anew: a second tap
// must find nothing to send. What was written since stays.
function taken({ choices = [], boxes = [], text }) {
  card()?.classList.add("acked");
  const form = $("form.answer", main), words = form && $("textarea", form);
  if (!form || card().dataset.stage !== "done") return;
  if (words?.value.trim() === text) words.value = "";
  for (const id of choices) for (const i of $$(`[name=choice][value="${id}"]`, form)) i.checked = false;
  for (const b of boxes) for (const id of b.boxes) for (const i of $$(`[name="boxes.${b.choice}"][value="${CSS.escape(id)}"]`, form)) i.checked = false;
  keep();
}

function drawLocal() {
  drawAside(current);
  const over = clock.phase === "over", at = over ? $(".end [data-local]") : $("[data-local]", main);
  if (!at) return;
  const item = over ? items().find((i) => i.kind === "answer") : current && itemOf(current);
  const article = card();
  article?.classList.toggle("sending", Boolean(item));
  const slow = item && stuck(item);
  article?.classList.toggle("stuck", Boolean(slow));
  const name = article && $("[data-label]", article);
  if (item && !slow && name && !name.dataset.was) { name.dataset.was = name.textContent; name.textContent = word("sending"); }
  else if (name?.dataset.was && (!item || slow)) { name.textContent = name.dataset.was; delete name.dataset.was; }
  const shape = !slow ? "" : item.refused ? "refused" : "sending";
  if (at.dataset.shape !== shape + (item?.key || "")) {
    at.dataset.shape = shape + (item?.key || "");
    $(".ft.local")?.remove();
    at.replaceChildren(...(shape ? [document.getElementById(shape).content.cloneNode(true)] : []));
    const foot = $(".ft", at);
    foot?.classList.add("local");
    if (foot && !over) article.append(foot);
    else foot?.remove();
  }
  if (!shape) return;
  const what = [item.body.choices?.length && word("choices", item.body.choices.length), item.body.boxes && word("boxes", item.body.boxes.reduce((n, b) => n + b.boxes.length, 0)), item.body.text && word("words")].filter(Boolean).join(" · ");
  if (item.refused) {
    $("[data-why]", at).textContent = [item.refused.detail, item.refused.try].filter(Boolean).join("; ");
    $("[data-what]", at).textContent = item.body.text || what;
    return;
  }
  const wait = item.why === "paused" || clock.phase === "paused" ? word("waitsGoOn") : word("waits", Math.max(1, Math.ceil((item.next - Date.now()) / 1000)));
  $("[data-what]", at).textContent = `${what} · ${wait}`;
  const when = new Date(item.tap).toLocaleTimeString("en-GB");
  $("[data-kept]", at).textContent = lost() ? "" : word("keptOn", when);
  if (lost()) notice(word("kept", when), word("unsent"));
}

// What a touch does.
const deeds = {
  ...asideDeeds,
  bell: async (b) => { await tryOut(); b.lastChild.textContent = word("heard"); },
  dismiss: () => { change("done", (all) => { all[`${current} ${card().dataset.stage}`] = 1; }); turn(nextKey()); },
  next: () => turn(nextKey()),
  write: () => { const at = $("details.other", main); at.open = !at.open || Boolean($("textarea", at).value); write(); },
  retry: () => flush(true),
  edit: () => {
    const item = itemOf(current);
    change("drafts", (all) => { all[current] = { ticks: (item.body.choices || []).map((c) => `choice=${c}`), text: item.body.text || "" }; });
    drop(item);
    restore();
  },
  tell: () => { const d = $("dialog#tell"), item = itemOf(current); d.dataset.inject = card()?.dataset.inject || ""; if (item?.refused) $("textarea", d).value = item.body.text || ""; d.showModal(); },
  close: (b) => b.closest("dialog").close(),
  "tell-send": () => { tellFrom($("#tell-text"), $("dialog#tell").dataset.inject); $("dialog#tell").close(); },
};

document.addEventListener("click", (e) => {
  const link = e.target.closest("nav a[data-key],#sheet a[data-key]"), deed = e.target.closest("[data-do]"), word_ = e.target.closest("[data-insert]");
  if (e.target.closest("#alarm")) { e.preventDefault(); openAlarm(); }
  else if (e.target.closest("#journal")) { e.preventDefault(); journal(); }
  else if (link && !html.has(`card.${link.dataset.key}`)) return; // nothing has been told yet: the server shows it
  else if (link) { e.preventDefault(); turn(link.dataset.key); }
  else if (deed) { e.preventDefault(); deeds[deed.dataset.do]?.(deed); }
  else if (word_) insert(word_.dataset.insert);
  if (e.target.closest("details.other > summary")) setTimeout(write);
  if (e.target.matches("input[type=radio]") && e.target.was) { e.target.checked = false; keep(); }
});

async function journal() {
  const before = current;
  if (await openJournal(() => current === before) === false) notice(word("noJournal"));
}

function write() {
  const text = $("details.other[open] textarea", main);
  if (!text) return;
  text.focus({ preventScroll: true });
  text.scrollIntoView({ block: "center" });
}

function insert(text) {
  const at = $("textarea", main), room = at.value && !/\s$/.test(at.value) ? " " : "";
  at.setRangeText(room + text, at.selectionStart, at.selectionEnd, "end");
  keep();
}

main.addEventListener("input", keep);
main.addEventListener("toggle", label, true);
addEventListener("compositionstart", () => { composing = true; });
addEventListener("compositionend", () => { composing = false; keep(); draw(); });
addEventListener("storage", (e) => {
  if (e.key === `saban.drafts.${drill}`) elsewhere = true;
  if (e.key === `saban.done.${drill}`) render();
});

// The network, the pause, the end.
function notice(text, head) {
  const strong = document.createElement("b"), p = $("#lost p");
  strong.textContent = head ? head + " " : "";
  if (p.textContent !== strong.textContent + text) p.replaceChildren(strong, text);
  $("#lost").hidden = !text;
}
document.addEventListener("lost", (e) => {
  notice(e.detail ? word("lostAt", new Date(Date.now() - lastHeard()).toLocaleTimeString("en-GB")) : "");
  if (!e.detail) speak(word("back"));
  drawLocal();
});
document.addEventListener("phase", (e) => {
  if (clock.phase === "stopped") { closeJournal(); speak(word("stopped"), true); ring(); }
  else if (clock.phase === "paused") speak(word("pausedNow"));
  else if (e.detail === "paused" && clock.phase === "running") speak(word("goOn"));
  label();
  drawLocal();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (unnoticed) ring();
  unnoticed = 0;
  document.title = title;
  see();
});

restore();
label();
drawLocal();
// follow takes over what was written in another tab, once nobody writes here.
function follow() {
  if (!elsewhere || composing || Date.now() - typed < 1500) return;
  elsewhere = false;
  restore();
}
setInterval(() => { follow(); tick(main); tick($("[data-region=tabs]")); see(); if (items().length) drawLocal(); }, 250);
