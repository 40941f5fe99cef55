// What has changed in the plan since the reader was last told, from both plans. It knows no page.

/**
 * A stop as the phone remembers it.
 * @typedef {object} KnownStop
 * @property {string} day number of its day
 * @property {string} name
 * @property {string} time from when to when, as the page writes it; nothing where the host gives no time
 * @property {string} place where to meet, as the page writes it
 * @property {boolean} isCancelled
 */

/**
 * One change. `was` is what it was before, in the reader's words.
 * @typedef {object} News
 * @property {"cancelled" | "restored" | "day" | "time" | "place" | "added" | "removed"} kind
 * @property {KnownStop} stop as it is now, or as it was where it is gone
 * @property {KnownStop} [was]
 */

/**
 * The changes from one plan to another, in the order of the new one; what is gone comes last. A cancelled stop has no
 * other news.
 * @param {Record<string, KnownStop>} before by slug
 * @param {Record<string, KnownStop>} after
 * @returns {News[]}
 */
export function newsOf(before, after) {
  const news = Object.entries(after).flatMap(([slug, stop]) => changes(before[slug], stop));
  const gone = Object.entries(before).filter(([slug, stop]) => !(slug in after) && !stop.isCancelled);
  return [...news, ...gone.map(([, stop]) => ({ kind: /** @type {const} */ ("removed"), stop }))];
}

/**
 * @param {KnownStop | undefined} was
 * @param {KnownStop} stop
 * @returns {News[]}
 */
function changes(was, stop) {
  if (!was) return stop.isCancelled ? [] : [{ kind: "added", stop }];
  if (stop.isCancelled) return was.isCancelled ? [] : [{ kind: "cancelled", stop, was }];
  /** @type {News[]} */
  const news = [];
  if (was.isCancelled) news.push({ kind: "restored", stop, was });
  if (stop.day !== was.day) news.push({ kind: "day", stop, was });
  if (stop.time !== was.time) news.push({ kind: "time", stop, was });
  if (stop.place !== was.place) news.push({ kind: "place", stop, was });
  return news;
}
