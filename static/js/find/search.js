// Search: reads the saved pages and finds what somebody types, in every language, while they type.

import { fill, find, turn } from "../dom.js";
import { guideOf } from "../offline/saved.js";
import { canSave } from "../offline/session.js";
import { recall } from "../store.js";
import { Finder } from "./finder.js";
import { hostPages, LATE, pagesOf, savedPacks } from "./reading.js";
import { sectionsOf } from "./sections.js";
import { marked } from "../words.js";

const PAUSE = 150; // ms without a key, after which results are shown
const SILENCE = 600; // ms without a key, after which their number is read out
const SLICE = 16; // ms of work in one go
const FEW = 8; // results of a language until somebody wants more
const OF_A_PAGE = 2; // results of one page before those of others
const LONGEST = 170; // letters of a sentence
const COMING = ["none", "saving", "partly"]; // states of a guide that is still being saved

/** @typedef {import("./finder.js").Found} Found */

/** @param {HTMLElement} element the form and the places of results */
export function start(element) {
  new SearchPage(element).start();
}

class SearchPage {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.form = find(element, "form", HTMLFormElement);
    this.input = find(element, "input", HTMLInputElement);
    this.state = find(element, ".search__state");
    this.line = find(document, "#saved");
    this.guide = guideOf(this.line);
    this.finder = new Finder();
    this.revision = "";
    /** @type {Set<string>} */
    this.taken = new Set(); // ids of packs
    this.isReady = false; // whether the language of the page can be searched
    this.isReading = false;
    this.isAgain = false; // whether more was saved while it read
    /** @type {string | undefined} */
    this.trouble = undefined; // what is said in place of results
    /** @type {Record<string, number>} */
    this.shown = {}; // results, by language
    this.timers = [0, 0];
    this.height = 0; // where the page was scrolled to by us, in px
  }

  start() {
    this.input.value = new URLSearchParams(location.search).get("q") ?? "";
    this.element.hidden = false;
    history.scrollRestoration = "manual"; // results come later than the page
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.timers.forEach(clearTimeout);
      this.show();
      this.tell();
      const first = this.element.querySelector(".search__found:not([hidden]) h2");
      if (first instanceof HTMLElement) first.focus(); // hides the keyboard of a phone
    });
    this.input.addEventListener("input", () => this.typed());
    addEventListener("pagehide", () => history.replaceState({ y: scrollY, shown: this.shown }, ""));
    for (const place of this.places()) {
      find(place, "button").addEventListener("click", () => this.more(place));
    }
    this.line.addEventListener("guide:state", () => this.read());
    this.read();
  }

  places() {
    return /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll(".search__found"));
  }

  typed() {
    this.shown = {};
    const { value } = this.input;
    history.replaceState(null, "", value.trim() ? `?q=${encodeURIComponent(value)}` : location.pathname);
    this.timers.forEach(clearTimeout);
    this.timers = [setTimeout(() => this.show(), PAUSE), setTimeout(() => this.tell(), SILENCE)];
  }

  /**
   * Reads what is there and was not read yet; begins anew where a newer revision was saved.
   * @returns {Promise<void>}
   */
  async read() {
    this.isAgain = this.isReading;
    if (this.isReading) return;
    this.isReading = true;
    this.element.setAttribute("aria-busy", "true");
    try {
      const saved = canSave() ? await savedPacks(this.guide.storage, this.guide.tag) : undefined;
      if (saved) await this.readSaved(saved);
      else if (!this.isReady) await this.readHost();
    } catch {
      this.trouble = this.isReady ? undefined : "unreadable";
    }
    this.isReading = false;
    if (this.isAgain) return this.read();
    this.element.removeAttribute("aria-busy");
    this.show();
    this.tell();
    this.restore();
    document.documentElement.style.overflowAnchor = "";
  }

  /** @param {{revision: string, packs: Pack[]}} saved */
  async readSaved({ revision, packs }) {
    const isNew = revision !== this.revision;
    const finder = isNew ? new Finder() : this.finder;
    if (isNew) this.taken.clear();
    this.revision = revision;
    for (const pack of packs.filter(({ id }) => !this.taken.has(id))) {
      if (finder.sections.length && pack.name !== this.guide.tag) this.ready(finder);
      await this.take(finder, pagesOf(this.guide.storage, pack), (_, path) => {
        if (LATE.test(path) && !this.isReady) this.ready(finder); // most of the language is there
      });
      this.taken.add(pack.id);
    }
    this.ready(finder);
  }

  /** Where nothing is saved: waits while that is under way, else reads the pages of the host. */
  async readHost() {
    const { state } = this.line.dataset;
    if (!state || (COMING.includes(state) && !recall("removed"))) {
      this.trouble = "waiting";
      return;
    }
    const { paths, pages } = await hostPages(this.guide.root, this.guide.tag);
    const finder = new Finder();
    await this.take(finder, pages, (done) => {
      this.trouble = "reading";
      this.tell({ done, all: paths.length });
    });
    this.ready(finder);
  }

  /**
   * @param {Finder} finder
   * @param {AsyncIterable<{path: string, html: string}>} pages
   * @param {(done: number, path: string) => void} listen called before a page is taken in
   */
  async take(finder, pages, listen = () => {}) {
    let done = 0;
    let begun = performance.now();
    for await (const { path, html } of pages) {
      listen(++done, path);
      for (const section of sectionsOf(html, path)) {
        finder.add(section);
        if (performance.now() - begun < SLICE) continue;
        await turn();
        begun = performance.now();
      }
    }
  }

  /** @param {Finder} finder */
  ready(finder) {
    if (finder !== this.finder) for (const section of this.stations()) finder.add(section);
    this.finder = finder;
    this.trouble = undefined;
    const isFirst = !this.isReady;
    this.isReady = true;
    if (!isFirst) return;
    this.shown = history.state?.shown ?? {};
    this.show();
    if (history.state?.y) document.documentElement.style.overflowAnchor = "none"; // results that come in between move none
    this.restore();
  }

  /** Takes a reader who came back to where they were: again when all is read, unless they moved meanwhile. */
  restore() {
    const { y } = history.state ?? {};
    if (!y || scrollY !== this.height) return;
    scrollTo(0, y);
    this.height = scrollY; // less than wished, while too little is found
  }

  /**
   * The stations of the index as sections: each leads to the directions from there.
   * @returns {import("./sections.js").Section[]}
   */
  stations() {
    const index = find(document, ".index");
    return [...index.querySelectorAll("a[data-station]")].map((link) => {
      const { href } = /** @type {HTMLAnchorElement} */ (link);
      const [path, anchor] = href.slice(this.guide.root.href.length).split("#");
      const text = link.parentElement?.querySelector("small")?.textContent ?? "";
      return {
        tag: this.guide.tag,
        path,
        anchor,
        page: index.dataset.stations ?? "",
        heading: link.textContent ?? "",
        text,
      };
    });
  }

  get query() {
    return this.input.value.trim();
  }

  show() {
    const found = this.isReady && this.query ? spread(this.finder.find(this.query)) : [];
    this.count = found.length;
    for (const place of this.places()) {
      const { tag = "" } = place.dataset;
      const own = found.filter(({ section }) => section.tag === tag);
      const most = this.shown[tag] ?? FEW;
      place.hidden = !own.length;
      arrange(find(place, "ol"), own.slice(0, most), this.guide.root);
      find(place, "button").hidden = own.length <= most;
    }
  }

  /**
   * Says how much was found, or why nothing can be.
   * @param {Record<string, number>} values
   */
  tell(values = {}) {
    const words = this.query ? fill(this.sentence(), { ...values, count: this.count, query: this.query }) : "";
    if (this.state.textContent !== words) this.state.textContent = words; // what stays is not read out again
  }

  sentence() {
    const { dataset } = this.state;
    if (this.trouble) return dataset[this.trouble];
    if (!this.count) return dataset.none;
    return dataset[new Intl.PluralRules(document.documentElement.lang).select(this.count)];
  }

  /** @param {HTMLElement} place of a language */
  more(place) {
    const { tag = "" } = place.dataset;
    const before = find(place, "ol").children.length;
    this.shown[tag] = before + 2 * FEW;
    this.show();
    find(place, `li:nth-child(${before + 1}) a`).focus();
  }
}

