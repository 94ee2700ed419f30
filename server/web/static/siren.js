// The siren of the facilitator's page: it sounds for as long as a report of a
// real incident waits for an answer.
import { title } from "./live.js";

const body = document.body;
let audio, tone, marked = false;

function unlock() {
  audio = audio || new (window.AudioContext || window.webkitAudioContext)();
  audio.resume().then(sound).catch(() => {});
}
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, unlock, { passive: true });

const asked = () => document.querySelector("[data-sos]");

function start() {
  const swing = audio.createOscillator(), sweep = audio.createOscillator(), depth = audio.createGain(), loud = audio.createGain();
  swing.type = "triangle";
  swing.frequency.value = 850;
  sweep.frequency.value = 0.7; // up and down in a second and a half
  depth.gain.value = 300;
  loud.gain.value = 0.35;
  sweep.connect(depth).connect(swing.frequency);
  swing.connect(loud).connect(audio.destination);
  swing.start();
  sweep.start();
  tone = { stop: () => { swing.stop(); sweep.stop(); } };
}

function sound() {
  const on = asked(), heard = audio?.state === "running";
  if (on && heard && !tone) start();
  if (!on && tone) { tone.stop(); tone = null; }
  body.dataset.siren = on ? (tone ? "on" : "mute") : "off";
  const hint = on?.querySelector(".mute");
  if (hint) hint.hidden = Boolean(tone);
}

let seen = "", came = 0;
function look() {
  const on = asked();
  if (on && on.dataset.sos !== seen) came = performance.now();
  seen = on ? on.dataset.sos : "";
  if (Boolean(on) !== marked && body.dataset.phase !== "stopped") document.title = on ? "(!) " + on.querySelector("h2").textContent.trim() : title;
  marked = Boolean(on);
  if (on && !audio) try { unlock(); } catch { /* no sound here */ }
  sound();
}
document.addEventListener("patched", look);
look();

// alarmKey is the button a key stands for while a report waits. A key that was
// meant for what was there before does nothing.
export function alarmKey(code) {
  const sel = { KeyX: "[data-do=stop_real]", KeyB: "[data-do=note]" }[code];
  return sel && asked() && performance.now() - came > 600 ? document.querySelector("[data-sos] " + sel) : null;
}
