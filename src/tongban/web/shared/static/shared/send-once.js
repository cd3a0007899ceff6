// Keeps an impatient second press from sending a form twice. The server recognises a repeat by itself;
// this only spares the wait. A form that comes back from the browser's memory can be sent again.
const sentForms = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-send-once]")) return;
  if (sentForms.has(form)) event.preventDefault();
  else sentForms.add(form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sentForms.delete(form);
});