/**
 * The same, with at most a few of one page before those of others.
 * @param {Found[]} found
 */
function spread(found) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const isEarly = (/** @type {Found} */ { section: { path } }) => {
    counts.set(path, (counts.get(path) ?? 0) + 1);
    return (counts.get(path) ?? 0) <= OF_A_PAGE;
  };
  const early = found.filter(isEarly);
  return [...early, ...found.filter((each) => !early.includes(each))];
}

/** @type {WeakMap<import("./sections.js").Section, {words: string, item: HTMLElement}>} */
const drawn = new WeakMap(); // results as they are shown, and the words that were found

/**
 * Shows results. One that is shown already stays as it is: more comes in while somebody touches it or is about to open it.
 * @param {HTMLElement} list
 * @param {Found[]} results
 * @param {URL} root
 */
function arrange(list, results, root) {
  const focused = document.activeElement;
  const items = results.map((found) => {
    const words = [...found.words].join(" ");
    const known = drawn.get(found.section);
    if (known?.words === words) return known.item;
    const item = itemOf(found, root);
    drawn.set(found.section, { words, item });
    return item;
  });
  for (const item of [...list.children]) if (!items.some((one) => one === item)) item.remove();
  for (const [at, item] of items.entries()) {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  }
  if (focused instanceof HTMLElement && list.contains(focused)) focused.focus({ preventScroll: true }); // it may have moved
}

