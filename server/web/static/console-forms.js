// The dialogs of the facilitator's page.
import { clock, now } from "./live.js";
import { $, $$, act, desk, kept, mmss, msOf } from "./console-act.js";

let about = ""; // the inject, response or event the open dialog is about

// open shows a dialog by its name.
export function open(name, id) {
  if (clock.phase === "stopped" && name !== "release" && name !== "end") return;
  const dialog = document.getElementById(name);
  $$("dialog[open]").forEach((d) => d.close());
  about = id || "";
  if (name === "edit" || name === "postpone") {
    about = about || $("[data-next]")?.dataset.next;
    const item = $(`[data-item="${CSS.escape(about || "")}"]`);
    if (!item) return;
    $("#et").value = item.dataset.text;
    $("#ppm").value = mmss(Math.max(Number(item.dataset.at), now()));
  }
  for (const el of $$("[data-about],[data-redo-id]", dialog)) el.textContent = about;
  if (name === "retract") $("[data-line]").textContent = $(`[data-seq="${about}"] .ft`)?.textContent || "";
  if (name === "adhoc") {
    recallRoles();
    draft = fieldsOf(written) === lastSent.fields ? lastSent.id : newID();
  }
  dialog.showModal();
  if (name === "adhoc") { preview(); $("#tx").focus(); }
}

// Each form gives the body of its act; undo gives the way back, if it has one.
const forms = {
  note: (v) => v.text.trim() && { text: v.text.trim() },
  force: (v) => ({ to: v.to, reason: v.reason }),
  edit: (v) => ({ id: about, words: { [desk.dataset.lang]: v.text } }),
  end: () => ({}),
  stop_real: (v) => ({ reason: v.reason.trim() || $("#rer").dataset.else }),
  resume_real: (v) => ({ reason: v.reason, passphrase: v.passphrase }),
  override: (v) => ({ id: about, reason: v.reason, override: facts(v) }),
  retract: (v) => ({ of: Number(about), reason: v.reason }),
  postpone: (v) => ({ id: about, moment_ms: msOf(v.moment) }),
  observe: (v) => ({ id: v.id, role: v.role || undefined, content: Number(v.content), observed_ms: v.observed ? msOf(v.observed) : undefined }),
};

function wayBack(verb, form) {
  const text = form.querySelector("h2")?.textContent.trim();
  if (verb === "postpone") {
    const id = about, at = Number($(`[data-item="${CSS.escape(id)}"]`)?.dataset.at);
    return { text, body: () => ({ do: "postpone", id, moment_ms: Math.max(at, Math.ceil(now())) }) };
  }
  if (verb === "observe") return { text, body: (a) => ({ do: "retract", of: a.seq, reason: desk.dataset.undo }) };
  return null;
}

// After an answer only what was sent is cleared: touches counts what was done
// to a form by hand, for its lists may be drawn anew before the answer is here.
const touches = new WeakMap();
document.addEventListener("input", ({ target: { form } }) => { if (form) touches.set(form, (touches.get(form) || 0) + 1); });

async function submit(form) {
  const verb = form.dataset.act, body = forms[verb](Object.fromEntries(new FormData(form))), of = about, sent = touches.get(form);
  if (!body) return;
  if (verb === "note") jot(form.elements.text, body);
  else if (await act({ do: verb, ...body }, wayBack(verb, form)) && about === of && touches.get(form) === sent) {
    form.reset();
    seek();
    form.closest("dialog")?.close();
  }
}

// jot clears the field for the next note, and gives back what is refused.
async function jot(field, body) {
  const words = field.value;
  field.value = "";
  if (!await act({ do: "note", ...body })) field.value = [words, field.value].filter(Boolean).join(" ");
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("[data-adhoc],[data-act]")) return;
  e.preventDefault();
  if (form.matches("[data-adhoc]")) adhoc(form);
  else submit(form);
});

function facts(v) {
  const out = { done: v.done === "true" };
  if (v.observed) out.observed = msOf(v.observed);
  if (v.content !== "") out.content = Number(v.content) / 100;
  return out;
}

// Later by so many minutes, counted from the time it has.
document.addEventListener("click", (e) => {
  const b = e.target.closest("[data-later]");
  if (!b) return;
  const at = Number($(`[data-item="${CSS.escape(about)}"]`)?.dataset.at || 0);
  $("#ppm").value = mmss(Math.max(at, now()) + Number(b.dataset.later) * 60000);
  b.closest("form").requestSubmit();
});

// stopReal stops for a real incident, with what the dialog says of it.
export const stopReal = () => submit($("#real form"));

