// What this device still has to say and the server will not hear any more: it
// is shown, to be passed on by word of mouth, until it is put away.
const at = document.querySelector("[data-leftover]"), list = at.querySelector("ul");
const kept = /^saban\.out\./;

function tables() {
  try { return Object.keys(localStorage).filter((k) => kept.test(k)); } catch { return []; }
}

function line(item) {
  const { body } = item, time = document.createElement("time"), kind = body.do || item.kind;
  time.textContent = new Date(item.tap).toLocaleTimeString("en-GB");
  const name = item.label || at.dataset["w" + kind[0].toUpperCase() + kind.slice(1)];
  const what = [name, body.task, body.rating, body.text && `“${body.text}”`].filter(Boolean).join(" · ");
  const li = document.createElement("li");
  li.append(time, " ", what);
  return li;
}

const left = tables().flatMap((k) => Object.values(JSON.parse(localStorage.getItem(k)) || {})).sort((a, b) => a.tap - b.tap);
list.replaceChildren(...left.map(line));
at.hidden = !left.length;
at.querySelector("button").addEventListener("click", () => {
  for (const k of tables()) localStorage.removeItem(k);
  at.hidden = true;
});
