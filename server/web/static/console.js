// The facilitator's page: every act in one keystroke or click, with a way back.
import { now, clock, key } from "./live.js";

const desk = document.body;
const $ = (sel, in_ = document) => in_.querySelector(sel);
const $$ = (sel, in_ = document) => [...in_.querySelectorAll(sel)];

// mmss writes an exercise time as 12:30.
export function mmss(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000)), two = (n) => String(n).padStart(2, "0");
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

// act sends one command. The same key may be sent again for as long as the
// server does not answer.
async function act(body, undo) {
  const sent = { key: key(), ...body };
  for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
    let res;
    try {
      res = await fetch(desk.dataset.acts, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
    } catch {
      toast(desk.dataset.lost, null, true);
      await new Promise((done) => setTimeout(done, wait));
      continue;
    }
    const answer = await res.json().catch(() => ({}));
    if (res.ok) {
      if (undo) toast(undo.text || desk.dataset.done, () => act(undo.body(answer)));
      return answer;
    }
    if (res.status === 401) location.href = "/sign-in?next=" + encodeURIComponent(location.pathname);
    toast([answer.detail, answer.try].filter(Boolean).join(" · ") || res.statusText, null, true);
    return null;
  }
}

// toast says what was done, with a way back for six seconds.
function toast(text, undo, bad) {
  const p = document.createElement("p");
  if (bad) p.className = "bad";
  p.append(text);
  if (undo) {
    const b = document.createElement("button");
    b.textContent = desk.dataset.undo;
    b.onclick = () => { p.remove(); undo(); };
    p.append(b);
  }
  $("#toast").replaceChildren(p);
  setTimeout(() => p.remove(), bad ? 8000 : 6000);
}

// Buttons that act at once.
document.addEventListener("click", (e) => {
  const b = e.target.closest("[data-do],[data-open],[data-close],[data-grade],[data-theme-toggle]");
  if (!b) return;
  const d = b.dataset;
  if (d.do) perform(b);
  else if (d.open) open(d.open, d.id);
  else if ("close" in d) b.closest("dialog").close();
  else if (d.grade) grade(Number(d.grade));
  else theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
});

function perform(b) {
  const d = b.dataset, body = { do: d.do };
  if (d.id) body.id = d.id;
  if (d.role) body.role = d.role;
  if (d.reason) body.reason = d.reason;
  if (d.observed) body.override = { observed: Number(d.observed) };
  let undo = null;
  if (d.undoDo) undo = { text: b.textContent.trim(), body: (answer) => back(d, answer, b.textContent.trim()) };
  act(body, undo);
}

function back(d, answer, what) {
  const body = { do: d.undoDo };
  if (d.undoDo === "retract") body.of = answer.seq;
  else if (d.id) body.id = d.id;
  if (d.undoDo === "retract" || d.undoDo === "recall") body.reason = desk.dataset.undo + ": " + what;
  return body;
}

// Dialogs.
let about = "";
function open(name, id) {
  const dialog = document.getElementById(name);
  $$("dialog[open]").forEach((d) => d.close());
  about = id || "";
  if (name === "edit") {
    const next = $("[data-next]");
    if (!next) return;
    about = about || next.dataset.next;
    $("#et").value = next.dataset.text;
  }
  if (name === "redo") $("[data-redo-id]").textContent = id;
  dialog.showModal();
  preview();
}

document.addEventListener("submit", async (e) => {
  const form = e.target, verb = form.dataset.act;
  if (form.matches("[data-adhoc]")) { e.preventDefault(); return adhoc(form); }
  if (!verb) return;
  e.preventDefault();
  const v = Object.fromEntries(new FormData(form));
  let body = { do: verb };
  if (verb === "note") body.text = v.text.trim();
  if (verb === "force") body = { ...body, to: v.to, reason: v.reason };
  if (verb === "edit") body = { ...body, id: about, words: { [desk.dataset.lang]: v.text } };
  if (verb === "stop_real") body.reason = v.reason;
  if (verb === "override") body = { ...body, id: about, reason: v.reason, override: facts(v) };
  if (verb === "note" && !body.text) return;
  if (await act(body)) { form.reset(); form.closest("dialog")?.close(); }
});

function facts(v) {
  const out = { done: v.done === "true" };
  if (v.observed) { const [m, s] = v.observed.split(":").map(Number); out.observed = (m * 60 + s) * 1000; }
  if (v.content !== "") out.content = Number(v.content) / 100;
  return out;
}

// An inject written on the spot. What nobody names is answered in words.
async function adhoc(form) {
  const f = new FormData(form), text = { [desk.dataset.lang]: f.get("text").trim() };
  const to = f.getAll("to"), id = "X" + Date.now().toString(36), how = f.get("how");
  const inject = { id, channel: f.get("channel"), to, text, title: { [desk.dataset.lang]: text[desk.dataset.lang].slice(0, 60) } };
  if (how !== "ack") {
    const lines = (how === "choices" ? f.get("choices") : "").split("\n").map((l) => l.trim()).filter(Boolean);
    const by = to.length ? to : $$("[name=to]", form).map((x) => x.value);
    inject.expects = by.map((role, i) => ({
      id: `${id}r${i}`, by: role, target_ms: Number(f.get("target")) * 60000, limit_ms: Math.max(Number(f.get("limit")), Number(f.get("target"))) * 60000,
      weight: Number(f.get("weight")), do: { [desk.dataset.lang]: lines[0] || text[desk.dataset.lang] },
      ...(lines.length > 1 ? { ways: lines.map((l, n) => ({ id: `${id}r${i}w${n}`, do: { [desk.dataset.lang]: l }, content: n ? 0 : 1 })) } : {}),
    }));
  }
  if (await act({ do: "adhoc", inject }, { text: form.querySelector("[data-send]").textContent, body: () => ({ do: "recall", id, reason: desk.dataset.undo }) })) {
    $("#tx").value = "";
    form.closest("dialog").close();
  }
}

