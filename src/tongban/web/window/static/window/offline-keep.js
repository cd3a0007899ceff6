// What a browser keeps for a window whose node is away: numbers given beforehand, and locked words under them.
// Loaded before offline.js, which uses these functions.
const LABEL = new TextEncoder().encode("tongban/dropbox/1");

function openStore() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("tongban-window", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("facts");
      asked.result.createObjectStore("boxes", { keyPath: "number" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(names, act) {
  const store = await openStore();
  return new Promise((done, failed) => {
    const turn = store.transaction(names, "readwrite");
    let result;
    turn.oncomplete = () => { store.close(); done(result); };
    turn.onabort = turn.onerror = () => { store.close(); failed(turn.error); };
    act(turn, (value) => { result = value; });
  });
}

const readFact = (name) => within(["facts"], (turn, tell) => {
  const asked = turn.objectStore("facts").get(name);
  asked.onsuccess = () => tell(asked.result);
});
const writeFact = (name, value) => within(["facts"], (turn) => turn.objectStore("facts").put(value, name));
const listBoxes = () => within(["boxes"], (turn, tell) => {
  const asked = turn.objectStore("boxes").getAll();
  asked.onsuccess = () => tell(asked.result);
});
const dropBoxes = (numbers) => within(["boxes"], (turn) => numbers.forEach((one) => turn.objectStore("boxes").delete(one)));

// The next number is drawn in one turn of the store: two tabs never draw the same.
const drawNumber = () => within(["facts"], (turn, tell) => {
  const facts = turn.objectStore("facts");
  const asked = facts.get("ranges");
  asked.onsuccess = () => {
    const ranges = (asked.result ?? []).filter((one) => one.next <= one.last);
    if (!ranges.length) { tell(undefined); return; }
    const number = `P-${ranges[0].letters}-${String(ranges[0].next).padStart(6, "0")}`;
    ranges[0].next += 1;
    facts.put(ranges, "ranges");
    tell(number);
  };
});
const addRange = (given) => within(["facts"], (turn) => {
  const facts = turn.objectStore("facts");
  const asked = facts.get("ranges");
  asked.onsuccess = () => facts.put([...(asked.result ?? []), { ...given, next: given.first }], "ranges");
});
const countLeft = async () => ((await readFact("ranges")) ?? []).reduce((sum, one) => sum + one.last - one.next + 1, 0);

const fromBase64 = (written) => Uint8Array.from(atob(written), (sign) => sign.charCodeAt(0));
const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

async function lock(point, number, lines) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", fromBase64(point), curve, false, []);
  const once = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: own, info: LABEL }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const aad = new TextEncoder().encode(number);
  const locked = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: aad }, key, new TextEncoder().encode(JSON.stringify(lines)),
  );
  return toBase64(new Uint8Array([1, ...own, ...nonce, ...new Uint8Array(locked)]));
}
