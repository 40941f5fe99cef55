// Now, next and when to leave: the card on the page Today and at the top of the home page. All its words stand in the
// page; the plan below it, or on the page Today, has the times as the build worked them out.

import { find } from "../dom.js";
import { readPage } from "../fragment.js";
import { recall, remember } from "../store.js";
import { daysInWords, formatFor, localTime, spanInWords, untilNextMinute } from "../clock.js";
import { momentOf } from "./plan.js";
import { now } from "./rehearsal.js";
import { tellNews } from "./told.js";

/** @typedef {import("./plan.js").PlannedStop & {element: Element}} Stop */
/** @typedef {import("./plan.js").PlannedDay<Stop> & {element: HTMLElement}} Day */

/** @param {HTMLElement} element the card; one that names its page in `data-plan` borrows everything from there */
export async function start(element) {
  const { plan } = element.dataset;
  if (!plan) {
    tellNews(element, document);
    return run(element, daysOf(document));
  }
  const page = await readPage(plan);
  for (const link of page.querySelectorAll("a")) link.setAttribute("href", link.href); // they lead from there
  const card = find(page, ".today", page.defaultView?.HTMLElement ?? HTMLElement);
  element.replaceChildren(...[...card.children].map((child) => document.importNode(child, true)));
  tellNews(element, page);
  return run(element, daysOf(page));
}

/**
 * The plan that a page prints.
 * @param {Document} page
 * @returns {Day[]}
 */
function daysOf(page) {
  const numberOf = (/** @type {string | undefined} */ text) => (text === undefined ? undefined : Number(text));
  return [...page.querySelectorAll(".plan__day[data-from]")].map((each) => {
    const element = /** @type {HTMLElement} */ (each);
    const { from, noon, evening, to } = element.dataset;
    const stops = [...element.querySelectorAll(".plan__stop")].map((one) => {
      const { part = "", begins, ends, leave, cancelled, groups } = /** @type {HTMLElement} */ (one).dataset;
      return {
        element: one,
        part,
        begins: numberOf(begins),
        ends: numberOf(ends),
        leave: numberOf(leave),
        isCancelled: cancelled !== undefined,
        groups: groups === undefined ? [] : groups.split("\n"),
      };
    });
    return { element, from: Number(from), noon: Number(noon), evening: Number(evening), to: Number(to), stops };
  });
}

/**
 * Fills the card, now and whenever a minute, a group or the rehearsed moment changes, or somebody comes back to the page.
 * @param {HTMLElement} card
 * @param {Day[]} days
 */
function run(card, days) {
  let timer = 0;
  let shown = "";
  const chosen = /** @type {HTMLSelectElement | null} */ (card.querySelector("select"));
  if (chosen)
    chosen.value = [...chosen.options].some(({ value }) => value === recall("group")) ? (recall("group") ?? "") : "";
  card.dataset.filled = "";
  if (!days.length) return only(card, "moment", (wanted) => wanted === "undated");
  const show = () => {
    clearTimeout(timer);
    const instant = now();
    timer = setTimeout(show, untilNextMinute(instant));
    const moment = momentOf(days, instant, chosen?.value);
    showClock(card, instant);
    showSpans(card, moment, instant);
    const key = JSON.stringify([moment.name, moment.departure, moment.day?.from, moment.part, listsOf(moment)]);
    if (key !== shown) showMoment(card, moment); // what stays is not read out again
    shown = key;
  };
  chosen?.addEventListener("change", () => {
    remember("group", chosen.value || null);
    show();
  });
  document.addEventListener("visibilitychange", show);
  document.addEventListener("guide:clock", show);
  addEventListener("pageshow", show);
  show();
}

const LISTS = /** @type {const} */ (["now", "next", "untimed", "cancelled"]);

/** @param {import("./plan.js").Moment<Stop>} moment */
const listsOf = (moment) => LISTS.map((name) => moment[name].map(({ element }) => element.textContent));

/**
 * @param {HTMLElement} card
 * @param {import("./plan.js").Moment<Stop>} moment
 */
function showMoment(card, moment) {
  const names = [moment.name, `${moment.name}-${moment.part}`];
  only(card, "moment", (wanted) => names.includes(wanted));
  only(card, "departure", (wanted) => wanted === moment.departure);
  for (const name of LISTS) {
    const list = find(card, `[data-list="${name}"]`);
    const isCommon = name === "now" && moment.name === "part"; // the sentence above says it
    list.hidden = !moment[name].length;
    list.querySelector("h2")?.toggleAttribute("hidden", isCommon);
    find(list, "ul").replaceChildren(...moment[name].map(({ element }) => document.importNode(element, true)));
  }
  const day = /** @type {Day | undefined} */ (moment.day);
  const link = day?.element.querySelector("h3 a");
  for (const slot of card.querySelectorAll('[data-slot="day"]')) {
    slot.replaceChildren(...(link ? [document.importNode(link, true)] : []));
  }
}

/**
 * Shows of several sentences the one that holds.
 * @param {HTMLElement} card
 * @param {string} kind
 * @param {(name: string) => boolean} holds
 */
function only(card, kind, holds) {
  for (const sentence of /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll(`[data-${kind}]`))) {
    sentence.hidden = !holds(sentence.dataset[kind] ?? "");
  }
}

/**
 * The clock of the place, and that of the phone where it shows another time.
 * @param {HTMLElement} card
 * @param {number} instant
 */
function showClock(card, instant) {
  const { timeZone } = card.dataset;
  fillSlot(card, "here", clock(card, instant, timeZone));
  fillSlot(card, "phone", clock(card, instant, undefined));
  find(card, ".today__clock").hidden = false;
  find(card, ".today__phone").hidden = localTime(instant, timeZone) === localTime(instant);
}

/**
 * @param {HTMLElement} card
 * @param {import("./plan.js").Moment<Stop>} moment
 * @param {number} instant
 */
function showSpans(card, { day, leave }, instant) {
  const { timeZone } = card.dataset;
  const tag = document.documentElement.lang;
  const date = (/** @type {number} */ at) => localTime(at, timeZone).slice(0, "2027-06-08".length);
  if (day) fillSlot(card, "days", daysInWords(date(instant), date(day.from), tag));
  if (leave === undefined) return;
  fillSlot(card, "leave", clock(card, leave, timeZone));
  if (leave > instant) fillSlot(card, "span", spanInWords(leave - instant, tag));
}

/**
 * @param {HTMLElement} card
 * @param {string} name
 * @param {string} text
 */
function fillSlot(card, name, text) {
  for (const slot of card.querySelectorAll(`[data-slot="${name}"]`)) {
    if (slot.textContent !== text) slot.textContent = text;
  }
}

/**
 * A time of day, as the language writes it.
 * @param {HTMLElement} card
 * @param {number} instant
 * @param {string | undefined} timeZone
 */
function clock(card, instant, timeZone) {
  return formatFor(card.dataset.locale, { hour: "numeric", minute: "2-digit" }, timeZone).format(instant);
}
