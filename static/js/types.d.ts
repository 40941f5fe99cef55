// What scripts tell one another, and what they read from the build and from storage. Only the type checker reads this.

// The build: guide/publish/precache.py writes manifest and pointer, guide/transit/export.py the directions.

/** A file of the list: SHA-256 in hexadecimal, length in bytes, media type, the id of its pack. */
type Entry = [hash: string, bytes: number, mediaType: string, pack: string];

/** An entry with its path, as it is visited from the guide's root. */
type ListedFile = [path: string, entry: Entry];

/** A packed file of the build: where it is, its size, and its bytes when it is unpacked. */
interface Download {
  path: string;
  size: number;
  bytes: number;
}

/**
 * Files that are kept together; guide/publish/packs.py tells their form. `name` is a language or "core", `head` the length
 * of the head. A pack has a download, or `lines`: its head, where a page has loaded its files by itself. `steps` are differences: the first makes from the pack with the id `from` the one that
 * the second leads on from, and so on to this pack.
 */
interface Pack {
  name: string;
  id: string;
  head: number;
  files: number;
  bytes: number;
  path?: string;
  size?: number;
  lines?: string;
  steps: (Download & { from: string })[];
}

/** A file in a pack: the beginning of its hash, and where its bytes are. */
interface PackedFile {
  path: string;
  begin: number;
  end: number;
  hash: string;
}

/** What manifest and list have in common. Only the worker reads it. */
interface Served {
  /** Of answers that are pages. */
  headers: Record<string, string>;
  /** Of all other answers. */
  otherHeaders: Record<string, string>;
  /** The path of the 404 page, by the first part of a path: a language. */
  notFound: Record<string, string>;
}

/** The packs that one revision of the guide consists of. */
interface Manifest extends Served {
  packs: Pack[];
  /** Media types by the end of a name. */
  types: Record<string, string>;
  files?: undefined;
}

/** All files of a revision one by one: the only manifest of builds without packs, and the way round a pack. */
interface Listing extends Served {
  files: Record<string, Entry>;
}

/** A file of the build that is named by its hash. */
interface Named {
  path: string;
  sha256: string;
  bytes: number;
}

/**
 * Names the current list by its path, hash and length, and the current manifest where the build has packs. For a first
 * visit, `text` is that manifest.
 */
interface Pointer {
  text?: string;
  format: number;
  serial: number;
  date?: string;
  manifest: string;
  sha256: string;
  bytes: number;
  packs?: Named;
  /** Takes the saved guide off the phone. */
  halt?: boolean;
}

/** What the worker says of itself: the revision that it answers from, and which of its packs it can open. */
interface Kept {
  manifest: string | null;
  packs: [name: string, id: string, isWhole: boolean][] | null;
}

/** All directions, as numbers into its own lists; see `data` of guide/transit/export.py. */
interface DirectionsData {
  area: [latitude: number, longitude: number, reach: number];
  stations: string[][];
  lines: [slug: string, platforms: number][];
  platforms: [station: number, latitude: number, longitude: number][];
  changes: [first: number, second: number, metres: number, inside: number, back?: number][];
  sites: Record<string, { next: number[]; first: number[] }>;
}

// Storage: JSON beside the saved files.

/** What is kept beside the files, by name. */
interface Records {
  active: Active;
  trouble: Failure | null;
  seen: Seen | null;
}

/**
 * The revision that is saved: its manifest, or its list, by hash, the one before it, and the serial of that (`past`).
 * `files` is the hash of the list of its files, where `manifest` is one of packs.
 */
interface Active {
  serial: number;
  date?: string;
  manifest: string;
  files?: string;
  previous: string | null;
  past?: number;
  /** When the pointer was last asked, in ms. */
  checked: number;
}

/** A pointer that leads back and is not followed yet: its manifest, and since when it was told, in ms. */
interface Seen {
  sha256: string;
  since: number;
}

/**
 * Why the guide is not saved: no answer or none to its end, an answer with an error, something that is not the guide,
 * other bytes than were published, no space, storage that can't be used, a worker that the browser did not start, or
 * somebody else's worker.
 */
type Reason = "silent" | "refused" | "portal" | "damaged" | "full" | "unable" | "worker" | "foreign";

/** What is known of a failure beside its reason; `missing` is the space that lacks, in bytes. */
interface Circumstances {
  file?: string;
  status?: number;
  missing?: number;
}

/** The last failure, and how often the same revision (`sha256`) failed; `at` and `asked` in ms. */
interface Failure extends Circumstances {
  reason: Reason;
  sha256?: string;
  tries: number;
  /** When it failed. */
  at: number;
  /** When the pointer was asked last. */
  asked: number;
}

// Events on #saved, the line of state.

/**
 * What saving came to. "partly": the language of the page is saved, and not yet all others; "newer": a revision was saved
 * that is newer than the open page; "outdated": one is saved, but what was published since can't be had; "insecure": not
 * from this address.
 */
type Outcome =
  "none" | "saving" | "partly" | "saved" | "newer" | "outdated" | "failed" | "halted" | "unable" | "insecure";

/**
 * An outcome with what is known of it: `part` of all bytes that is there; after a failure why. From another tab, `tag` is
 * the language of its page.
 */
interface SaveReport extends Circumstances {
  name: Outcome;
  tag?: string;
  part?: number;
  reason?: Reason;
  /** Whether somebody pressed for it. */
  isWanted?: boolean;
  /** When the host last said that what is saved is what it has, in ms. */
  checked?: number;
}

/** States of the line (`data-state`). Each has a sentence in the data attribute of its name: components/saved.html. */
type State =
  | Exclude<Outcome, "failed">
  | "older"
  | "app"
  | "unchecked"
  | "stopped"
  | "blocked"
  | "refused"
  | "broken"
  | "damaged"
  | "full"
  | "worker"
  | "foreign";

interface HTMLElementEventMap {
  /** Asks the line to save now. */
  "guide:save": Event;
  /** Brings the line something to show. */
  "guide:tell": CustomEvent<SaveReport>;
  /** The line says something new. */
  "guide:state": Event;
}

interface DocumentEventMap {
  /** A rehearsal began, moved or ended: it is another time now. */
  "guide:clock": Event;
}

// What browsers have and the checker's own library lacks.

/** Lets addresses of scripts through, where the page's policy demands it. */
interface ScriptPolicy {
  createScriptURL(address: string): string;
}

declare var trustedTypes: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } | undefined;

// Getting there.

/** A position on the earth, in degrees. */
interface Place {
  latitude: number;
  longitude: number;
}

/** A station: `names` begins with the one on its signs, `lines` are slugs. */
interface Station {
  slug: string;
  names: string[];
  lines: string[];
}

/** Along a line for `count` stations; `passed` names those on the way. */
interface RideStep {
  kind: "ride";
  line: string;
  towards: string;
  alight: string;
  count: number;
  passed: string[];
}

/** To another line at a station, over metres in a straight line. */
interface ChangeStep {
  kind: "change-inside" | "change-outside";
  line: string;
  station: string;
  metres: number;
}

type Step = RideStep | ChangeStep;

/** The steps of a way there and back; `end` is the slug of the station where its last part begins. */
interface Way {
  there: Step[];
  end: string;
  back: Step[];
}

/** A distance in metres, and the eighth of the compass: 0 is north, 2 east. */
interface Distance {
  metres: number;
  eighth: number;
}
