// The rules of saving, without network and storage: what a pointer says, which one is followed, how long a failure rests.

import { SaveError } from "./download.js";

const FORMAT = 1;
const SHARED = "core"; // the name of the packs that every language needs
const HOUR = 60 * 60 * 1000; // ms
const PAUSE = 15 * 1000; // ms after a second failure; each further one makes it four times as long
const LONGEST = 6 * HOUR;
const CHECK_EVERY = 2 * 60 * 1000; // ms
const TRY_EVERY = 10 * 60 * 1000; // ms from one try to the next once three have failed

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
 * What a pointer leads to: a manifest of packs, or the list of files of a build without.
 * @param {Pointer} pointer
 * @returns {Named}
 */
export function revisionOf({ packs, manifest: path, sha256, bytes }) {
  return packs ?? { path, sha256, bytes };
}

/**
 * Packs in the order in which a reader wants them: what all need with the language of the page and of whatever the phone
 * had, then the others.
 * @param {Manifest} manifest
 * @param {string} tag the language of the page
 * @param {Set<string>} had names of the packs that the phone had
 * @returns {{first: Pack[], later: Pack[]}}
 */
export function shares({ packs }, tag, had) {
  const own = packs.find(({ name }) => name === tag) ?? packs.find(({ name }) => name !== SHARED);
  const isFirst = (/** @type {Pack} */ { name }) => name === SHARED || name === own?.name || had.has(name);
  return { first: packs.filter(isFirst), later: packs.filter((pack) => !isFirst(pack)) };
}

/**
 * What a phone has for a reader of one language, by what the worker can open.
 * @param {Kept | undefined} kept
 * @param {Active | undefined} active
 * @param {string} tag the language of the page
 * @returns {"nothing" | "own" | "all"}
 */
export function extentOf(kept, active, tag) {
  if (!kept || !active || kept.manifest !== active.manifest) return "nothing";
  if (!kept.packs) return "all"; // of a build without packs: that is active only when it is whole
  const gone = new Set(kept.packs.filter(([, , isWhole]) => !isWhole).map(([name]) => name));
  if (!gone.size) return "all";
  const names = kept.packs.map(([name]) => name).filter((name) => name !== SHARED);
  const isOwn = names.includes(tag) ? !gone.has(tag) : names.some((name) => !gone.has(name)); // the first page has no language
  return isOwn && !gone.has(SHARED) ? "own" : "nothing";
}

/**
 * What a report of another tab means here: a language that is saved there may not be the one of this page.
 * @param {string} tag the language of this page
 * @param {SaveReport} report
 * @returns {SaveReport}
 */
export function heardIn(tag, report) {
  if (report.name !== "partly" || report.tag === tag) return report;
  return { ...report, name: report.part === undefined ? "none" : "saving" };
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
export function succeeding(before, pointer, now) {
  const { serial, date, sha256: files } = pointer;
  const previous = before?.manifest ?? null;
  return { serial, date, manifest: revisionOf(pointer).sha256, files, previous, past: before?.serial, checked: now };
}

/**
 * Whether a pointer names other files than those that are active: the same may come packed in another way.
 * @param {Active} active
 * @param {Pointer} pointer
 */
export function isNews(active, { sha256 }) {
  return sha256 !== (active.files ?? active.manifest);
}

/**
 * What is active where the pointer names the same revision, or one that is not followed.
 * @param {Active} active
 * @param {Pointer} pointer
 * @param {number} now in ms
 * @returns {Active}
 */
export function confirmed(active, pointer, now) {
  const isSame = revisionOf(pointer).sha256 === active.manifest;
  return { ...active, serial: isSame ? Math.max(active.serial, pointer.serial) : active.serial, checked: now };
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
  if (failure && failure.tries >= 3) return isRecent(asked, TRY_EVERY, now);
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
 * The files of a list, each hash once.
 * @param {Pick<Listing, "files">} listing
 */
export function filesOf(listing) {
  /** @type {Map<string, ListedFile>} */
  const unique = new Map(Object.entries(listing.files).map(([path, entry]) => [entry[0], [path, entry]]));
  return [...unique.values()];
}

/** @param {ListedFile[]} files */
export function bytesOf(files) {
  return files.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
}
