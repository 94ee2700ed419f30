// What a phone has to say to the server, kept in the browser until the server
// has said that it has it. The key of an act goes with every try, so that a
// second delivery changes nothing; the age of the tap goes with it too, so that
// bad reception costs nobody time.
import { clock, key, lastHeard, now as exercise, slept } from "./live.js";

const drill = document.body.dataset.drill, page = key();
const paths = { answer: "/api/v1/phone/answers", relay: "/api/v1/phone/relays", note: "/api/v1/phone/notes", word: "/api/v1/phone/hotwash", alarm: "/api/v1/phone/alarm", judge: document.body.dataset.judge, photo: document.body.dataset.photos };
const later = new Set(["paused", "stopped_real", "not_started", "closing", "slow", "too_many"]);
const spare = new Map(), unkept = new Set(); // where the browser keeps nothing

// parcels are kinds of acts with something along that is too large for the small
// store: each kept and forgotten by the act's key, and sent on a way of its own,
// so that it holds nothing up.
export const parcels = {};

// load and save are small tables of this drill, shared by the browser's tabs.
export function load(name) {
  if (unkept.has(name)) return spare.get(name);
  try { return JSON.parse(localStorage.getItem(`saban.${name}.${drill}`)) || {}; } catch { return spare.get(name) || {}; }
}

function save(name, value) {
  spare.set(name, value);
  try {
    localStorage.setItem(`saban.${name}.${drill}`, JSON.stringify(value));
    unkept.delete(name);
  } catch {
    unkept.add(name); // full or forbidden: this tab still has it
  }
}

// What was kept of other drills is of no use here, but for what they never had:
// that is shown where they end. An evaluator may have several open, a phone is in
// one.
const old = document.body.dataset.judge ? /^saban\.(known|calls|done)\./ : /^saban\.(drafts|known|calls|done)\./;
try {
  for (const k of Object.keys(localStorage)) if (old.test(k) && !k.endsWith("." + drill)) localStorage.removeItem(k);
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
  const item = { key: own, kind, card, body, label, tap: Date.now(), perf: performance.now(), at: slept() ? null : Math.max(0, Math.round(exercise())), page, off: serverOff(), tries: 0, next: 0, lease: 0 };
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

// Ways acts go by, side by side: a report of a real incident waits for nothing
// else, and what is large holds nothing up.
const ways = ["alarm", "small", "large"], running = new Set();
const wayOf = (item) => (parcels[item.kind] ? "large" : item.kind === "alarm" ? "alarm" : "small");

// flush sends what is due, the oldest first, one at a time on each way.
export async function flush(now) {
  await Promise.all(ways.map((way) => along(way, now)));
}

// What somebody saw counts from its tap. Where the page's clock had been asleep
// then, the server's is waited for, if it comes.
const sees = (item) => ["observe", "prohibit"].includes(item.body.do) && item.body.observed_ms === undefined;
const timed = (item) => !sees(item) || item.at !== null || !slept() || Date.now() - item.tap > 20000;

const patience = (item) => (parcels[item.kind] ? 60000 : 10000);

// along sends what is due on one way. What was said later of the same card
// waits for what was said before: the last word is the one that stands. A tab
// that has begun to send an act has it to itself for a while.
async function along(way, now) {
  if (running.has(way)) return;
  running.add(way);
  const behind = new Set();
  try {
    for (const { key } of items()) {
      const item = load("out")[key]; // as it is now
      if (!item || wayOf(item) !== way || item.refused) continue;
      const due = (now || item.next <= Date.now()) && (item.lease <= Date.now() || item.holder === page) && !behind.has(item.card) && timed(item);
      if (due) {
        update(item, { lease: Date.now() + patience(item) + 2000, holder: page });
        await send(item);
      }
      const left = load("out")[key];
      if (left && !left.refused) behind.add(item.card);
    }
  } finally {
    running.delete(way);
  }
}

// letter is an act as the server takes it. A parcel that cannot be had says why.
async function letter(item) {
  if (parcels[item.kind]) {
    const parcel = await parcels[item.kind].kept(item.key);
    return { to: `${paths[item.kind]}?${new URLSearchParams({ ...item.body, key: item.key })}`, type: "application/octet-stream", body: parcel };
  }
  const spent = Math.max(0, Math.round(age(item)));
  const body = { ...item.body, key: item.key };
  if (item.kind === "answer" && spent > 400) body.age_ms = Math.min(spent, 86400000);
  if (sees(item) && spent > 2000) body.observed_ms = item.at ?? Math.max(0, Math.round(exercise() - (clock.running ? spent * clock.speed : 0)));
  return { to: paths[item.kind], type: "application/json", body: JSON.stringify(body) };
}

async function send(item) {
  let post;
  try {
    post = await letter(item);
  } catch (why) {
    update(item, { lease: 0, refused: { code: "lost", detail: why.message, try: "" } });
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
  } else if (res.status === 401 || told.code === "no_such_drill") { // the page that comes shows what was not taken
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
// A page that goes leaves what it was sending to the one that comes.
addEventListener("pagehide", () => change("out", (all) => { for (const i of Object.values(all)) if (i.holder === page) i.lease = 0; }));
addEventListener("online", () => flush(true));
addEventListener("storage", (e) => { if (e.key === `saban.out.${drill}`) tell(); });
document.addEventListener("lost", (e) => { if (!e.detail) flush(true); });
document.addEventListener("phase", () => { if (clock.phase === "running") flush(true); });
