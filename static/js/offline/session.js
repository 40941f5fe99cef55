// Saves the guide on the phone: asks the pointer, downloads what is missing, and only then makes it the active one.

import { download, isFull, request, SaveError } from "./download.js";
import {
  confirmed,
  extentOf,
  failureOf,
  heardIn,
  isJustAsked,
  isNews,
  isResting,
  judge,
  parsePointer,
  revisionOf,
  shares,
  succeeding,
} from "./protocol.js";
import { isForeign, keptBy, register, renew, settled, SETTLING, unregister } from "./registration.js";
import { GuideStorage } from "./storage.js";
import { Supply } from "./supply.js";

const ROUNDS = 3; // how often a save goes on with a build that was published meanwhile

/**
 * What is known of the guide on this phone without asking the host.
 * @typedef {object} Look
 * @property {Active | undefined} active
 * @property {Failure | null | undefined} failure the last one, where nothing went well since
 * @property {"nothing" | "own" | "all"} extent what would open without a network
 */

/** Whether this browser can keep a guide at all. */
export function canSave() {
  return (
    isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && Boolean(globalThis.crypto?.subtle)
  );
}

/** The saved guide of one address, as this tab sees it. */
export class SavedGuide {
  /**
   * @param {URL} root the guide's root, with a final slash
   * @param {string} tag the language of the page
   */
  constructor(root, tag) {
    this.root = root;
    this.tag = tag;
    this.storage = new GuideStorage(root);
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(this.storage.prefix) : undefined;
    this.isMended = false;
  }

  /**
   * Calls `listen` with what other tabs report.
   * @param {(report: SaveReport) => void} listen
   */
  hear(listen) {
    this.channel?.addEventListener("message", ({ data }) => listen(heardIn(this.tag, data)));
  }

  /** The last failure, where nothing went well since. */
  failure() {
    return this.storage.get("trouble");
  }

  /**
   * What the phone knows, asked all at once.
   * @returns {Promise<Look>}
   */
  async look() {
    const kept = keptBy(this.root).catch(() => undefined);
    const [failure, active] = await Promise.all([this.failure(), this.storage.get("active")]);
    return { failure, active, extent: extentOf(active && (await kept), active, this.tag) }; // where nothing is, no wait
  }

  /**
   * The state that a look shows.
   * @param {Look} look
   * @returns {SaveReport}
   */
  standing({ failure, active, extent }) {
    if (!active || extent === "nothing" || failure?.reason === "full")
      return { ...failure, name: failure ? "failed" : "none" };
    const { checked } = active;
    if (extent === "own") return { ...failure, checked, name: "partly" };
    return { ...failure, checked, name: !failure?.sha256 || failure.sha256 === active.manifest ? "saved" : "outdated" };
  }

  /** Counts and compares what is stored; see GuideStorage. */
  verify() {
    return this.storage.verify();
  }

  /**
   * Whether it is time to ask for something newer: soon after the last answer and while a failure is recent it is not,
   * nor without a network where all is saved. A reader who has nothing yet does not wait long for the next try.
   * @param {Look} look
   */
  isDue({ failure, active, extent }) {
    if (extent === "all" && !navigator.onLine) return false;
    if (failure) {
      const tries = extent === "nothing" ? Math.min(failure.tries, 2) : failure.tries;
      return !isJustAsked(failure.asked, { ...failure, tries }, Date.now());
    }
    return extent !== "all" || !active || !isJustAsked(active.checked, failure, Date.now());
  }

  /**
   * Brings the saved guide up to date; one tab at a time. Every tab hears of the progress.
   * @param {(report: SaveReport) => void} listen
   * @param {boolean} isWanted whether somebody pressed for it: then no pause after a failure is kept
   */
  async save(listen, isWanted = false) {
    /** @param {SaveReport} report */
    const tell = (report) => {
      listen(report);
      this.channel?.postMessage({ ...report, tag: this.tag });
    };
    const report = await this.alone(() => this.update(tell, isWanted));
    if (report) tell(report);
  }

  /**
   * Has our worker anew where an open page of a former build put its own in the place: that one can open no packs. Once a
   * page at most, because the new worker takes the page over as well.
   */
  async mendWorker() {
    await settled(this.root);
    const active = await this.storage.get("active");
    if (!active?.files || (await keptBy(this.root)) || this.isMended) return;
    this.isMended = true;
    await renew(this.root);
  }

  /** Takes worker and files of this guide off the phone. */
  async remove() {
    await this.clear();
    this.channel?.postMessage({ name: "none" });
  }

  async clear() {
    await unregister(this.root);
    await this.storage.clear();
  }