/**
 * A result: its heading, the page that it is on, and a sentence with what was found.
 * @param {Found} found
 * @param {URL} root
 */
function itemOf({ section, words }, root) {
  const { tag, path, anchor, page, heading } = section;
  const link = Object.assign(document.createElement("a"), { textContent: heading || page });
  link.href = new URL(path, root).href + (anchor && `#${anchor}`);
  const item = document.createElement("li");
  item.lang = tag;
  item.append(link);
  if (heading && heading !== page) item.append(paragraph("search__where", [[page, false]]));
  const sentence = sentenceOf(section, words);
  if (sentence) item.append(paragraph("search__text", marked(sentence, words)));
  return item;
}

/**
 * @param {string} name of its class
 * @param {[text: string, isHit: boolean][]} pieces
 */
function paragraph(name, pieces) {
  const element = Object.assign(document.createElement("p"), { className: name });
  for (const [text, isHit] of pieces) {
    element.append(isHit ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
  }
  return element;
}

/**
 * The paragraph of a section that has the most of some words, shortened around the first.
 * @param {import("./sections.js").Section} section
 * @param {Set<string>} words
 */
function sentenceOf({ text }, words) {
  const hitsIn = (/** @type {string} */ line) =>
    new Set(marked(line, words).flatMap(([piece, isHit]) => (isHit ? [piece] : []))).size;
  const [line] = text
    .split("\n")
    .map((each) => /** @type {[string, number]} */ ([each, hitsIn(each)]))
    .reduce((best, each) => (each[1] > best[1] ? each : best), ["", -1]);
  if (line.length <= LONGEST) return line;
  const [[before]] = marked(line, words);
  const begin = Math.max(0, Math.min(before.length - LONGEST / 3, line.length - LONGEST));
  const from = begin ? line.indexOf(" ", begin) + 1 : 0;
  const to = line.length - from > LONGEST ? line.lastIndexOf(" ", from + LONGEST) : line.length;
  return `${from ? "… " : ""}${line.slice(from, to)}${to < line.length ? " …" : ""}`;
}