function preview() {
  const form = $("[data-adhoc]"), f = new FormData(form), pv = (n) => $(`[data-pv=${n}]`);
  pv("text").textContent = f.get("text");
  pv("target").textContent = mmss(Number(f.get("target")) * 60000);
  pv("channel").textContent = $("[name=channel]:checked", form)?.closest("label").textContent.trim() || "";
  const lines = f.get("how") === "choices" ? f.get("choices").split("\n").filter((l) => l.trim()) : [];
  pv("choices").replaceChildren(...lines.map((l) => Object.assign(document.createElement("div"), { className: "po", textContent: l })));
  $(".chs").hidden = f.get("how") !== "choices";
  const open_ = new Map($$("[data-open-cards]").map((e) => [e.dataset.role, Number(e.dataset.openCards)]));
  const busy = f.getAll("to").filter((r) => (open_.get(r) || 0) >= 2).map((r) => $(`[name=to][value="${r}"]`, form).closest("label").textContent.trim());
  $("[data-overload]").textContent = busy.length ? `${busy.join(", ")}: ≥ 2` : "";
}
$("[data-adhoc]").addEventListener("input", preview);

// Marking.
const pinned = () => $("[data-mark]:not([hidden])");
function grade(content) {
  const card = pinned();
  if (!card) return;
  const id = $("[data-mark-id]", card).value, of = Number(card.dataset.mark);
  if (id) act({ do: "mark", id, of, mode: "text", content }, { body: (a) => ({ do: "retract", of: a.seq, reason: desk.dataset.undo }) });
  else act({ do: "mark", id: $("[data-mark-id] option", card).value, of, mode: "text", content: 0 });
}
function turn(by) {
  const cards = $$("[data-mark]"), i = cards.indexOf(pinned());
  if (i < 0) return;
  cards[i].hidden = true;
  cards[(i + by + cards.length) % cards.length].hidden = false;
}

// Shortcuts by the place on the keyboard: input methods for Vietnamese rewrite
// letters and digits.
let going = 0;
const keys = {
  Space: () => $(".acts [data-do]")?.click(), Enter: () => $("[data-next] [data-do=release]")?.click(), KeyH: () => $("[data-next] [data-do=hold]")?.click(),
  F2: () => open("edit"), KeyK: () => $("[data-next] [data-do=skip]")?.click(), KeyN: () => open("adhoc"), KeyQ: () => grade(1), KeyW: () => grade(0.5), KeyE: () => grade(0),
  KeyJ: () => turn(-1), KeyL: () => turn(1), KeyM: () => $("#n").focus(), KeyT: () => open("force"), KeyG: () => { going = performance.now(); },
  KeyR: () => desk.classList.toggle("real"), Slash: (e) => e.shiftKey && open("keys"),
};
document.addEventListener("keydown", (e) => {
  const t = e.target, typing = t.matches("input:not([type=checkbox]):not([type=radio]),textarea,select");
  if (t.closest("[data-adhoc]") && e.ctrlKey && e.code === "Enter") { e.preventDefault(); t.closest("form").requestSubmit(); return; }
  if (typing || e.ctrlKey || e.metaKey || e.isComposing || $("dialog[open]")) return;
  if (off() ? !e.altKey : e.altKey) return;
  if ((e.code === "Space" || e.code === "Enter") && t.matches("button,a,summary")) return;
  if (performance.now() - going < 1200 && ["KeyS", "KeyT", "KeyF"].includes(e.code)) {
    going = 0;
    document.getElementById({ KeyS: "machine", KeyT: "timeline", KeyF: "feed" }[e.code]).focus();
    e.preventDefault();
    return;
  }
  const digit = /^(Digit|Numpad)([1-9])$/.exec(e.code);
  if (digit) $(`[data-quick="${digit[2] - 1}"]`)?.click();
  else if (e.shiftKey && e.code === "KeyE") open("end");
  else if (keys[e.code] && (!e.shiftKey || e.code === "Slash")) keys[e.code](e);
  else return;
  e.preventDefault();
});

const stored = (k) => { try { return localStorage.getItem(k); } catch { return null; } };
const store = (k, v) => { try { localStorage.setItem(k, v); } catch { /* private mode */ } };
const off = () => stored("keys") === "off";
const offBox = $("[data-keys-off]");
offBox.checked = off();
offBox.onchange = () => store("keys", offBox.checked ? "off" : "on");
function theme(name) { document.documentElement.dataset.theme = name; store("theme", name); }
theme(stored("theme") || "light");

// What moves by itself: clocks, countdowns, the line of the present.
function tick() {
  const t = now(), wall = new Date(clock.wall + (performance.now() - clock.at)).toLocaleTimeString("vi-VN", { hour12: false });
  for (const el of $$("[data-clock]")) el.textContent = desk.classList.contains("real") ? wall : mmss(Math.floor(t / 1000) * 1000);
  for (const el of $$("[data-wall]")) el.textContent = wall;
  for (const el of $$("[data-until]")) el.textContent = mmss(Number(el.dataset.until) - t);
  for (const el of $$("[data-since]")) el.textContent = mmss(t - Number(el.dataset.since));
}
setInterval(tick, 500);
document.addEventListener("patched", tick);
document.addEventListener("lost", (e) => { const p = $(".lost"); p.hidden = !e.detail; p.textContent = desk.dataset.lost; });
tick();
