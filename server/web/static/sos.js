// Asking the facilitator, from a phone, to stop for a real incident.
import { put } from "./outbox.js";
import { word, speak } from "./alarm.js";
import { thank } from "./aside.js";
import { holds } from "./hold.js";

const dialog = document.getElementById("real"), form = dialog.querySelector("form");
const say = (text) => { dialog.querySelector("[data-early]").textContent = text; };

export function openAlarm() {
  say("");
  dialog.showModal();
  dialog.querySelector("[data-hold]").focus();
}

function report() {
  put("alarm", "", { text: form.elements.text.value.trim() }, word("alarm"));
  form.reset();
  dialog.close();
}

holds(report, () => say(word("holdOn")));

// postsAlarm takes the form of who cannot hold the button.
export function postsAlarm(it) {
  if (it !== form) return false;
  report();
  return true;
}

export function alarmSent(redraw) {
  thank(redraw, "alarm");
  speak(word("alarmed"), true);
}
