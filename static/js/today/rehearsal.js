// A rehearsal: the guide acts as if it were another moment, which an address ends with, such as #at=2027-06-08T09:30.
// It lasts for this tab, half an hour at most, and a bar on every page says so and ends it.

import { fill, find } from "../dom.js";
import { formatFor, instantOf, written } from "../clock.js";

const LONGEST = 30 * 60_000; // ms
/** @type {Intl.DateTimeFormatOptions} */
const MOMENT = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" };
const NAME = `field-guide:${new URL("../../", import.meta.url).pathname}:rehearsal`;

/** Now, or the moment that is rehearsed, in ms. Its clock goes on. */
export function now() {
  const rehearsal = kept();
  return Date.now() + (rehearsal?.ahead ?? 0);
}

/** @param {HTMLElement} element the bar, with `data-time-zone` of the edition and the sentence in `data-words` */
export function start(element) {
  const { timeZone, words } = element.dataset;
  const show = () => {
    element.hidden = !kept();
    find(element, "span").textContent = fill(words, { moment: momentInWords(now(), timeZone, element.dataset.locale) });
  };
  const read = () => {
    const instant = instantOf(new URLSearchParams(location.hash.slice(1)).get("at") ?? "", timeZone);
    if (instant === undefined) return show();
    keep({ ahead: instant - Date.now(), until: Date.now() + LONGEST });
    tell(show);
  };
  find(element, "button").addEventListener("click", () => {
    keep(undefined);
    history.replaceState(null, "", location.pathname + location.search);
    tell(show);
  });
  addEventListener("hashchange", read);
  document.addEventListener("visibilitychange", show);
  read();
}

/**
 * Weekday, date and time of day in a time zone.
 * @param {number} instant
 * @param {string | undefined} timeZone
 * @param {string | undefined} locale
 */
function momentInWords(instant, timeZone, locale) {
  return written(formatFor(locale, MOMENT, timeZone), instant);
}

/** @param {() => void} show */
function tell(show) {
  show();
  document.dispatchEvent(new Event("guide:clock"));
}

/** @returns {{ahead: number, until: number} | undefined} how far the rehearsed moment is ahead, and when it ends */
function kept() {
  try {
    const rehearsal = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return rehearsal && Date.now() < rehearsal.until ? rehearsal : undefined;
  } catch {
    return undefined; // storage may be forbidden
  }
}

/** @param {{ahead: number, until: number} | undefined} rehearsal */
function keep(rehearsal) {
  try {
    if (rehearsal) sessionStorage.setItem(NAME, JSON.stringify(rehearsal));
    else sessionStorage.removeItem(NAME);
  } catch {
    // then there is none
  }
}
