// Stations by what somebody writes: words of a name in any order and spelling.

import { isNear } from "../words.js";

/**
 * The stations that a text names, the best first. Every word of it begins a word of a name, or stands within the name if
 * it is long enough to tell something.
 * @param {Station[]} stations
 * @param {string} text
 * @param {string} [needless] articles and words for a station: they count only where nothing else was written
 */
export function search(stations, text, needless = "") {
  const wanted = wordsOf(text, needless);
  if (!wanted.length) return [];
  const named = ranked(stations, wanted, normalized(text), fits);
  return named.length ? named : ranked(stations, wanted, normalized(text), nearlyFits);
}

/**
 * @param {Station[]} stations
 * @param {string[]} wanted
 * @param {string} whole
 * @param {(name: string, wanted: string[]) => boolean} fit
 */
function ranked(stations, wanted, whole, fit) {
  const ranks = [
    (/** @type {string} */ name) => name === whole,
    (/** @type {string} */ name) => ` ${name} `.includes(` ${whole} `),
    (/** @type {string} */ name) => name.startsWith(wanted.join(" ")),
    () => true,
  ];
  const found = stations.flatMap((station) => {
    const names = station.names.map(normalized);
    return names.some((name) => fit(name, wanted)) ? [{ station, rank: ranks.findIndex((is) => names.some(is)) }] : [];
  });
  return found.sort((one, other) => one.rank - other.rank).map(({ station }) => station);
}

/**
 * The station that a text means beyond doubt: the one of that name, or the only one that it names.
 * @param {Station[]} listed what `search` found
 * @param {string} text
 */
export function theOnly(listed, text) {
  const whole = normalized(text);
  return (
    listed.find(({ names }) => names.map(normalized).includes(whole)) ?? (listed.length === 1 ? listed[0] : undefined)
  );
}

/**
 * The other name of a station by which a text named it; undefined where its first name did.
 * @param {Station} station
 * @param {string} text
 * @param {string} [needless]
 */
export function otherName({ names: [own, ...others] }, text, needless = "") {
  const wanted = wordsOf(text, needless);
  if (fits(normalized(own), wanted)) return undefined;
  return others.find((name) => fits(normalized(name), wanted));
}

/**
 * @param {string} name
 * @param {string[]} wanted
 */
function fits(name, wanted) {
  return wanted.every((word) => ` ${name}`.includes(` ${word}`) || (word.length > 2 && name.includes(word)));
}

/**
 * The same with a slip in a word, or two in a long one.
 * @param {string} name
 * @param {string[]} wanted
 */
function nearlyFits(name, wanted) {
  const words = name.split(" ");
  const isLike = (/** @type {string} */ word) =>
    fits(name, [word]) || (word.length > 3 && words.some((one) => isNear(word, one, word.length < 8 ? 1 : 2)));
  return wanted.every(isLike) || isNear(wanted.join(""), words.join(""), 1);
}

/**
 * The words that tell something; all where none does.
 * @param {string} text
 * @param {string} needless
 */
function wordsOf(text, needless) {
  const written = normalized(text).split(" ").filter(Boolean);
  const skipped = normalized(needless).split(" ");
  const telling = written.filter((word) => !skipped.includes(word));
  return telling.length ? telling : written;
}

/**
 * Without accents, capitals, hyphens and other marks, and with single spaces.
 * @param {string} text
 */
export function normalized(text) {
  const letters = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i");
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
