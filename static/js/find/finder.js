// Finds sections by what somebody writes, in every language at once.

import { folded, isNear, plain, wordsOf } from "./words.js";

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
const ENOUGH = 0.5; // part of what was written that must be found
const LONG = 80; // words; in a longer section each counts less

/** Pages where something is said by the way count less than those where people look for it. */
const WEIGHTS = /** @type {const} */ ([
  [/^[^/]+\/(?:sites|days)\/[^/]+\/$/, 1.3],
  [/^[^/]+\/(?:sources|record|offline)\//, 0.4],
  [/\/way\/$/, 0.7],
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
    /** @type {Map<string, Set<string>>} */
    this.terms = new Map(); // of each anchor of the glossary, what it is called in any language
  }

  /**
   * Takes a section in. Sections of the glossary tell how a thing is called in other languages.
   * @param {Section} section
   */
  add(section) {
    const number = this.sections.push(section) - 1;
    const count = /** @type {Map<string, number>} */ (new Map());
    const body = wordsOf(section.text);
    const share = 1 / (1 + Math.log(1 + body.length / LONG));
    const put = (/** @type {string[]} */ words, /** @type {number} */ weight) => {
      for (const word of new Set(words)) count.set(word, Math.max(count.get(word) ?? 0, weight));
    };
    put(body, share);
    put(wordsOf(section.page), TITLE);
    put(wordsOf(section.heading), HEADING);
    for (const [word, weight] of count) {
      const places = this.places.get(word);
      if (places) places.set(number, weight);
      else this.learn(word).set(number, weight);
    }
    if (section.path.endsWith("/glossary/") && section.anchor) this.learnTerm(section);
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
    const names = heading.split("·").map((name) => folded(name.replace(/\([^)]*\)/g, "")).trim());
    this.terms.set(anchor, new Set([...(this.terms.get(anchor) ?? []), ...names.filter(Boolean)]));
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
    this.match(wanted, text, 1, found);
    for (const name of this.translations(wanted)) this.match(wordsOf(name), name, TRANSLATED, found);
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  /**
   * What the glossary calls a thing otherwise that was written in whole, or whose name begins so.
   * @param {string[]} wanted
   */
  translations(wanted) {
    const others = new Set();
    const isOf = (/** @type {string[]} */ few, /** @type {string[]} */ many) =>
      few.length > 0 && few.every((word) => many.some((one) => plain(one) === plain(word)));
    for (const names of this.terms.values()) {
      const meant = [...names].filter((name) => isOf(wanted, wordsOf(name)) || isOf(wordsOf(name), wanted));
      if (meant.length) for (const name of names) if (!meant.includes(name)) others.add(name);
    }
    return others;
  }

  /**
   * Notes the sections where enough of some words stands.
   * @param {string[]} wanted
   * @param {string} text as it was written
   * @param {number} factor
   * @param {Map<number, Found>} found by the number of the section
   */
  match(wanted, text, factor, found) {
    const known = wanted.map((word) => this.meant(word));
    const weights = known.map((meant) => this.weight(meant));
    const most = Math.max(...weights, 0);
    const all = weights.reduce((sum, weight) => sum + (weight || most), 0);
    const isTelling = (/** @type {number} */ weight) => weight > -Math.log(COMMON);
    const isAnyTelling = weights.some(isTelling) || known.every((meant) => meant.length);
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
    const phrase = wordsOf(text).join(" ");
    for (const [number, { sum, part, words }] of sums) {
      if (part < ENOUGH * all) continue;
      const section = this.sections[number];
      const isWhole = wanted.length > 1 && wordsOf(`${section.heading}\n${section.text}`).join(" ").includes(phrase);
      const score = sum * (part / all) ** 2 * factor * weightOf(section) * (isWhole ? 2 : 1);
      const before = found.get(number);
      if (!before || before.score < score) found.set(number, { section, score, words });
    }
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
        for (const other of spellings) longer.push([other, (PREFIX * word.length) / other.length]);
      }
    }
    if (own.length || longer.length || word.length < 4 || isDigits) return [...own, ...longer];
    for (const [at, fit] of SLIPS.slice(0, word.length < 8 ? 1 : 2).entries()) {
      const near = [...this.spellings].filter(([bare]) => isNear(plain(word), bare, at + 1));
      if (near.length) return near.flatMap(([, spellings]) => spellings.map((one) => /** @type {Meant} */ ([one, fit])));
    }
    return [];
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
