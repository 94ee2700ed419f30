// Typing in a drill held on paper: comfort only, every form works without.
import { careful } from "./leaving.js";

const form = document.querySelector("form[data-typed]");
const times = form ? [...form.querySelectorAll("input.num")] : [];

// Arrows go from time to time: most of what is on a sheet is times.
form?.addEventListener("keydown", (e) => {
  const at = times.indexOf(e.target);
  const to = e.key === "ArrowDown" ? at + 1 : e.key === "ArrowUp" ? at - 1 : -1;
  if (at < 0 || !times[to]) return;
  e.preventDefault();
  times[to].focus();
});

// A time is typed over, not into.
form?.addEventListener("focusin", (e) => { if (times.includes(e.target)) e.target.select(); });
if (times.includes(document.activeElement)) document.activeElement.select();

if (form) careful(form);
