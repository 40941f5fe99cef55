// Now, next and when to leave: the card on the page Today and at the top of the home page. All its words stand in the
// page; the plan below it, or on the page Today, has the times as the build worked them out.

import { find } from "../dom.js";
import { readPage } from "../fragment.js";
import { recall, remember } from "../store.js";
import { daysInWords, formatFor, localTime, spanInWords, startOfMinute, untilNextMinute, written } from "../clock.js";
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
  const whole = [...element.children]; // leads to the page Today
  element.replaceChildren(...[...card.children].map((child) => document.importNode(child, true)), ...whole);
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
    markDay(days, moment, instant, chosen?.value ?? "");
    showClock(card, instant);
    showSpans(card, moment, instant);
    const key = JSON.stringify([
      moment.name,
      moment.departure,
      moment.day?.from,
      moment.part,
      listsOf(moment),
      chosen?.value,
    ]);
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
  const names = [moment.name, `${moment.name}-${moment.part}`, moment.then && "then"];
  const isIdle = moment.name === "between" && !moment.departure;
  only(card, "moment", (wanted) => wanted.split("|").some((one) => (one === "idle" ? isIdle : names.includes(one))));
  only(card, "departure", (wanted) => wanted === moment.departure);
  for (const name of LISTS) {
    const list = find(card, `[data-list="${name}"]`);
    const isCommon = name === "now" && moment.name === "part"; // the sentence above says it
    list.hidden = !moment[name].length;
    list.querySelector("h2")?.toggleAttribute("hidden", isCommon);
    find(list, "ul").replaceChildren(...moment[name].map(({ element }) => document.importNode(element, true)));
  }
  const group = card.querySelector(".today__group");
  group?.toggleAttribute("hidden", moment.name === "after");
  for (const name of /** @type {const} */ (["day", "then"])) {
    const link = /** @type {Day | undefined} */ (moment[name])?.element.querySelector("h3 a");
    for (const slot of card.querySelectorAll(`[data-slot="${name}"]`)) {
      slot.replaceChildren(...(link ? [document.importNode(link, true)] : []));
    }
  }
}

/**
 * In the plan: says which day is today, and leaves out what is for other groups.
 * @param {Day[]} days
 * @param {import("./plan.js").Moment<Stop>} moment
 * @param {number} instant
 * @param {string} group
 */
function markDay(days, { day }, instant, group) {
  for (const { element, from, to, stops } of days) {
    element
      .querySelector(".plan__now")
      ?.toggleAttribute("hidden", instant < from || instant >= to || from !== day?.from);
    for (const { element: stop, groups } of stops) {
      stop.toggleAttribute("hidden", Boolean(group) && Boolean(groups?.length) && !groups?.includes(group));
    }
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
function showSpans(card, { day, then, leave }, instant) {
  const { timeZone } = card.dataset;
  const tag = document.documentElement.lang;
  const date = (/** @type {number} */ at) => localTime(at, timeZone).slice(0, "2027-06-08".length);
  if (day) fillSlot(card, "days", daysInWords(date(instant), date(day.from), tag));
  if (then) fillSlot(card, "then-days", daysInWords(date(instant), date(then.from), tag));
  if (leave === undefined) return;
  fillSlot(card, "leave", clock(card, leave, timeZone));
  if (leave > instant) fillSlot(card, "span", spanInWords(leave - startOfMinute(instant), tag)); // as the clock above it
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
  return written(formatFor(card.dataset.locale, { hour: "numeric", minute: "2-digit" }, timeZone), instant);
}
