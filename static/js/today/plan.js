// What is now, what is next and when to leave, by the plan of an edition. It knows no page and has no clock of its own.

/** How long after the time to leave a reader is still told to leave now, in ms. */
export const GRACE = 5 * 60_000;
const OPEN = 3 * 3600_000; // ms after which a stop without an end is no longer called now
const SOON = 3600_000; // ms from the next stop to the time to leave for another, which is told with it then

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
 * `now` may be several stops, `next` too, where they begin together or people leave for the second soon. `untimed` are those of this part of the day for which
 * the host gives no time. `departure` is about the next stop: `ahead`, `due` or `late`.
 * @template {PlannedStop} Stop
 * @typedef {object} Moment
 * @property {"before" | "after" | "free" | "early" | "at" | "between" | "over" | "part"} name
 * @property {PlannedDay<Stop>} [day] today, or the next one
 * @property {PlannedDay<Stop>} [then] the day after it, where nothing more comes today: `next` is what begins it
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
  const isOwn = (/** @type {Stop} */ { groups }) => !group || !groups?.length || groups.includes(group);
  const at = days.findIndex(({ to }) => instant < to);
  const day = days[at];
  if (!day) return { ...nothing, name: "after" };
  const ahead = (/** @type {PlannedDay<Stop>} */ later) =>
    coming(
      later.stops.filter((stop) => isOwn(stop) && !stop.isCancelled),
      later.from - 1,
    );
  if (instant < day.from) return { ...nothing, name: at ? "free" : "before", day, next: ahead(day) };
  const part = partAt(day, instant);
  const own = day.stops.filter(isOwn);
  const stops = own.filter(({ isCancelled }) => !isCancelled);
  const timed = stops.filter(({ begins }) => begins !== undefined);
  const untimed = stops.filter((stop) => stop.begins === undefined);
  const common = {
    ...nothing,
    day,
    part: PARTS[part],
    cancelled: own.filter((stop) => stop.isCancelled && !isPast(stop, part, instant)),
  };
  const rest = timed.length
    ? ofHours(timed, instant)
    : { name: /** @type {const} */ ("part"), ...ofPart(untimed, part) };
  const then = rest.next.length ? undefined : days[at + 1];
  return {
    ...common,
    untimed: timed.length ? untimed.filter((stop) => stop.part === PARTS[part]) : [],
    ...rest,
    ...(then && { then, next: ahead(then) }),
  };
}

/**
 * Of a day with clock times: what is on, what comes next, and when to leave for it.
 * @template {PlannedStop} Stop
 * @param {Stop[]} timed
 * @param {number} instant
 * @returns {Pick<Moment<Stop>, "name" | "now" | "next" | "departure" | "leave">}
 */
function ofHours(timed, instant) {
  const now = timed.filter((stop) => isOn(stop, timed, instant));
  const next = coming(timed, instant);
  const hasBegun = timed.some((stop) => begin(stop) <= instant);
  const name = now.length ? "at" : !next.length ? "over" : hasBegun ? "between" : "early";
  return { name, now, next, ...departureFor(next, instant) };
}

/**
 * The stops that begin next. Where nobody has to leave for them, those that people leave for soon come with them.
 * @template {PlannedStop} Stop
 * @param {Stop[]} stops
 * @param {number} instant
 */
function coming(stops, instant) {
  const later = stops.filter((stop) => stop.begins !== undefined && begin(stop) > instant);
  const first = Math.min(...later.map(begin));
  const next = later.filter((stop) => begin(stop) === first);
  if (next.some(({ leave }) => leave !== undefined)) return next;
  const second = Math.min(...later.map(begin).filter((each) => each > first));
  const isSoon = (/** @type {Stop} */ { leave = Infinity }) => leave - first <= SOON;
  return [...next, ...later.filter((stop) => begin(stop) === second && isSoon(stop))];
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
 * Whether a stop has begun and lasts: where the host gives no end, until the next one begins, and some hours at most.
 * @param {PlannedStop} stop
 * @param {PlannedStop[]} timed all stops that have a time
 * @param {number} instant
 */
function isOn(stop, timed, instant) {
  if (begin(stop) > instant) return false;
  if (stop.ends !== undefined) return instant < stop.ends;
  if (instant >= begin(stop) + OPEN) return false;
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
