// What must not happen by a slip is held down for two seconds, by finger, mouse
// or key. Who lets go early, and who cannot hold at all (a screen reader only
// clicks), is shown another way.
const long = 2000;
let at = null, place = "", timer = 0, from = 0, answered = -1000, through = false; // through: the click to come is the end of a press that was held

const button = (e) => e.target.closest?.("[data-hold]");
const holdKey = (e) => e.code === "Space" || e.code === "Enter";

function fill() {
  at.classList.add("on");
  at.querySelector("i").style.animationDelay = `${from - performance.now()}ms`;
}

// letGo gives back what was held.
function letGo() {
  const was = at;
  clearTimeout(timer);
  was?.classList.remove("on");
  at = null;
  if (was) answered = performance.now();
  return was;
}

export function holds(held, early) {
  const begin = (b) => {
    at = b;
    through = false;
    place = b.closest("[data-region]")?.dataset.region;
    from = performance.now();
    fill();
    timer = setTimeout(() => { through = true; held(letGo()); }, long);
  };
  const release = () => { const was = letGo(); if (was) early(was); };
  document.addEventListener("pointerdown", (e) => { const b = button(e); if (b && !at && e.button === 0) begin(b); });
  document.addEventListener("pointerup", release);
  document.addEventListener("keydown", (e) => {
    const b = holdKey(e) && button(e);
    if (!b) return;
    e.preventDefault();
    e.stopPropagation();
    if (!at && !e.repeat) begin(b);
  }, true);
  document.addEventListener("keyup", (e) => {
    if (!holdKey(e) || !at && !button(e)) return;
    e.preventDefault();
    release();
  });
  document.addEventListener("click", (e) => {
    const b = button(e);
    if (!b) return;
    e.preventDefault();
    if (!through && performance.now() - answered > 500) early(b);
    through = false;
  });
  document.addEventListener("pointerout", (e) => { if (at?.contains(e.target) && e.relatedTarget && !at.contains(e.relatedTarget)) letGo(); });
  document.addEventListener("contextmenu", (e) => { if (button(e)) e.preventDefault(); });
  document.addEventListener("pointercancel", letGo);
  addEventListener("blur", letGo);
  document.addEventListener("patched", () => { // it may have been drawn anew under the finger
    if (!at || at.isConnected) return;
    at = document.querySelector(`[data-region="${place}"] [data-hold]`);
    if (!at) return letGo();
    at.focus({ preventScroll: true });
    fill();
  });
}