  /**
   * Does some work while no other tab does; not at all when another tab was at it and left nothing to do. A page that was
   * left holds up no other, even where the browser keeps it for the way back.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async alone(work) {
    if (!navigator.locks) return work();
    const name = this.storage.prefix;
    /** @type {Promise<T> | undefined} */
    let done;
    const begun = () => Promise.race([(done = work()), left()]);
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && begun());
    if (done) return done;
    await navigator.locks.request(name, async () => this.isDue(await this.look()) && begun()); // that tab may be closed
    return done;
  }

  /**
   * The state that it ends in. A revision that failed is left alone for a while, however often the pointer names it.
   * @param {(report: SaveReport) => void} tell
   * @param {boolean} isWanted
   * @returns {Promise<SaveReport>}
   */
  async update(tell, isWanted) {
    const last = await this.failure();
    let failure, sha256;
    try {
      const pointer = (await this.first()) ?? (await this.pointer());
      sha256 = revisionOf(pointer).sha256;
      if (!last || last.sha256 !== sha256 || isWanted || !isResting(last, Date.now())) {
        const name = await this.follow(pointer, tell);
        if (name !== "halted") await this.storage.set("trouble", null);
        return { name, checked: (await this.storage.get("active"))?.checked };
      }
      failure = { ...last, asked: Date.now() };
    } catch (error) {
      failure = failureOf(error, last, sha256, Date.now());
    }
    await this.storage.set("trouble", failure).catch(() => {}); // perhaps no space
    return this.standing({ ...(await this.look()), failure });
  }

  async pointer() {
    return parsePointer(new TextDecoder().decode(await download(this.root, "offline/current.json")));
  }

  /** The pointer together with its manifest, where nothing is stored yet and the host has them in one file. */
  async first() {
    if ((await this.storage.held()).size) return undefined;
    const read = (/** @type {Response} */ response) => response.text();
    const how = /** @type {RequestInit} */ ({ cache: "no-store", redirect: "manual" });
    return request(this.root, "offline/first.json", how, 0, read)
      .then(parsePointer)
      .catch(() => undefined);
  }

  /**
   * Saves what a pointer names. When a build is published meanwhile, goes on with that one.
   * @param {Pointer} pointer
   * @param {(report: SaveReport) => void} tell
   * @returns {Promise<"halted" | "newer" | "saved">}
   */
  async follow(pointer, tell, round = 1) {
    if (pointer.halt) {
      await this.clear();
      return "halted";
    }
    const registered = register(this.root).catch(() => {}); // whether that went well is asked at the end
    const before = await this.storage.active();
    const revision = revisionOf(pointer);
    const kept = (await this.isFollowed(pointer, revision, before)) ? undefined : before;
    const now = Date.now();
    const active = kept ? confirmed(kept, pointer, now) : succeeding(before, pointer, now);
    try {
      const known = [before?.manifest, before?.previous, active.manifest].filter((hash) => typeof hash === "string");
      const supply = new Supply(this.root, this.storage, pointer, known);
      await this.bring(supply, active, before, registered, tell);
    } catch (error) {
      if (isFull(error) || round === ROUNDS) throw error;
      const again = await this.pointer();
      if (again.sha256 === pointer.sha256 || again.serial < pointer.serial) throw error;
      return this.follow(again, tell, round + 1);
    }
    return before && !kept && isNews(before, pointer) ? "newer" : "saved";
  }

  /**
   * Brings a revision onto the phone: first what the reader waits for, which makes it the active one, then the rest.
   * @param {Supply} supply
   * @param {Active} active what is to become active
   * @param {Active | undefined} before
   * @param {Promise<void>} registered
   * @param {(report: SaveReport) => void} tell
   */
  async bring(supply, active, before, registered, tell) {
    const manifest = await supply.manifest(active.manifest);
    if (manifest.files) {
      await supply.files(manifest, (part) => tell({ name: "saving", part }));
      return this.activate(active, registered);
    }
    const { first, later } = shares(manifest, this.tag, await this.namesOf(before, manifest));
    await supply.packs(first, (part) => tell({ name: "saving", part }));
    await this.activate(active, registered);
    await supply.packs(later, (part) => tell({ name: "partly", part }));
    await this.storage.prune(active); // of what was taken singly
  }

  /**
   * The names of the packs that the phone had whole: nothing that it opened may be lost by what is newer.
   * @param {Active | undefined} before
   * @param {Manifest} manifest what is newer
   */
  async namesOf(before, manifest) {
    const former = before && (await this.storage.manifest(before.manifest));
    const held = await this.storage.held();
    const gone = new Set(former?.files ? [] : former?.packs.filter(({ id }) => !held.has(id)).map(({ name }) => name));
    const names = former?.files ? manifest.packs : (former?.packs ?? []);
    return new Set(names.map(({ name }) => name).filter((name) => !gone.has(name)));
  }

  /**
   * Makes a revision the active one: what the reader waits for is stored. Rejects where no worker of ours answers from it.
   * @param {Active} active
   * @param {Promise<void>} registered
   */
  async activate(active, registered) {
    await Promise.race([registered, new Promise((resolve) => setTimeout(resolve, SETTLING))]);
    if (!(await keptBy(this.root))) await renew(this.root);
    if (!(await keptBy(this.root))) throw await this.obstacle();
    await this.storage.set("active", active);
    await this.storage.prune(active);
    const kept = await keptBy(this.root);
    if (kept?.manifest !== active.manifest) throw await this.obstacle();
    if (extentOf(kept, active, this.tag) === "nothing") throw new SaveError("unable");
  }

  /**
   * @param {Pick<Pointer, "serial">} pointer
   * @param {Named} revision that it leads to
   * @param {Active | undefined} active
   */
  async isFollowed({ serial }, { sha256 }, active) {
    const before = await this.storage.get("seen");
    const { isFollowed, seen } = judge({ serial, sha256 }, active, before, Date.now());
    if (seen || before) await this.storage.set("seen", seen);
    return isFollowed;
  }

  /**
   * Why no worker of ours answers: the host has none, somebody else's stands there, or the browser starts none.
   * @returns {Promise<SaveError>}
   */
  async obstacle() {
    const file = "sw.js";
    try {
      const type = await request(this.root, file, {}, 0, (response) => response.headers.get("content-type"));
      if (!/script/.test(type ?? "")) return new SaveError("damaged", { file });
      return new SaveError(isForeign(this.root) ? "foreign" : "worker", { file });
    } catch (error) {
      const { reason, status } = SaveError.from(error, "silent");
      return new SaveError(reason, { file, status });
    }
  }
}

/** Comes when the reader leaves the page. */
const left = () => new Promise((resolve) => addEventListener("pagehide", resolve, { once: true }));
