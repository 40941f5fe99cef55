// Marks the day of the itinerary that is today, in the phone's own time, and lets the first line of the page lead there.

import { lead } from "./last.js";

/** @param {HTMLElement} element the list of days; each has `data-date` */
export function start(element) {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const card = element.querySelector(`[data-date="${today}"] .card`);
  if (!card) return;
  card.setAttribute("aria-current", "date");
  card.querySelector(".card__now").hidden = false;
  const line = document.querySelector(".last");
  lead(line, line.dataset.today, card.querySelector("h3 a"));
}
