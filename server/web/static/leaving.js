// A form that is filled in over a while: what is not kept yet is not left by a
// slip, and what is on its way is not sent a second time.
const patience = 10000;

export function careful(form) {
  let unsaved = "unsaved" in form.dataset, sent = -patience;
  const leaving = () => performance.now() - sent < patience;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", (e) => {
    if (leaving()) e.preventDefault();
    else sent = performance.now();
  });
  addEventListener("pageshow", () => { sent = -patience; });
  addEventListener("beforeunload", (e) => { if (unsaved && !leaving()) e.preventDefault(); });
}
