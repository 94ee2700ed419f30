// The plan's page says what is not saved yet.
import { careful } from "./leaving.js";

const form = document.getElementById("plan");
const state = form.querySelector(".state");

form.addEventListener("input", () => { state.textContent = form.dataset.leave; });
form.addEventListener("change", (e) => {
  if (e.target.name.startsWith("drop.")) e.target.closest("fieldset").classList.toggle("off", e.target.checked);
});
careful(form);

// What is wrong comes first. (A row that was just added has the focus by its
// address.)
form.querySelector("[aria-invalid]")?.focus();