// An inject written on the spot. What nobody names is answered in words.
// Its id is that of its words: sent twice, it is still one inject.
const fieldsOf = (form) => JSON.stringify([...new FormData(form)]);
const written = $("[data-adhoc]"), newID = () => "X" + Date.now().toString(36);
let draft = newID(), lastSent = {};
async function adhoc(form) {
  const f = new FormData(form), lang = desk.dataset.lang, words = f.get("text").trim();
  const to = f.getAll("to"), id = draft, how = f.get("how"), fields = fieldsOf(form);
  const inject = { id, at_ms: 0, note: {}, channel: f.get("channel"), to, text: { [lang]: words }, title: { [lang]: [...words].slice(0, 60).join("") } };
  if (how !== "ack") {
    const lines = how === "choices" ? linesOf(f) : [], by = to.length ? to : $$("[name=to]", form).map((x) => x.value);
    const target = Number(f.get("target")) * 60000, limit = Math.max(Number(f.get("limit")) * 60000, target + 1000);
    inject.expects = by.map((role, i) => ({
      id: `${id}r${i}`, by: role, target_ms: target, limit_ms: limit, weight: Number(f.get("weight")), do: { [lang]: lines[0] || words },
      ...(lines.length > 1 ? { ways: lines.map((l, n) => ({ id: `${id}r${i}w${n}`, do: { [lang]: l }, content: n ? 0 : 1 })) } : {}),
    }));
  }
  const text = form.querySelector("[data-send]").textContent;
  lastSent = { id, fields };
  const taken = await act({ do: "adhoc", inject }, { text, body: () => ({ do: "recall", id, reason: desk.dataset.undo }) });
  if (!taken) return;
  kept.set("to " + desk.dataset.drill, to.join(" "));
  lastSent = {};
  if (draft === id) draft = newID();
  if (fieldsOf(form) !== fields) return;
  $("#tx").value = $("#c1").value = "";
  form.closest("dialog").close();
}

const linesOf = (f) => f.get("choices").split("\n").map((l) => l.trim()).filter(Boolean);

// The role written to last is chosen again.
function recallRoles() {
  const last = (kept.get("to " + desk.dataset.drill) || "").split(" ");
  if (!$("[name=to]:checked", written)) for (const box of $$("[name=to]", written)) box.checked = last.includes(box.value);
}

function preview() {
  const f = new FormData(written), pv = (n) => $(`[data-pv=${n}]`), how = f.get("how");
  pv("text").textContent = f.get("text");
  pv("target").textContent = mmss(Number(f.get("target")) * 60000);
  const by = $("[name=channel]:checked", written)?.closest("label");
  if (by) pv("channel").replaceChildren($("svg", by).cloneNode(true), by.textContent.trim());
  pv("ask").hidden = how === "ack";
  pv("words").hidden = how !== "text";
  pv("choices").replaceChildren(...(how === "choices" ? linesOf(f) : []).map((l) => Object.assign(document.createElement("div"), { className: "po", textContent: l })));
  $(".chs").hidden = how !== "choices";
  overload(f);
}
written.addEventListener("input", preview);

// overload warns of roles that have two things or more before them.
function overload(f = new FormData(written)) {
  const open_ = new Map($$("[data-open-cards]").map((e) => [e.dataset.role, Number(e.dataset.openCards)]));
  const to = f.getAll("to"), busy = (to.length ? to : [...open_.keys()]).filter((r) => open_.get(r) >= 2);
  const name = (r) => $(`[name=to][value="${CSS.escape(r)}"]`, written).closest("label").textContent.trim();
  $("[data-overload]").textContent = busy.map((r) => desk.dataset.busy.replace("{who}", () => name(r)).replace("{n}", open_.get(r))).join("; ");
}

// A list in a dialog is narrowed by what is typed over it; marks do not matter.
const plain = (s) => s.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
export function narrow(field, rows) {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  for (const row of rows) {
    const text = plain(row.textContent);
    row.hidden = !words.every((w) => text.includes(w));
  }
}
const sought = $("[data-filter]");
const seek = () => narrow(sought, $$(sought.dataset.filter + " label"));
sought.addEventListener("input", seek);

// What is chosen in a dialog stays chosen when its list is drawn anew.
const chosen = { id: "", to: "" };
document.addEventListener("change", (e) => { if (e.target.matches("#seen [name=id],#force [name=to]")) chosen[e.target.name] = e.target.value; });
document.addEventListener("reset", () => { chosen.id = chosen.to = ""; });
document.addEventListener("patched", () => {
  for (const [name, value] of Object.entries(chosen)) {
    const box = value && $(`${name === "id" ? "#seen" : "#force"} [name=${name}][value="${CSS.escape(value)}"]`);
    if (box) box.checked = true;
  }
  seek();
  if ($("#adhoc").open) overload();
});
