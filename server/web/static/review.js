// The facilitator leads the hot wash: buttons and keys are the same forms,
// sent without leaving the page; what has changed comes back by the stream.
import { key } from "./live.js";

const body = document.body, $ = (css, at = document) => at.querySelector(css);
body.classList.add("js");
const wrong = $(".wrong"), lead = $("#role");
lead.removeAttribute("form"); // one choice for the three fields, which have none of their own here
for (const s of document.querySelectorAll("select.no-js")) s.remove();

// said says why something was not taken, or that something is on its way.
let unsent = 0;
function said(why) {
  wrong.textContent = why || (unsent ? body.dataset.sending : "");
  wrong.hidden = !wrong.textContent;
}
const sending = () => said(body.dataset.sending);

// post sends a form once: whether it was taken, and why not; nothing when no
// answer came.
const slow = 2000, patience = 10000;
async function post(action, data) {
  const late = setTimeout(sending, slow);
  try {
    const res = await fetch(action, { method: "POST", redirect: "manual", body: new URLSearchParams(data), signal: AbortSignal.timeout(patience) });
    if (res.type === "opaqueredirect") return { taken: true, why: "" };
    const page = new DOMParser().parseFromString(await res.text(), "text/html");
    return { taken: false, why: $(".wrong", page)?.textContent || body.dataset.failed };
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

// A step is not sent again by itself: the room's screen must not jump later.
let busy = false;
async function step(form, button) {
  if (busy) return sending();
  busy = true;
  const answer = await post(form.action, new FormData(form, button));
  busy = false;
  said(answer ? answer.why : body.dataset.failed);
}

// What was said aloud leaves its field for the next words, is sent with its key
// until the server has it, and comes back when it is refused.
async function write(form) {
  const field = form.elements.text, words = field.value, data = new FormData(form);
  data.set("role", lead.value);
  field.value = "";
  form.elements.key.value = key();
  unsent++;
  let answer;
  for (let wait = 300; !(answer = await post(form.action, data)); wait = Math.min(wait * 2, 5000)) {
    sending();
    await new Promise((done) => setTimeout(done, wait));
  }
  unsent--;
  said(answer.why);
  if (!answer.taken) field.value = [words, field.value].filter(Boolean).join(" ");
}
addEventListener("beforeunload", (e) => { if (unsent) e.preventDefault(); });

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("[data-lead],[data-aloud]")) return;
  e.preventDefault();
  if (form.matches("[data-aloud]")) write(form);
  else step(form, e.submitter);
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
