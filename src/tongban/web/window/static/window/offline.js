// A window goes on taking in while the node cannot be reached. What is written down is locked at once with
// the node's public key (ECDH P-256, HKDF, AES-GCM), so that this browser cannot read it any more; kept are
// the locked words and the number on the paper (offline-keep.js). It goes back when the node answers; the node keeps each once.
const root = document.querySelector("[data-offline]");
const form = root.querySelector("form");
const text = (name) => root.dataset[name];
const show = (name, on) => root.querySelectorAll(`[data-part="${name}"]`).forEach((part) => { part.hidden = !on; });
const LOW = 10;
const AGAIN_MS = 5000;
let isAway = false;
let running = null;
let isWanted = false;

async function ask(address, body, token) {
  const head = { "X-CSRFToken": token ?? "", "Content-Type": "application/json" };
  const options = body === undefined ? {} : { method: "POST", headers: head, body: JSON.stringify(body) };
  const answer = await fetch(address, { ...options, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function tell(name, values = {}) {
  const words = Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), text(name));
  const told = root.querySelector("[data-told]");
  if (told.textContent !== words) told.textContent = words; // the same words are not read out twice
}

// Brings back what is here; what the node has, in one way or the other, is forgotten here.
async function bringBack(token) {
  const boxes = await listBoxes();
  const list = root.querySelector("[data-outcomes]");
  let left = boxes.length;
  for (let begin = 0; begin < boxes.length; begin += Number(text("most"))) {
    const brought = boxes.slice(begin, begin + Number(text("most"))).map(({ number, box }) => ({ number, box }));
    const { outcomes } = await ask(text("bringAddress"), { brought }, token);
    await dropBoxes(outcomes.filter((one) => one.done).map((one) => one.number));
    left -= outcomes.filter((one) => one.done).length;
    for (const one of outcomes) {
      const line = document.createElement("li");
      line.textContent = `${one.number} · ${text(`what${one.what}`)}${one.why.length ? ` · ${one.why.join("; ")}` : ""}`;
      list.append(line);
    }
  }
  if (boxes.length) tell("broughtBack", { n: boxes.length - left });
  return left;
}

async function settleOnce() {
  let online = false;
  try {
    const state = await ask(text("stateAddress"));
    online = true;
    await writeFact("point", state.point);
    if ((await countLeft()) < LOW) await addRange(await ask(text("numbersAddress"), {}, state.token));
    await bringBack(state.token);
    navigator.serviceWorker?.controller?.postMessage("keep");
  } catch {
    if (!online) tell("away");
  }
  isAway = !online;
  show("online", online);
  show("away", !online);
  const left = await countLeft();
  const ready = left > 0 && (await readFact("point")) !== undefined;
  show("ready", ready);
  show("not-ready", !ready);
  const waiting = (await listBoxes()).length;
  root.querySelector("[data-waiting]").textContent = String(waiting);
  root.querySelector("[data-left]").textContent = String(left);
  root.dataset.settled = String(waiting);
}

// One after the other: two at once would ask for numbers and bring the same back twice. Whoever asks meanwhile
// is answered by one more.
function settle() {
  isWanted = true;
  running ??= settleWhileWanted();
  return running;
}

async function settleWhileWanted() {
  try {
    while (isWanted) {
      isWanted = false;
      await settleOnce();
    }
  } finally {
    running = null;
  }
}

function fillReceipt(number, lines) {
  const chosen = form.elements.namedItem("item").selectedOptions[0];
  const said = { ...lines, number, item: chosen.textContent, taken_at: new Date(lines.taken_at).toLocaleString(document.documentElement.lang, { timeZone: "Asia/Shanghai" }) };
  for (const place of root.querySelectorAll("[data-receipt]")) place.textContent = said[place.dataset.receipt] || "—";
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (root.dataset.busy) return;
  root.dataset.busy = "yes";
  try {
    const given = new FormData(form);
    const [item, zone] = String(given.get("item")).split(":");
    const lines = { item, zone, taken_at: new Date().toISOString() };
    for (const name of ["kind", "name", "id", "mobile", "agent_name", "agent_id", "papers", "note"]) lines[name] = String(given.get(name) ?? "").trim();
    const number = await drawNumber();
    if (number === undefined) { tell("noNumbers"); show("ready", false); show("not-ready", true); return; }
    const box = await lock(await readFact("point"), number, lines);
    await within(["boxes"], (turn) => turn.objectStore("boxes").put({ number, box }));
    fillReceipt(number, lines);
    form.reset();
    show("form", false);
    show("receipt", true);
    root.querySelector("[data-part=receipt]").focus();
    await settle();
  } catch {
    tell("failed");
  } finally {
    delete root.dataset.busy;
  }
});

// Nothing of the last client stays on the screen, nor comes back with the browser's back button.
function clearReceipt() {
  for (const place of root.querySelectorAll("[data-receipt]")) place.textContent = "";
  form.reset();
  show("receipt", false);
  show("form", true);
}
root.querySelector("[data-next]").addEventListener("click", () => { clearReceipt(); form.elements.namedItem("item").focus(); });
root.querySelector("[data-try]").addEventListener("click", settle);
window.addEventListener("pageshow", (event) => { if (event.persisted) clearReceipt(); });
window.addEventListener("online", settle);
window.addEventListener("offline", settle);
// A node that was stopped, or an answer that was lost, gives the browser no event: what waits is brought again.
setInterval(() => { if (isAway || root.dataset.settled !== "0") settle(); }, AGAIN_MS);
show("form", true);
show("script", true);
settle();
