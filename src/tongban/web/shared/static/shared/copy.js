// Shows the copy button beside a number, and copies it. Without script the number can still be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span");
    words.setAttribute("role", "status");
    words.textContent = button.dataset.copied;
  });
}
