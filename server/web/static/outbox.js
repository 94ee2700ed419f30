// What a phone has to say to the server, kept in the browser until the server
// has said that it has it. The key of an act goes with every try, so that a
// second delivery changes nothing; the age of the tap goes with it too, so that
// bad reception costs nobody time.
import { clock, key, lastHeard, now as exercise } from "./live.js";

const drill = document.body.dataset.drill, page = key();
const paths = { answer: "/api/v1/phone/answers", relay: "/api/v1/phone/relays", note: "/api/v1/phone/notes", word: "/api/v1/phone/hotwash", alarm: "/api/v1/phone/alarm", judge: document.body.dataset.judge, photo: document.body.dataset.photos };
const later = new Set(["paused", "stopped_real", "not_started", "closing", "slow", "too_many"]);
const spare = new Map(); // where the browser keeps nothing

// parcels are kinds of acts with something along that is too large for the small
// store: each kept and forgotten by the act's key, and sent on a way of its own,
// so that it holds nothing up.
export const parcels = {};

// load and save are small tables of this drill, shared by the browser's tabs.
export function load(name) {
  try { return JSON.parse(localStorage.getItem(`saban.${name}.${drill}`)) || {}; } catch { return spare.get(name) || {}; }
}

function save(name, value) {
  spare.set(name, value);
  try { localStorage.setItem(`saban.${name}.${drill}`, JSON.stringify(value)); } catch { /* full or forbidden: this tab still has it */ }
}

// What was kept of other drills is of no use here.
try {
  for (const k of Object.keys(localStorage)) if (/^saban\.(out|drafts|known|calls|done)\./.test(k) && !k.endsWith("." + drill)) localStorage.removeItem(k);
} catch { /* forbidden */ }

export function change(name, edit) {
  const all = load(name);
  edit(all);
  save(name, all);
}

export const items = () => Object.values(load("out")).sort((a, b) => a.tap - b.tap);
export const itemOf = (card, kind = "answer") => items().find((i) => i.card === card && i.kind === kind);
// stuck is what somebody should see that it is not there yet.
export const stuck = (item) => Boolean(item.refused || item.tries > 0 || Date.now() - item.tap > 1500 || document.body.classList.contains("is-lost"));
export const drop = (item) => { remove(item); tell(); };
function remove(item) {
  change("out", (all) => delete all[item.key]);
  parcels[item.kind]?.forget(item.key);
}
const tell = (detail) => document.dispatchEvent(new CustomEvent("outbox", { detail }));
const update = (item, more) => change("out", (all) => { if (all[item.key]) Object.assign(all[item.key], more); });

// serverOff is by how much the server's wall clock is ahead of this phone's.
const serverOff = () => clock.wall + (performance.now() - clock.at) - Date.now();

export function put(kind, card, body, label = "", own = key()) {
  const item = { key: own, kind, card, body, label, tap: Date.now(), perf: performance.now(), at: Math.max(0, Math.round(exercise())), page, off: serverOff(), tries: 0, next: 0, lease: 0 };
  change("out", (all) => { all[item.key] = item; });
  tell();
  flush();
  return item;
}

// age is how long ago an act was tapped. The phone's clock may have been set
// in between: then the page's own count decides, or the server's clock.
function age(item) {
  const wall = Date.now() - item.tap, server = wall + serverOff() - item.off;
  const near = (a, b) => Math.abs(a - b) <= 2000;
  if (item.page !== page) return near(wall, server) || lastHeard() > 4000 ? wall : server;
  const own = performance.now() - item.perf;
  if (near(wall, own)) return wall;
  return near(wall, server) ? wall : own;
}

const running = new Set(); // whether large things are being sent, and whether others are

const urgent = (a, b) => (b.kind === "alarm") - (a.kind === "alarm");

// flush sends what is due, a report of a real incident before all else, then
// the oldest first, one at a time. A tab that has
// begun to send an act has it to itself for a while.
export async function flush(now) {
  await Promise.all([along(true, now), along(false, now)]);
}

const patience = (item) => (parcels[item.kind] ? 60000 : 10000);

async function along(large, now) {
  if (running.has(large)) return;
  running.add(large);
  try {
    for (const item of items().sort(urgent)) {
      if (Boolean(parcels[item.kind]) !== large || item.refused || (!now && item.next > Date.now()) || (item.lease > Date.now() && item.holder !== page)) continue;
      update(item, { lease: Date.now() + patience(item) + 2000, holder: page });
      await send(item);
    }
  } finally {
    running.delete(large);
  }
}

// letter is an act as the server takes it; one whose parcel the browser has lost
// is none.
async function letter(item) {
  if (parcels[item.kind]) {
    const parcel = await parcels[item.kind].kept(item.key);
    return parcel && { to: `${paths[item.kind]}?${new URLSearchParams({ ...item.body, key: item.key })}`, type: "application/octet-stream", body: parcel };
  }
  const spent = Math.max(0, Math.round(age(item)));
  const body = { ...item.body, key: item.key };
  if (item.kind === "answer" && spent > 400) body.age_ms = Math.min(spent, 86400000);
  if (["observe", "prohibit"].includes(body.do) && body.observed_ms === undefined && spent > 2000) body.observed_ms = item.at;
  return { to: paths[item.kind], type: "application/json", body: JSON.stringify(body) };
}

async function send(item) {
  const post = await letter(item);
  if (!post) {
    update(item, { lease: 0, refused: { code: "lost", detail: parcels[item.kind].lost, try: "" } });
    return tell({ refused: true });
  }
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), patience(item));
  let res, told = {};
  try {
    res = await fetch(post.to, { method: "POST", headers: { "Content-Type": post.type }, body: post.body, signal: stop.signal });
    told = await res.json().catch(() => ({}));
  } catch { /* no network: kept */ }
  clearTimeout(timer);
  if (res?.ok) {
    remove(item);
    tell({ sent: item });
  } else if (!res || res.status >= 500 || res.status === 429 || res.status === 408 || later.has(told.code)) {
    const tries = item.tries + 1, wait = Math.min(5000, 400 * 2 ** Math.min(tries, 6)) * (0.75 + Math.random() / 2);
    update(item, { tries, next: Date.now() + wait, lease: 0, why: told.code || "" });
    tell();
  } else if (res.status === 401) {
    update(item, { lease: 0 });
    location.reload();
  } else {
    const refused = { code: told.code, detail: told.detail || res.statusText, try: told.try || "" };
    update(item, { lease: 0, refused });
    tell({ refused });
  }
}

// A pulse now and then shows the facilitator how long this phone's way is.
let round = 0;
async function pulse() {
  if (document.hidden || lastHeard() > 4000) return;
  const from = performance.now();
  const res = await fetch("/api/v1/phone/pulse", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ round_ms: round }) }).catch(() => null);
  if (res?.ok) round = Math.min(60000, Math.round(performance.now() - from));
}
if (!paths.judge) {
  setInterval(pulse, 15000 + Math.random() * 5000);
  setTimeout(pulse, 2000);
  setTimeout(pulse, 3000);
}

setInterval(flush, 500);
addEventListener("online", () => flush(true));
addEventListener("storage", (e) => { if (e.key === `saban.out.${drill}`) tell(); });
document.addEventListener("lost", (e) => { if (!e.detail) flush(true); });
document.addEventListener("phase", () => { if (clock.phase === "running") flush(true); });
