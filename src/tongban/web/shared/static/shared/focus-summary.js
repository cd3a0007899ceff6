// Moves the focus to the list of problems when a form comes back with some, so that it is read first.
document.getElementById("error-summary")?.focus();
