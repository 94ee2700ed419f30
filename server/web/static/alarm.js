// The bell, the shaking and the spoken word of a phone.
import "./awake.js";

const words = JSON.parse(document.getElementById("words").textContent);
let audio;

// say fills the places {0}, {1} of one of the page's sentences.
export const word = (name, ...args) => words[name].replace(/\{(\d)\}/g, (_, i) => args[i]);

// speak puts a sentence where a screen reader reads it, at once when it is
// urgent.
export function speak(text, urgent) {
  const at = document.getElementById(urgent ? "shout" : "say");
  at.textContent = "";
  setTimeout(() => { at.textContent = text; }, 60);
}

// A browser lets a page ring only after somebody has touched it.
function unlock() {
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!Audio) return;
  audio = audio || new Audio();
  if (audio.state === "suspended") audio.resume().catch(() => {});
}
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, unlock, { passive: true });

// ring plays two tones and shakes the phone.
export function ring() {
  navigator.vibrate?.([200, 100, 200]);
  if (audio?.state !== "running") return;
  [[880, 0], [1175, 0.18]].forEach(([tone, at]) => {
    const from = audio.currentTime + at, swing = audio.createOscillator(), loud = audio.createGain();
    swing.frequency.value = tone;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.35);
    swing.connect(loud).connect(audio.destination);
    swing.start(from);
    swing.stop(from + 0.4);
  });
}

// tryOut rings for a test; resolves once the browser lets it.
export async function tryOut() {
  unlock();
  await audio?.resume().catch(() => {});
  ring();
}
