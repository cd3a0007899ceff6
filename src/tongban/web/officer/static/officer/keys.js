// The desk by single letters: j and k move, o opens, g and a letter lead to a list, ? tells every key. Everything
// it does is a link on the page. Letters can be turned off on that page, for those who speak to their computer.
const SWITCH = "tongban-officer-keys";
const isOn = () => localStorage.getItem(SWITCH) !== "off";
const cases = [...document.querySelectorAll(".officer-open")];
const stops = cases.length ? cases : [...document.querySelectorAll("main section h2")];
let waitsForList = false;

function move(step) {
  if (!stops.length) return;
  const here = stops.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : stops.length - 1) : Math.min(Math.max(here + step, 0), stops.length - 1);
  if (!stops[next].matches("a")) stops[next].tabIndex = -1;
  stops[next].focus();
  stops[next].scrollIntoView({ block: "nearest" });
}

function open() {
  if (cases.length) (cases.includes(document.activeElement) ? document.activeElement : cases[0]).click();
  else document.querySelector('a[href="#acts"]')?.click();
}

const ACTS = { j: () => move(1), k: () => move(-1), o: open, "?": () => document.querySelector("[data-help]")?.click() };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !isOn()) return;
  if (waitsForList) {
    waitsForList = false;
    const list = [...document.querySelectorAll("[data-go]")].find((one) => one.dataset.go === event.key);
    if (list) { event.preventDefault(); list.click(); }
    return;
  }
  if (event.key === "g") { waitsForList = true; return; }
  if (Object.hasOwn(ACTS, event.key)) { event.preventDefault(); ACTS[event.key](); }
});

const button = document.querySelector("[data-keys-switch]");
if (button) {
  const show = () => { button.textContent = isOn() ? button.dataset.on : button.dataset.off; };
  button.hidden = false;
  button.addEventListener("click", () => { localStorage.setItem(SWITCH, isOn() ? "off" : "on"); show(); });
  show();
}
