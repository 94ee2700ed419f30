// The parts of a page that the server draws anew, without taking anything out
// of the hands of who is at it.

// unsaved keeps what somebody has filled in and not sent yet: a part drawn
// anew must not take it away, nor put it into another field of that name. A
// file field stays itself: a photo may be being taken for it.
function unsaved(part) {
  const chosen = [];
  for (const f of part.querySelectorAll("input[name], select[name], textarea[name]")) {
    const same = `${f.tagName}[name="${CSS.escape(f.name)}"]`, place = [...part.querySelectorAll(same)].indexOf(f);
    if (f.type === "file") {
      chosen.push(() => part.querySelectorAll(same)[place]?.replaceWith(f));
    } else if (f.type === "checkbox" || f.type === "radio") {
      if (f.checked !== f.defaultChecked) chosen.push(() => { for (const n of part.querySelectorAll(`${same}[value="${CSS.escape(f.value)}"]`)) n.checked = f.checked; });
    } else if (f.value !== (f.tagName === "SELECT" ? ([...f.options].find((o) => o.defaultSelected) ?? f.options[0])?.value : f.defaultValue)) {
      chosen.push(() => { const n = f.id ? part.querySelector("#" + CSS.escape(f.id)) : part.querySelectorAll(same)[place]; if (n) n.value = f.value; });
    }
  }
  return chosen;
}

// unfolded keeps what was opened to be read.
function unfolded(part) {
  const opened = [...part.querySelectorAll("details[open] > summary")].map((s) => s.textContent);
  return () => { for (const s of part.querySelectorAll("details > summary")) if (opened.includes(s.textContent)) s.parentNode.open = true; };
}

// likeIt finds a control again in a part that was drawn anew: what does the
// same, and to the same.
export function likeIt(el) {
  if (el.id) return "#" + CSS.escape(el.id);
  const says = [...el.attributes].filter(({ name }) => /^(name|type|href|data-(do|open|hold|grade|refuse|id|role|to|of|mode))$/.test(name) || name === "value" && el.matches("button,[type=radio],[type=checkbox]"));
  return el.tagName + says.map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`).join("");
}

// focused keeps who has the focus, and where in its words.
function focused(part) {
  const held = document.activeElement;
  if (!part.contains(held) || held === part) return () => {};
  const same = likeIt(held), place = [...part.querySelectorAll(same)].indexOf(held), { selectionStart: from, selectionEnd: to, textContent: text } = held;
  return () => {
    const n = part.querySelectorAll(same)[place];
    if (!n || (same === n.tagName && n.textContent !== text)) return; // nothing but its words tells what it is for
    n.focus({ preventScroll: true });
    if (typeof from === "number") n.setSelectionRange?.(from, to);
  };
}

// scrolled keeps how far the lists in a part were read.
function scrolled(part) {
  const far = [];
  for (const el of part.querySelectorAll("*")) {
    if (!el.scrollTop) continue;
    const same = [el.tagName, ...[...el.classList].map(CSS.escape)].join(".");
    far.push({ same, place: [...part.querySelectorAll(same)].indexOf(el), top: el.scrollTop });
  }
  return () => { for (const { same, place, top } of far) { const n = part.querySelectorAll(same)[place]; if (n) n.scrollTop = top; } };
}

// While something is pressed nothing is drawn: the button a press began on has
// to be there when it ends. Nor is the part drawn in which a word is being
// composed, as Vietnamese is on a screen's keyboard: half a word cannot be
// handed from one field to another.
const longestPress = 3000, longestWord = 5000, longestChoice = 15000;
let pressed = 0, composing = 0, choosing = 0, waiting = {};
addEventListener("pointerdown", () => { clearTimeout(pressed); pressed = setTimeout(release, longestPress); }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release), true); // the click comes first
function release() {
  clearTimeout(pressed);
  pressed = 0;
  drawWaiting();
}

function compose() {
  clearTimeout(composing);
  composing = setTimeout(composed, longestWord);
}
function composed() {
  clearTimeout(composing);
  composing = 0;
  setTimeout(drawWaiting); // what the word does to the page comes first
}
addEventListener("compositionstart", compose, true);
addEventListener("compositionupdate", compose, true);
addEventListener("compositionend", composed, true);

// Nor the part with a list that is open: it would close.
function listOpens(e) {
  if (!e.target.matches?.("select") || (e.type === "keydown" && !/^(Space|Enter|F4|Arrow)/.test(e.code))) return;
  clearTimeout(choosing);
  choosing = setTimeout(listShuts, longestChoice);
}
function listShuts() {
  if (!choosing) return;
  clearTimeout(choosing);
  choosing = 0;
  setTimeout(drawWaiting);
}
for (const begin of ["pointerdown", "keydown"]) addEventListener(begin, listOpens, true);
for (const end of ["change", "focusout"]) addEventListener(end, listShuts, true);
addEventListener("keydown", (e) => { if (e.code === "Escape") listShuts(); }, true);

function drawWaiting() {
  const regions = waiting;
  waiting = {};
  if (Object.keys(regions).length) patch(regions);
}

// patch draws regions anew, each by its name. A page may take them itself: by
// preventing the event's default.
export function patch(regions) {
  if (pressed) {
    waiting = { ...waiting, ...regions };
    return;
  }
  if (!document.dispatchEvent(new CustomEvent("regions", { detail: regions, cancelable: true }))) return;
  for (const [name, html] of Object.entries(regions)) {
    const part = document.querySelector(`[data-region="${name}"]`);
    if (!part) continue;
    if ((composing || choosing) && part.contains(document.activeElement)) {
      waiting[name] = html;
      continue;
    }
    delete waiting[name];
    const backAgain = [...unsaved(part), unfolded(part), scrolled(part), focused(part)];
    part.innerHTML = html;
    for (const put of backAgain) put();
  }
  document.dispatchEvent(new Event("patched"));
}
