// What every live page shares: the stream of changes, the server's clock and
// keys for acts. Pages work without it as plain forms.
import { patch } from "./regions.js";

const body = document.body;

// clock is exercise time as the server last told it, carried on by now().
export const clock = { at: performance.now(), now: 0, wall: Date.now(), running: false, speed: 1, phase: body.dataset.phase };

export function now() {
  return clock.running ? clock.now + (performance.now() - clock.at) * clock.speed : clock.now;
}

// clockText writes a time as 12:30, or 1:02:30.
export function clockText(ms) {
  const s = Math.max(0, Math.floor(ms / 1000)), two = (n) => String(n).padStart(2, "0");
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

// key names one act; the same key sent twice is done once.
export function key() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

// setClock takes the clock as the stream and a page's data-clock give it.
export function setClock(data) {
  Object.assign(clock, { at: performance.now(), now: data.now_ms, wall: data.wall_ms, running: data.running, speed: data.speed });
}

function setPhase(phase) {
  const before = clock.phase;
  clock.phase = body.dataset.phase = phase;
  if ((phase === "stopped") !== (before === "stopped")) realIncident(phase === "stopped");
  if (phase !== before) document.dispatchEvent(new CustomEvent("phase", { detail: before }));
}

// A real incident takes every screen: no dialog stays over it, and nothing of
// the drill's colour.
export const title = document.title; // the page's own
let usual;
function realIncident(is) {
  const head = document.querySelector(".real h1"), bar = document.querySelector("meta[name=theme-color]");
  if (!head) return;
  if (is) {
    usual = { bar: bar?.content, at: document.activeElement };
    for (const d of document.querySelectorAll("dialog[open]")) d.close();
    document.title = head.textContent;
    head.focus({ preventScroll: true });
  } else if (usual) {
    document.title = title;
    usual.at?.focus?.({ preventScroll: true });
  }
  if (bar) bar.content = is ? "#FFFFFF" : usual?.bar || "#FFD84A";
}
if (clock.phase === "stopped") realIncident(true);

// The stream says something every two seconds; six without a word is a server
// lost, and it is tried again, with a wait that differs from tab to tab, until
// it answers. A tab nobody has looked at for a while leaves its place to others.
const silence = 6000, unseen = 15000;
let stays = "always" in body.dataset; // though nobody looks at it
if ("heard" in body.dataset) keepPlace();
let stream, again, tries = 0, heard = performance.now(), heardAt = Date.now(), tried = heard, lost = false, asleep = 0;

// slept is whether this machine has slept since, or its clock was set: what it
// counted from the server's last word may stand still while it sleeps.
export const slept = () => Math.abs(Date.now() - heardAt - (performance.now() - heard)) > 2000;
const silent = () => performance.now() - heard > silence || slept();

function hear(data) {
  heard = performance.now();
  heardAt = Date.now();
  tries = 0;
  setClock(data.clock);
  setPhase(data.phase);
  if (lost) tellLost(false);
}

function tellLost(is) {
  lost = is;
  body.classList.toggle("is-lost", is);
  document.dispatchEvent(new CustomEvent("lost", { detail: is }));
}

function leave() {
  clearTimeout(again);
  stream?.close();
  stream = null;
}

function connect() {
  leave();
  tried = performance.now();
  stream = new EventSource(body.dataset.live);
  stream.addEventListener("patch", (e) => { const data = JSON.parse(e.data); hear(data); patch(data.regions); });
  stream.addEventListener("hb", (e) => hear(JSON.parse(e.data)));
  stream.addEventListener("bye", (e) => { leave(); if (JSON.parse(e.data).why === "gone") location.reload(); else retry(); });
  stream.addEventListener("error", retry);
}

function retry() {
  leave();
  again = setTimeout(tries++ ? ask : connect, Math.min(5000, 400 * 2 ** tries) * (0.5 + Math.random()));
}

// ask finds out whether the server is away or this page is no longer wanted.
async function ask() {
  const res = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (res && [401, 403, 404, 410].includes(res.status)) location.reload();
  else if (!stream) connect();
}

// keepPlace has a page heard though nobody looks at it. So many of a browser, no
// more: it opens six connections to a server, and the rest waits for ever.
function keepPlace() {
  if (!navigator.locks) { stays = true; return; }
  const enough = new AbortController();
  for (const place of [1, 2, 3]) navigator.locks.request(`saban heard ${place}`, { signal: enough.signal }, () => {
    if (stays) return undefined;
    stays = true;
    enough.abort();
    return new Promise(() => {});
  }).catch(() => {});
}

function watch() {
  const at = performance.now();
  if (document.hidden && asleep && !stays && at - asleep > unseen) leave();
  else if (silent()) {
    if (!lost && at - heard > silence) tellLost(true);
    if (at - tried > 2000 + Math.random() * 2000) connect();
  }
  setTimeout(watch, 500);
}

// lastHeard is how many milliseconds ago the server last said something.
export const lastHeard = () => performance.now() - heard;

if (body.dataset.live) {
  connect();
  watch();
  document.addEventListener("visibilitychange", () => {
    asleep = document.hidden ? performance.now() : 0;
    if (!document.hidden && (!stream || silent())) connect();
  });
  addEventListener("online", connect);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => { if (e.persisted) connect(); });
}
