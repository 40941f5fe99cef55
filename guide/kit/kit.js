// Copies a message and prints a sheet. Without scripts the buttons stay away: text can be selected, browsers print.
"use strict";

const status = document.querySelector("[role=status]");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy)));
}

/** Copies the text of an element, or selects it where the browser can't copy by itself. */
async function copy(element) {
  status.textContent = "";
  try {
    await navigator.clipboard.writeText(element.textContent);
    status.textContent = status.dataset.copied;
  } catch {
    getSelection().selectAllChildren(element);
    status.textContent = status.dataset.selected;
  }
}
