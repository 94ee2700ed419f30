// The facilitator leads the hot wash: buttons and keys are the same forms,
// sent without leaving the page; what has changed comes back by the stream.
import { key } from "./live.js";

const body = document.body, $ = (css, at = document) => at.querySelector(css);
body.classList.add("js");
const wrong = $(".wrong"), lead = $("#role");
lead.removeAttribute("form"); // one choice for the three fields, which have none of their own here
for (const s of document.querySelectorAll("select.no-js")) s.remove();

// post sends a form and says what was not taken.
async function post(form, button) {
  const data = new FormData(form, button);
  if (form.matches("[data-aloud]")) data.set("role", lead.value);
  const res = await fetch(form.action, { method: "POST", redirect: "manual", body: new URLSearchParams(data) }).catch(() => null);
  const taken = res?.type === "opaqueredirect";
  let why = "";
  if (!taken) {
    const page = new DOMParser().parseFromString(res ? await res.text().catch(() => "") : "", "text/html");
    why = $(".wrong", page)?.textContent || body.dataset.failed;
  }
  wrong.textContent = why;
  wrong.hidden = !why;
  return taken;
}

let busy = false;
document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (!form.matches("[data-lead],[data-aloud]")) return;
  e.preventDefault();
  if (busy) return;
  busy = true;
  try {
    if (await post(form, e.submitter) && form.matches("[data-aloud]")) {
      $("[name=text]", form).value = "";
      $("[name=key]", form).value = key();
    }
  } finally {
    busy = false;
  }
});

// One key, one button; not while somebody writes or stands on a button.
const buttons = { ArrowLeft: "#prev", ArrowRight: "#next", Enter: "#reveal", NumpadEnter: "#reveal", PageUp: "#page-back", PageDown: "#page-next" };
document.addEventListener("keydown", (e) => {
  const press = buttons[e.code], at = document.activeElement;
  if (!press || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || e.repeat) return;
  if (at.matches("input,textarea,select") || (press === "#reveal" && at.matches("button,a,summary"))) return;
  if (e.code.startsWith("Page") && at !== body) return;
  const button = $(press);
  if (!button || button.disabled) return;
  e.preventDefault();
  button.click();
});

// A click leaves no button behind that Enter would press again.
document.addEventListener("pointerup", () => setTimeout(() => { if (document.activeElement.matches(".bar button,.lst button")) document.activeElement.blur(); }));

// What was turned to comes into view, from its beginning, and is said.
let shown = $("main .hh")?.textContent;
document.addEventListener("patched", () => {
  const head = $("main .hh")?.textContent;
  if (head === shown) return;
  shown = head;
  $("main").scrollTop = 0;
  $(".lst [aria-current]")?.scrollIntoView({ block: "nearest" });
  $("#say").textContent = $(".onair b")?.textContent + (head ? ": " + head : "");
});
document.addEventListener("lost", (e) => { $(".lost").hidden = !e.detail; });
$(".lst [aria-current]")?.scrollIntoView({ block: "nearest" });
