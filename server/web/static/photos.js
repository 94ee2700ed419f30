// Photos on their way to the server: made small first, to spare the Wi-Fi, and
// kept in the browser's database, because its small store has no room for them.
const drill = document.body.dataset.drill, side = 1600, most = 12 * 1024 * 1024;
const spare = new Map(); // where the browser keeps nothing: this tab still has it

function open() {
  return new Promise((done, fail) => {
    const ask = indexedDB.open("saban", 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore("photos");
    ask.onsuccess = () => done(ask.result);
    ask.onerror = ask.onblocked = () => fail(ask.error);
  });
}

async function table(mode, act) {
  const db = await open();
  try {
    return await new Promise((done, fail) => {
      const change = db.transaction("photos", mode), ask = act(change.objectStore("photos"));
      change.oncomplete = () => done(ask.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  } finally {
    db.close();
  }
}

const name = (key) => `${drill}/${key}`;

export async function keep(key, blob) {
  spare.set(key, blob);
  await table("readwrite", (t) => t.put(blob, name(key))).catch(() => {});
}

async function kept(key) {
  return spare.get(key) || table("readonly", (t) => t.get(name(key))).catch(() => undefined);
}

// ready is a photo as it is sent, made small when it is first asked for: taken
// from the camera it is safe at once, and not after the seconds this takes on a
// cheap tablet. It is null where the photo is too large.
export async function ready(key) {
  const photo = await kept(key);
  if (!(photo instanceof File)) return photo; // lost, or small already
  const less = await small(photo);
  if (less && less !== photo) await keep(key, less);
  return less;
}

export async function forget(key) {
  spare.delete(key);
  await table("readwrite", (t) => t.delete(name(key))).catch(() => {});
}

// sweep takes away what nothing waits to send. What waits in another drill stays:
// a tab may be open on it.
export async function sweep(waiting) {
  const wanted = new Set(waiting.map(name)), all = await table("readonly", (t) => t.getAllKeys()).catch(() => []);
  for (const k of all) if (!wanted.has(k) && !waitsElsewhere(k)) await table("readwrite", (t) => t.delete(k)).catch(() => {});
}

function waitsElsewhere(named) {
  const [of, own] = named.split("/");
  try { return of !== drill && own in JSON.parse(localStorage.getItem(`saban.out.${of}`)); } catch { return false; }
}

// small draws a photo anew at the size the server keeps. What the browser
// cannot draw is sent as it is, and the server says what it thinks of it; what
// is too large for that is nothing.
async function small(file) {
  try {
    const picture = await createImageBitmap(file), part = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, Math.round(picture.width * part)), height: Math.max(1, Math.round(picture.height * part)) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (blob) return blob;
  } catch { /* no picture to this browser */ }
  return file.size <= most ? file : null;
}
