// Words as people write them: folded, compared, one or two slips allowed.

/**
 * A text in small letters without accents; an ñ stays what it is.
 * @param {string} text
 */
export function folded(text) {
  const letters = text.toLowerCase().normalize("NFD").replace(/n\u0303/g, "ñ");
  return letters.replace(/\p{M}/gu, "").replace(/ı/g, "i");
}

/**
 * A folded word with its ñ written as n, as many keyboards have it.
 * @param {string} word
 */
export const plain = (word) => word.replace(/ñ/g, "n");

/**
 * The words of a text, folded. What hyphens and apostrophes join counts in parts and as one.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const runs = folded(text).match(/[\p{L}\p{N}]+(?:[-\u2010\u2011'’.][\p{L}\p{N}]+)*/gu) ?? [];
  return runs.flatMap((run) => {
    const parts = run.match(/[\p{L}\p{N}]+/gu) ?? [];
    return parts.length > 1 ? [...parts, parts.join("")] : parts;
  });
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
