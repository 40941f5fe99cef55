// What scripts tell one another, and what they read from the build and from storage. Only the type checker reads this.

// The build: guide/publish/precache.py writes manifest and pointer, guide/transit/export.py the directions.

/** A file of a manifest: SHA-256 in hexadecimal, length in bytes, media type, pack. */
type Entry = [hash: string, bytes: number, mediaType: string, pack: string];

/** An entry with its path, as it is visited from the guide's root. */
type ListedFile = [path: string, entry: Entry];

/** Many files in one download; guide/publish/bundles.py tells the format. */
interface Bundle {
  path: string;
  bytes: number;
}

/** Everything that one revision of the guide consists of. The worker reads headers and notFound, pages the rest. */
interface Manifest {
  files: Record<string, Entry>;
  packs: { core: { bundle: Bundle | null } };
  /** Of answers that are pages. */
  headers: Record<string, string>;
  /** Of all other answers. */
  otherHeaders: Record<string, string>;
  /** The path of the 404 page, by the first part of a path: a language. */
  notFound: Record<string, string>;
}

/** Names the current manifest by its path, hash and length. */
interface Pointer {
  format: number;
  serial: number;
  date?: string;
  manifest: string;
  sha256: string;
  bytes: number;
  /** Takes the saved guide off the phone. */
  halt?: boolean;
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

/** The revision that is saved: its manifest by hash, the one before it, and the serial of that (`past`). */
interface Active {
  serial: number;
  date?: string;
  manifest: string;
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
 * What saving came to. "newer": a revision was saved that is newer than the open page; "outdated": one is saved, but
 * what was published since can't be had; "insecure": not from this address.
 */
type Outcome = "none" | "saving" | "saved" | "newer" | "outdated" | "failed" | "halted" | "unable" | "insecure";

/** An outcome with what is known of it: `part` of all bytes that is there; after a failure why. */
interface SaveReport extends Circumstances {
  name: Outcome;
  part?: number;
  reason?: Reason;
  /** Whether somebody pressed for it. */
  isWanted?: boolean;
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
