// The form that begins a rehearsal or moves it.

import { find } from "../dom.js";
import { localTime } from "../clock.js";
import { now } from "./rehearsal.js";

const MINUTE = 60_000; // ms

/** @param {HTMLElement} form with `data-time-zone` of the edition */
export function start(form) {
  const { timeZone } = form.dataset;
  const field = find(form, "input", HTMLInputElement);
  const fill = (/** @type {number} */ instant) => (field.value = localTime(instant, timeZone));
  const rehearse = () => (location.hash = `at=${field.value}`);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rehearse();
  });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-minutes]"))) {
    button.addEventListener("click", () => {
      fill(now() + Number(button.dataset.minutes) * MINUTE);
      rehearse();
    });
  }
  fill(now());
  form.hidden = false;
}
