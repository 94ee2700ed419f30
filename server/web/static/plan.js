// Whoever leaves with changes that are not saved is asked first.
const form = document.getElementById("plan");
const state = form.querySelector(".state");
let unsaved = "unsaved" in form.dataset, leaving = false;

form.addEventListener("input", () => {
  unsaved = true;
  state.textContent = form.dataset.leave;
});
form.addEventListener("change", (e) => {
  if (e.target.name.startsWith("drop.")) e.target.closest("fieldset").classList.toggle("off", e.target.checked);
});
form.addEventListener("submit", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (e) => { if (unsaved && !leaving) e.preventDefault(); });

// What is wrong comes first. (A row that was just added has the focus by its
// address.)
form.querySelector("[aria-invalid]")?.focus();
