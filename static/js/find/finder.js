// Finds sections by what somebody writes, in every language at once.

import { folded, isNear, plain, wordsOf } from "../words.js";

/** @typedef {import("./sections.js").Section} Section */

/**
 * Where a word stands: the section, and how much it counts there.
 * @typedef {Map<number, number>} Places
 */

/**
 * A word that is meant by one that was written, and how well it fits: 1 where it is the same.
 * @typedef {[word: string, fit: number]} Meant
 */

/**
 * A section that was found, with the words that were meant in it.
 * @typedef {{section: Section, score: number, words: Set<string>}} Found
 */

const HEADING = 3; // how much more a word counts in a heading than in the text
const TITLE = 1; // of the page, for each of its sections
const PREFIX = 0.7;
const OTHER_N = 0.8; // año for ano, and the other way round
const TRANSLATED = 0.6;
const SLIPS = [0.5, 0.3]; // one, two
const COMMON = 0.25; // part of all sections: a word in more of them tells little
const ENOUGH = 0.3; // part of what was written that must be found, by what it tells
const MOST_WORDS = 0.6; // or by the number of words
const LEAST = 0.06; // part of the best score that a result must have
const LONG = 80; // words; in a longer section each counts less

/** Pages where something is said by the way count less than those where people look for it. */
const WEIGHTS = /** @type {const} */ ([
  [/\?start=/, 2], // a station
  [/^[^/]+\/sites\/[^/]+\/$/, 1.8],
  [/^[^/]+\/days\/[^/]+\/$/, 1.3],
  [/^[^/]+\/(?:sources|record|offline)\//, 0.25],
  [/^[^/]+\/$/, 0.5], // the home page names what others tell
  [/\/way\/$/, 0.5],
]);
const SOURCES = 0.2; // sections of sources at the end of pages

/** What can be found. */
export class Finder {
  constructor() {
    /** @type {Section[]} */
    this.sections = [];
    /** @type {Map<string, Places>} */
    this.places = new Map(); // of each folded word
    /** @type {Map<string, string[]>} */
    this.spellings = new Map(); // of each word without ñ, the folded ones
    /** @type {Map<string, Map<string, string[]>>} */
    this.terms = new Map(); // of each anchor of the glossary, what it is called in any language, and the words of that
    /** @type {string[]} */
    this.texts = []; // the words of sections in their order, of those that were asked for
  }

  /**
   * Takes a section in. Sections of the glossary tell how a thing is called in other languages.
   * @param {Section} section
   */
  add(section) {
    const number = this.sections.push(section) - 1;
    const body = wordsOf(section.text);
    this.put(body, number, 1 / (1 + Math.log(1 + body.length / LONG)));
    this.put(wordsOf(section.page), number, TITLE);
    this.put(wordsOf(section.heading), number, HEADING);
    if (section.path.endsWith("/glossary/") && section.anchor) this.learnTerm(section);
  }

  /**
   * @param {string[]} words
   * @param {number} number of the section
   * @param {number} weight
   */
  put(words, number, weight) {
    for (const word of words) {
      const places = this.places.get(word) ?? this.learn(word);
      if ((places.get(number) ?? 0) < weight) places.set(number, weight);
    }
  }

  /** @param {string} word */
  learn(word) {
    /** @type {Places} */
    const places = new Map();
    this.places.set(word, places);
    this.spellings.set(plain(word), [...(this.spellings.get(plain(word)) ?? []), word]);
    return places;
  }

  /** @param {Section} section of the glossary */
  learnTerm({ anchor, heading }) {
    const names = this.terms.get(anchor) ?? new Map();
    for (const name of heading.split("·").map((each) => folded(each.replace(/\([^)]*\)/g, "")).trim())) {
      if (name) names.set(name, wordsOf(name));
    }
    this.terms.set(anchor, names);
  }

  /**
   * The sections that a text names, the best first.
   * @param {string} text
   * @returns {Found[]}
   */
  find(text) {
    const wanted = [...new Set(wordsOf(text))];
    /** @type {Map<number, Found>} */
    const found = new Map();
    this.match(wanted, wordsOf(text), 1, found);
    for (const words of this.translations(wanted).values()) this.match(words, words, TRANSLATED, found);
    const sorted = [...found.values()].sort((one, other) => other.score - one.score);
    return sorted.filter(({ score }) => score >= LEAST * sorted[0].score);
  }

  /**
   * What the glossary calls a thing otherwise that was written in whole, or whose name begins so.
   * @param {string[]} wanted
   */
  translations(wanted) {
    /** @type {Map<string, string[]>} */
    const others = new Map();
    const isOf = (/** @type {string[]} */ few, /** @type {string[]} */ many) =>
      few.length > 0 && few.every((word) => many.some((one) => plain(one) === plain(word)));
    for (const names of this.terms.values()) {
      const isMeant = (/** @type {string[]} */ words) => isOf(wanted, words) || isOf(words, wanted);
      const other = [...names].filter(([, words]) => !isMeant(words));
      if (other.length < names.size) for (const [name, words] of other) others.set(name, words);
    }
    return others;
  }

  /**
   * Notes the sections where enough of some words stands.
   * @param {string[]} wanted
   * @param {string[]} written the same in their order, repeated where they were
   * @param {number} factor
   * @param {Map<number, Found>} found by the number of the section
   */
  match(wanted, written, factor, found) {
    const known = wanted.map((word) => this.meant(word));
    const weights = known.map((meant) => this.weight(meant));
    const most = Math.max(...weights, 0);
    const all = weights.reduce((sum, weight) => sum + (weight || most), 0);
    const least = Math.min(-Math.log(COMMON), Math.log(1 + this.sections.length));
    const isAnyTelling = weights.some((weight) => weight >= least) || known.every((meant) => meant.length);
    if (!most || !isAnyTelling) return;
    /** @type {Map<number, {sum: number, part: number, words: Set<string>}>} */
    const sums = new Map();
    known.forEach((meant, at) => {
      /** @type {Map<number, [number, string]>} */
      const best = new Map();
      for (const [word, fit] of meant) {
        for (const [number, count] of this.places.get(word) ?? []) {
          if (fit * count > (best.get(number)?.[0] ?? 0)) best.set(number, [fit * count, word]);
        }
      }
      for (const [number, [value, word]] of best) {
        const sum = sums.get(number) ?? { sum: 0, part: 0, words: new Set() };
        sum.sum += weights[at] * value;
        sum.part += weights[at];
        sum.words.add(word);
        sums.set(number, sum);
      }
    });
    const phrase = ` ${written.join(" ")} `;
    for (const [number, { sum, part, words }] of sums) {
      if (part < ENOUGH * all && words.size < MOST_WORDS * wanted.length) continue;
      const section = this.sections[number];
      const isWhole = written.length > 1 && part === all && this.textOf(number).includes(phrase);
      const score = sum * (part / all) ** 2 * factor * weightOf(section) * (isWhole ? 2 : 1);
      const before = found.get(number);
      if (!before || before.score < score) found.set(number, { section, score, words });
    }
  }

  /** @param {number} number of a section */
  textOf(number) {
    const { heading, text } = this.sections[number];
    return (this.texts[number] ??= ` ${wordsOf(`${heading}\n${text}`).join(" ")} `);
  }

  /**
   * The words of the guide that a written one means: itself, one that begins so, else one that is a slip or two away.
   * @param {string} word
   * @returns {Meant[]}
   */
  meant(word) {
    const own = (this.spellings.get(plain(word)) ?? []).map(
      (other) => /** @type {Meant} */ ([other, other === word ? 1 : OTHER_N]),
    );
    const isDigits = /^\d+$/.test(word);
    /** @type {Meant[]} */
    const longer = [];
    if (word.length > 2 && !isDigits) {
      for (const [bare, spellings] of this.spellings) {
        if (!bare.startsWith(plain(word)) || bare.length === word.length) continue;
        for (const other of spellings) longer.push([other, PREFIX * Math.sqrt(word.length / other.length)]);
      }
    }
    if (own.length || longer.length || word.length < 4 || isDigits) return [...own, ...longer];
    const most = word.length < 8 ? 1 : 2;
    return [...this.spellings].flatMap(([bare, spellings]) => {
      const slips = [1, 2].find((each) => each <= most && isNear(plain(word), bare, each));
      return slips ? spellings.map((one) => /** @type {Meant} */ ([one, SLIPS[slips - 1]])) : [];
    });
  }

  /**
   * How much a written word tells: the fewer sections have it, the more.
   * @param {Meant[]} meant
   */
  weight(meant) {
    if (!meant.length) return 0;
    const has = new Set();
    for (const [word] of meant) for (const number of this.places.get(word)?.keys() ?? []) has.add(number);
    return Math.log((1 + this.sections.length) / has.size);
  }
}

/** @param {Section} section */
function weightOf({ path, anchor }) {
  const [, weight] = WEIGHTS.find(([pattern]) => pattern.test(path)) ?? ["", 1];
  return anchor === "sources" ? weight * SOURCES : weight;
}
