// What has changed since something was printed whose code opened this page: #printed=2027-05-20-1mzkq2abcd. The page
// about offline use has the words, the letters of the plan as it is now, and what is new.

import { fillTexts, find } from "../dom.js";
import { readPage } from "../fragment.js";
import { guideOf } from "./saved.js";

const MARK = /^#printed=(\d{4}-\d\d-\d\d)-((?:\d+[a-z]{4})*)$/;
const DAY = /(\d+)([a-z]{4})/g;

/**
 * Says it at the top of the page.
 * @param {HTMLElement} line the line of state
 */
export async function start(line) {
  const [, date, days] = MARK.exec(location.hash) ?? [];
  if (!date) return;
  const [address] = find(line, ".saved__news a", HTMLAnchorElement).href.split("#");
  const page = await readPage(address).catch(() => undefined); // no network, and the guide is not saved
  const words = page?.getElementById("printed");
  if (!page || !(words instanceof HTMLTemplateElement)) return;
  const saved = await guideOf(line)
    .storage.get("active")
    .catch(() => undefined);
  const notice = new Notice(words.content, address, momentOf(date, line.dataset.locale));
  if (saved?.date && saved.date < date) notice.say("older");
  else notice.compare([...days.matchAll(DAY)].map(([, day, letters]) => [day, letters]));
  notice.tellNews([...page.querySelectorAll(".changes > div")].filter((row) => dateOf(row) > date));
  document.querySelector(".printed")?.remove();
  find(document, "main").prepend(notice.element);
}

/** What is said of a print. */
class Notice {
  /**
   * @param {DocumentFragment} words
   * @param {string} address of the page that they are from
   * @param {string} date of the print, in words
   */
  constructor(words, address, date) {
    this.words = words;
    this.address = address;
    this.date = date;
    this.element = document.createElement("div");
    this.element.classList.add("card", "printed");
    this.element.setAttribute("role", "status");
  }

  /** @param {string} name of a sentence */
  say(name) {
    const sentence = copyOf(find(this.words, `[data-case="${name}"]`));
    fillTexts(sentence, { date: this.date });
    this.element.append(sentence);
  }

  /**
   * Says which days are not as they were.
   * @param {string[][]} printed number and letters of each day that was printed
   */
  compare(printed) {
    const rows = /** @type {NodeListOf<HTMLElement>} */ (this.words.querySelectorAll("[data-letters]"));
    const now = [...rows].map(copyOf);
    const isWhole = printed.length > 1; // else it is the sheet of one day
    const changed = now.filter(({ dataset: { day, letters } }) => {
      const row = printed.find(([number]) => number === day);
      return row ? row[1] !== letters : isWhole;
    });
    const gone = printed.filter(([number]) => !now.some(({ dataset }) => dataset.day === number));
    this.say(changed.length || gone.length ? "changed" : "same");
    this.list([...changed, ...gone.map(([number]) => this.gone(number))]);
  }

  /** @param {string} number of a day */
  gone(number) {
    const item = copyOf(find(this.words, '[data-day=""]'));
    fillTexts(item, { number });
    return item;
  }

  /** @param {Element[]} rows of what is new in the guide */
  tellNews(rows) {
    if (!rows.length) return;
    this.say("news");
    this.list(
      rows.map((row) => {
        const item = document.createElement("li");
        item.append(...copyOf(find(row, "dd")).childNodes);
        return item;
      }),
    );
  }

  /** @param {HTMLElement[]} items */
  list(items) {
    if (!items.length) return;
    const list = document.createElement("ul");
    list.append(...items);
    for (const link of list.querySelectorAll("a")) {
      link.href = new URL(link.getAttribute("href") ?? "", this.address).href;
    }
    this.element.append(list);
  }
}

/**
 * An element of another page, to be changed and shown on this one.
 * @template {Element} E
 * @param {E} element
 * @returns {E}
 */
function copyOf(element) {
  return document.importNode(element, true);
}

/** @param {Element} row of what is new */
function dateOf(row) {
  return find(row, "time", HTMLTimeElement).dateTime;
}

/**
 * A date in words.
 * @param {string} date YYYY-MM-DD
 * @param {string} [locale]
 */
function momentOf(date, locale) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}
