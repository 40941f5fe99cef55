// What is now, what is next and when to leave, by the plan of an edition. It knows no page and has no clock of its own.

/** How long after the time to leave a reader is still told to leave now, in ms. */
export const GRACE = 5 * 60_000;

/**
 * A stop of the plan. Times are ms since 1970, as the build has worked them out from the host's clock times.
 * @typedef {object} PlannedStop
 * @property {string} part of the day: morning, afternoon or evening
 * @property {number} [begins] where the host gives a time
 * @property {number} [ends]
 * @property {number} [leave] when to leave for it
 * @property {boolean} [isCancelled]
 * @property {string[]} [groups] of whom it is; of all where there are none
 */

/**
 * A day of the plan. It lasts from one midnight of the edition's time zone to the next.
 * @template {PlannedStop} Stop
 * @typedef {object} PlannedDay
 * @property {number} from
 * @property {number} noon when the afternoon begins
 * @property {number} evening
 * @property {number} to
 * @property {Stop[]} stops
 */

/**
 * What an instant is in the plan:
 * - `before` and `after` all days, or `free`, a day between;
 * - of a day with clock times: `early` before the first stop, `at` one, `between`, `over` after the last;
 * - of a day without: `part`.
 * `now` may be several stops, `next` too, where they begin together. `untimed` are those of this part of the day for which
 * the host gives no time. `departure` is about the next stop: `ahead`, `due` or `late`.
 * @template {PlannedStop} Stop
 * @typedef {object} Moment
 * @property {"before" | "after" | "free" | "early" | "at" | "between" | "over" | "part"} name
 * @property {PlannedDay<Stop>} [day] today, or the next one
 * @property {Stop[]} now
 * @property {Stop[]} next
 * @property {Stop[]} untimed
 * @property {Stop[]} cancelled those of today that would still come
 * @property {string} [part] of today
 * @property {"ahead" | "due" | "late"} [departure]
 * @property {number} [leave]
 */

const PARTS = ["morning", "afternoon", "evening"];

/**
 * @template {PlannedStop} Stop
 * @param {PlannedDay<Stop>[]} days in their order
 * @param {number} instant
 * @param {string} [group] of the reader; stops of every group where it is not known
 * @returns {Moment<Stop>}
 */
export function momentOf(days, instant, group = "") {
  /** @type {Omit<Moment<Stop>, "name">} */
  const nothing = { now: [], next: [], untimed: [], cancelled: [] };
  const day = days.find(({ to }) => instant < to);
  if (!day) return { ...nothing, name: "after" };
  if (instant < day.from) return { ...nothing, name: day === days[0] ? "before" : "free", day };
  const part = partAt(day, instant);
  const own = day.stops.filter(({ groups }) => !group || !groups?.length || groups.includes(group));
  const stops = own.filter(({ isCancelled }) => !isCancelled);
  const cancelled = own.filter((stop) => stop.isCancelled && !isPast(stop, part, instant));
  const timed = stops.filter(({ begins }) => begins !== undefined);
  const untimed = stops.filter((stop) => stop.begins === undefined);
  if (!timed.length) return { ...nothing, name: "part", day, part: PARTS[part], ...ofPart(untimed, part), cancelled };
  const now = timed.filter((stop) => isOn(stop, timed, instant));
  const coming = timed.filter((stop) => begin(stop) > instant);
  const first = Math.min(...coming.map(begin));
  const next = coming.filter((stop) => begin(stop) === first);
  const hasBegun = timed.some((stop) => begin(stop) <= instant);
  const name = now.length ? "at" : !next.length ? "over" : hasBegun ? "between" : "early";
  const here = untimed.filter((stop) => stop.part === PARTS[part]);
  return {
    ...nothing,
    name,
    day,
    part: PARTS[part],
    now,
    next,
    untimed: here,
    cancelled,
    ...departureFor(next, instant),
  };
}

/**
 * The part of a day, as a number.
 * @param {PlannedDay<PlannedStop>} day
 * @param {number} instant
 */
function partAt({ noon, evening }, instant) {
  return Number(instant >= noon) + Number(instant >= evening);
}

/** @param {PlannedStop} stop */
const begin = ({ begins }) => begins ?? 0;

/**
 * Whether a stop is over, as far as the plan says.
 * @param {PlannedStop} stop
 * @param {number} part of the day
 * @param {number} instant
 */
function isPast({ begins, ends, part: own }, part, instant) {
  return begins === undefined ? PARTS.indexOf(own) < part : (ends ?? begins) <= instant;
}

/**
 * Whether a stop has begun and lasts: where the host gives no end, until the next one begins.
 * @param {PlannedStop} stop
 * @param {PlannedStop[]} timed all stops that have a time
 * @param {number} instant
 */
function isOn(stop, timed, instant) {
  if (begin(stop) > instant) return false;
  if (stop.ends !== undefined) return instant < stop.ends;
  const isFor = (/** @type {PlannedStop} */ other) =>
    !other.groups?.length || !stop.groups?.length || stop.groups.some((name) => other.groups?.includes(name));
  return !timed.some((other) => isFor(other) && begin(other) > begin(stop) && begin(other) <= instant);
}

/**
 * Of a day without clock times: the stops of this part, and those of the next part that has any.
 * @template {PlannedStop} Stop
 * @param {Stop[]} stops
 * @param {number} part
 */
function ofPart(stops, part) {
  const later = stops.find((stop) => PARTS.indexOf(stop.part) > part);
  return {
    now: stops.filter((stop) => stop.part === PARTS[part]),
    next: stops.filter((stop) => stop.part === later?.part),
  };
}

/**
 * When to leave for what comes next.
 * @param {PlannedStop[]} next
 * @param {number} instant
 * @returns {Pick<Moment<PlannedStop>, "departure" | "leave">}
 */
function departureFor(next, instant) {
  const leave = next.find((stop) => stop.leave !== undefined)?.leave;
  if (leave === undefined) return {};
  return { leave, departure: instant < leave ? "ahead" : instant < leave + GRACE ? "due" : "late" };
}
