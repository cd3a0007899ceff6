// Hides questions that the answers so far do not call for. Without script they all stand there, each with
// its condition in words; the server asks the form again either way.
const shownFor = document.querySelectorAll("[data-shown-when]");
const showWhatIsAsked = () => {
  for (const question of shownFor) {
    const wanted = question.dataset.shownFor.split(" ");
    const name = CSS.escape(question.dataset.shownWhen);
    const inputs = [...document.querySelectorAll(`[name="${name}"]`)];
    const given = inputs.filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked);
    question.hidden = !given.some((one) => wanted.includes(one.value));
    question.querySelector(".tb-condition")?.setAttribute("hidden", "");
  }
};
document.addEventListener("change", showWhatIsAsked);
showWhatIsAsked();
