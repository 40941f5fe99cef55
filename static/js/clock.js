// The clock of the place where an edition is, whatever the zone of the phone.

const MINUTE = 60_000; // ms

/** @type {Intl.DateTimeFormatOptions} */
const STYLE = {
  calendar: "gregory",
  numberingSystem: "latn",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
};

/**
 * What writes instants in a zone. A browser that does not know the zone takes its own.
 * @param {string | undefined} locale
 * @param {Intl.DateTimeFormatOptions} style
 * @param {string | undefined} zone the phone's own where there is none
 */
export function formatFor(locale, style, zone) {
  try {
    return new Intl.DateTimeFormat(locale, { ...style, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(locale, style);
  }
}

/**
 * An instant as a format has it, never broken before “a.m.”, which is spelled as on the rest of the page.
 * @param {Intl.DateTimeFormat} format
 * @param {number} instant in ms
 */
export function written(format, instant) {
  const [morning, afternoon] = document.documentElement.dataset.halves?.split(" ") ?? [];
  const parts = format.formatToParts(instant);
  const end = parts.findIndex(({ type }) => type === "hour");
  const text = parts.map(({ type, value }, at) => {
    if (type === "dayPeriod" && afternoon) return /^p/i.test(value) ? afternoon : morning;
    return type === "literal" && at > end ? value.replace(/ /g, "\u00a0") : value;
  });
  return text.join("");
}

/**
 * Date and clock time in a zone, such as `2027-06-08T09:30`.
 * @param {number} instant in ms
 * @param {string} [zone] the phone's own where there is none
 */
export function localTime(instant, zone) {
  const format = formatFor("en", STYLE, zone);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/**
 * The instant of a date and clock time in a zone. One that the clocks skip is taken an hour later.
 * @param {string} local such as `2027-06-08T09:30`
 * @param {string} [zone]
 * @returns {number | undefined} ms; nothing where it is no date and time
 */
export function instantOf(local, zone) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local)) return undefined;
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return undefined;
  const off = (/** @type {number} */ instant) => Date.parse(`${localTime(instant, zone)}Z`) - instant;
  const first = wanted - off(wanted);
  return wanted - off(first);
}

/** @param {number} instant */
export const startOfMinute = (instant) => instant - (instant % MINUTE);

/**
 * How long it is until the minute changes, in ms.
 * @param {number} instant
 */
export const untilNextMinute = (instant) => MINUTE - (instant % MINUTE);

/**
 * A span in the words of a language, such as “in 25 minutes”: in minutes below two hours,
 * else in hours. They are rounded down, so that nobody is told of more time than there is.
 * @param {number} span in ms, not negative
 * @param {string} tag
 */
export function spanInWords(span, tag) {
  const minutes = Math.floor(span / MINUTE);
  const words = new Intl.RelativeTimeFormat(tag);
  if (minutes < 120) return words.format(minutes, "minute");
  return words.format(Math.floor(minutes / 60), "hour");
}

/**
 * How many days lie between two dates, in the words of a language, such as “tomorrow” or “in 5 days”.
 * @param {string} from such as `2027-06-07`
 * @param {string} to
 * @param {string} tag
 */
export function daysInWords(from, to, tag) {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / (24 * 60 * MINUTE));
  return new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(days, "day");
}
