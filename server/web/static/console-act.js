// Sending the facilitator's acts, and saying what came of them.
import { clockText, key } from "./live.js";

export const desk = document.body;
export const $ = (sel, in_ = document) => in_.querySelector(sel);
export const $$ = (sel, in_ = document) => [...in_.querySelectorAll(sel)];

// mmss writes an exercise time as 12:30; a second begun counts.
export const mmss = (ms) => clockText(ms + 999);

// msOf reads 12:30 or 1:02:30.
export const msOf = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;

// What is on its way is not sent a second time: who presses again hears that it
// is being sent. What has just arrived was a double click.
const underway = new Map(), slow = 2000, patience = 10000, pause = (ms) => new Promise((done) => setTimeout(done, ms));
let unsent = 0;
addEventListener("beforeunload", (e) => { if (unsent) e.preventDefault(); });
const sending = () => toast(desk.dataset.sending, null, true);

// act sends one command. The same key is sent again for as long as the server
// does not answer; its answer, or null when it refuses.
export async function act(body, undo) {
  const same = JSON.stringify(body);
  if (underway.has(same)) {
    underway.get(same)();
    return null;
  }
  try {
    return await send({ key: key(), ...body }, undo, (pressed) => underway.set(same, pressed));
  } finally {
    setTimeout(() => underway.delete(same), 400);
  }
}

async function send(sent, undo, again) {
  unsent++;
  for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
    const stop = new AbortController(), late = [setTimeout(sending, slow), setTimeout(() => stop.abort(), patience)], began = performance.now();
    const pressed = new Promise((now) => again(() => {
      sending();
      if (performance.now() - began < slow) return;
      stop.abort();
      now();
    }));
    const came = await once(sent, stop.signal).catch(() => null);
    late.forEach(clearTimeout);
    if (came && came.res.status !== 503) {
      again(() => {});
      unsent--;
      return told(came, sent, undo);
    }
    toast(came || stop.signal.aborted ? desk.dataset.sending : desk.dataset.lost, null, true);
    await Promise.race([pressed, pause(wait)]);
  }
}

async function once(sent, signal) {
  const res = await fetch(desk.dataset.acts, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), signal });
  const text = await res.text();
  try {
    return { res, answer: JSON.parse(text) };
  } catch {
    return { res, answer: {} };
  }
}

function told({ res, answer }, sent, undo) {
  if (res.ok) {
    if (undo) toast(undo.text || desk.dataset.done, { go: () => act(undo.body(answer)), inject: undo.body(answer).do === "recall" ? sent.id || sent.inject?.id : "" });
    return answer;
  }
  if (res.status === 401 && answer.code === "sign_in") location.href = "/sign-in?next=" + encodeURIComponent(location.pathname);
  toast([answer.detail, answer.try].filter(Boolean).join(" · ") || res.statusText, null, true);
  return null;
}

// toast says what was done, with a way back for six seconds. A dialog that is
// open lies over the page, so it is said there.
export function toast(text, undo, bad) {
  const p = document.createElement("p");
  if (bad) p.className = "bad";
  p.append(text);
  if (undo) {
    const b = document.createElement("button");
    b.textContent = desk.dataset.undo;
    if (undo.inject) b.dataset.unless = undo.inject;
    b.onclick = () => { p.remove(); undo.go(); };
    p.append(b);
  }
  const box = $("#toast");
  ($("dialog[open]") || desk).append(box);
  for (const old of $$("p", box)) if (undo ? old.className || $("button", old) : !$("button", old)) old.remove(); // neither a word nor a way back takes the other
  box.append(p);
  stale();
  setTimeout(() => p.remove(), bad ? 8000 : 6000);
}

document.addEventListener("close", () => desk.append($("#toast")), true);

// stale takes the way back from what a phone has shown.
export function stale() {
  const b = $("#toast [data-unless]");
  if (b && $(`[data-shown="${CSS.escape(b.dataset.unless)}"]`)) b.remove();
}

const stored = (k) => { try { return localStorage.getItem(k); } catch { return null; } };
const store = (k, v) => { try { localStorage.setItem(k, v); } catch { /* private mode */ } };
export const kept = { get: stored, set: store };
