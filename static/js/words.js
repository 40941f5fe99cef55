// Words as people write them: folded, compared, one or two slips allowed.

/**
 * A text in small letters without accents; an ñ stays what it is.
 * @param {string} text
 */
export function folded(text) {
  const letters = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/n\u0303/g, "ñ");
  return letters.replace(/\p{M}/gu, "").replace(/ı/g, "i");
}

/**
 * A folded word with its ñ written as n, as many keyboards have it.
 * @param {string} word
 */
export const plain = (word) => word.replace(/ñ/g, "n");

const RUN = /[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011'’.][\p{L}\p{N}\p{M}]+)*/gu;
/** @type {Map<string, string[]>} */
const known = new Map(); // the words of a run that was met before: most are

/**
 * The words of a text, folded. What hyphens and apostrophes join counts in parts and as one.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const all = [];
  for (const run of text.match(RUN) ?? []) {
    let words = known.get(run);
    if (!words) {
      const parts = folded(run).match(/[\p{L}\p{N}]+/gu) ?? [];
      words = parts.length > 1 ? [...parts, parts.join("")] : [...parts];
      known.set(run, words);
    }
    for (const word of words) all.push(word);
  }
  return all;
}

/**
 * A text in pieces, each with whether it is one of some words.
 * @param {string} text
 * @param {Set<string>} words folded
 * @returns {[piece: string, isHit: boolean][]}
 */
export function marked(text, words) {
  /** @type {[string, boolean][]} */
  const pieces = [];
  let end = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (!wordsOf(run).some((word) => words.has(word))) continue;
    pieces.push([text.slice(end, index), false], [run, true]);
    end = index + run.length;
  }
  return [...pieces, [text.slice(end), false]];
}

/**
 * Whether one word becomes another by so many slips at most: a letter too many, too few or another one, or two
 * neighbours swapped (optimal string alignment: Damerau 1964, Levenshtein 1966).
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function isNear(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return false;
  let [before, row] = [/** @type {number[]} */ ([]), [...other, ""].map((_, at) => at)];
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const isSame = one[at - 1] === other[to - 1];
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (isSame ? 0 : 1));
      const isSwapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (isSwapped) next[to] = Math.min(next[to], before[to - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    [before, row] = [row, next];
  }
  return row[other.length] <= most;
}
