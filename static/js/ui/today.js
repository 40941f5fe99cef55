// Marks the day of the itinerary that is today where the edition takes place, and lets the first line of the page lead
// there. A page that is left open overnight goes on to the next day.

import { find } from "../dom.js";
import { localTime, untilNextMinute } from "../clock.js";
import { now } from "../today/rehearsal.js";
import { lead } from "./last.js";

/** @param {HTMLElement} element the list of days, with `data-time-zone`; each day has `data-date` */
export function start(element) {
  const line = find(document, ".last");
  const usual = [...line.childNodes].map((node) => node.cloneNode(true)); // what it says on a day without itinerary
  const notes = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".card__now"));
  /** @type {Element | null} */
  let marked = null;
  let timer = 0;

  const mark = () => {
    const instant = now();
    const [date] = localTime(instant, element.dataset.timeZone).split("T");
    const card = element.querySelector(`[data-date="${date}"] .card`);
    clearTimeout(timer);
    timer = setTimeout(mark, untilNextMinute(instant));
    if (card === marked) return;
    marked?.removeAttribute("aria-current");
    for (const note of notes) note.hidden = !card?.contains(note);
    card?.setAttribute("aria-current", "date");
    line.replaceChildren(...usual.map((node) => node.cloneNode(true)));
    if (card) lead(line, line.dataset.today, find(card, "h3 a"));
    marked = card;
  };

  mark();
  document.addEventListener("visibilitychange", mark);
  document.addEventListener("guide:clock", mark);
  addEventListener("pageshow", mark);
}
