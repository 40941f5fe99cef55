// Marks the day of the itinerary that is today where the edition takes place, and lets the first line of the page lead
// there. A page that is left open overnight goes on to the next day.

import { find } from "../dom.js";
import { lead } from "./last.js";

const SECOND = 1000; // ms

/** @param {HTMLElement} element the list of days, with `data-time-zone`; each day has `data-date` */
export function start(element) {
  const line = find(document, ".last");
  const usual = [...line.childNodes].map((node) => node.cloneNode(true)); // what it says on a day without itinerary
  const notes = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".card__now"));
  /** @type {Element | null} */
  let marked = null;
  let timer = 0;

  const mark = () => {
    const { date, left } = today(new Date(), element.dataset.timeZone);
    const card = element.querySelector(`[data-date="${date}"] .card`);
    clearTimeout(timer);
    timer = setTimeout(mark, left * SECOND);
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
  addEventListener("pageshow", mark);
}

/** @type {Intl.DateTimeFormatOptions} */
const STYLE = {
  calendar: "gregory",
  numberingSystem: "latn",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

/**
 * The date in a time zone, and the seconds that are left of it. A browser that does not know the zone takes its own.
 * @param {Date} now
 * @param {string | undefined} timeZone
 */
export function today(now, timeZone) {
  let format;
  try {
    format = new Intl.DateTimeFormat("en", { ...STYLE, timeZone });
  } catch {
    format = new Intl.DateTimeFormat("en", STYLE);
  }
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const passed = (Number(part.hour) * 60 + Number(part.minute)) * 60 + Number(part.second);
  return { date: `${part.year}-${part.month}-${part.day}`, left: 24 * 60 * 60 - passed };
}
