// The rules of saving, without network and storage: what a pointer says, which one is followed, how long a failure rests.

import { SaveError } from "./download.js";

const FORMAT = 1;
const HOUR = 60 * 60 * 1000; // ms
const PAUSE = 15 * 1000; // ms after a second failure; each further one makes it four times as long
const LONGEST = 6 * HOUR;
const CHECK_EVERY = 2 * 60 * 1000; // ms

/**
 * The pointer in a text; one that is not of our format comes from somebody in between.
 * @param {string} text
 * @returns {Pointer} throws SaveError
 */
export function parsePointer(text) {
  try {
    const pointer = JSON.parse(text);
    if (pointer.format === FORMAT && Number.isInteger(pointer.serial)) return pointer;
  } catch {
    // not ours: see below
  }
  throw new SaveError("portal");
}

/**
 * Whether a pointer is followed: a later serial, or the same with other content. A pointer that leads back is some old
 * copy on the way, until it has been told for an hour and no other in between: then it was published.
 * @param {Pick<Pointer, "serial" | "sha256">} pointer
 * @param {Active | undefined} active
 * @param {Seen | null | undefined} seen
 * @param {number} now in ms
 * @returns {{isFollowed: boolean, seen: Seen | null}} and what to remember of one that is not followed yet
 */
export function judge({ serial, sha256 }, active, seen, now) {
  const isOther = sha256 !== active?.manifest;
  const isLater =
    !active ||
    (sha256 === active.previous ? serial > Math.max(active.serial, active.past ?? 0) : serial >= active.serial);
  const since = seen?.sha256 === sha256 && seen.since <= now ? seen.since : now;
  const isDecided = !isOther || isLater || now - since >= HOUR;
  return { isFollowed: isOther && isDecided, seen: isDecided ? null : { sha256, since } };
}

/**
 * What is active once the revision of a pointer is saved.
 * @param {Active | undefined} before
 * @param {Pointer} pointer
 * @param {number} now in ms
 * @returns {Active}
 */
export function succeeding(before, { serial, date, sha256 }, now) {
  const previous = before?.manifest ?? null;
  return { serial, date, manifest: sha256, previous, past: before?.serial, checked: now };
}

/**
 * What is active where the pointer names the same revision, or one that is not followed.
 * @param {Active} active
 * @param {Pointer} pointer
 * @param {number} now in ms
 * @returns {Active}
 */
export function confirmed(active, { serial, sha256 }, now) {
  const isSame = sha256 === active.manifest;
  return { ...active, serial: isSame ? Math.max(active.serial, serial) : active.serial, checked: now };
}

/**
 * What is remembered of an error, with how often the same revision failed before.
 * @param {unknown} error
 * @param {Failure | null | undefined} last
 * @param {string | undefined} sha256
 * @param {number} now in ms
 * @returns {Failure}
 */
export function failureOf(error, last, sha256, now) {
  const { reason, file, status, missing } = SaveError.from(error, "unable");
  const tries = last && last.sha256 === sha256 ? last.tries + 1 : 1;
  return { reason, file, status, missing, sha256, tries, at: now, asked: now };
}

/**
 * Whether a failure is so recent that the same revision is left alone: the first not at all, every further one longer.
 * @param {Failure} failure
 * @param {number} now in ms
 */
export function isResting(failure, now) {
  return isRecent(failure.at, pauseAfter(failure), now);
}

/**
 * Whether the pointer was asked so recently that it is not asked again.
 * @param {number} asked when, in ms
 * @param {Failure | null | undefined} failure that it ended in
 * @param {number} now in ms
 */
export function isJustAsked(asked, failure, now) {
  return isRecent(asked, failure ? Math.min(pauseAfter(failure), CHECK_EVERY) : CHECK_EVERY, now);
}

/** @param {Failure} failure */
function pauseAfter({ tries }) {
  return tries < 2 ? 0 : Math.min(PAUSE * 4 ** (tries - 2), LONGEST);
}

/**
 * Whether a moment is less than a span away, to either side: a clock may have been set.
 * @param {number} moment
 * @param {number} span
 * @param {number} now
 */
function isRecent(moment, span, now) {
  return Math.abs(now - moment) < span;
}

/**
 * The files of a manifest, each hash once.
 * @param {Pick<Manifest, "files">} manifest
 */
export function filesOf(manifest) {
  /** @type {Map<string, ListedFile>} */
  const unique = new Map(Object.entries(manifest.files).map(([path, entry]) => [entry[0], [path, entry]]));
  return [...unique.values()];
}

/** @param {ListedFile[]} files */
export function bytesOf(files) {
  return files.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
}
