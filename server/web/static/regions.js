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

// focused keeps who has the focus, and where in its words.
function focused(part) {
  const held = document.activeElement, id = part.contains(held) && held !== part ? held.id || held.dataset.do : "";
  const { selectionStart: from, selectionEnd: to } = held;
  return () => {
    const n = id && (part.querySelector("#" + CSS.escape(id)) || part.querySelector(`[data-do="${id}"]`));
    if (!n) return;
    n.focus();
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
const longestPress = 3000, longestWord = 5000;
let pressed = 0, composing = 0, waiting = {};
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
    if (composing && part.contains(document.activeElement)) {
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
