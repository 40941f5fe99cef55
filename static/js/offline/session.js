// Saves the guide on the phone: asks the pointer, downloads what is missing, and only then makes it the active one.

import { download, downloadBundle, downloadEach, isFull, request, SaveError } from "./download.js";
import {
  bytesOf,
  confirmed,
  failureOf,
  filesOf,
  isJustAsked,
  isResting,
  judge,
  parsePointer,
  succeeding,
} from "./protocol.js";
import { isForeign, isServed, register, SETTLING, unregister } from "./registration.js";
import { GuideStorage } from "./storage.js";

const ROUNDS = 3; // how often a save goes on with a build that was published meanwhile
const ENOUGH = 0.4; // part of all bytes that must be missing for a bundle to be worth its download

/** Whether this browser can keep a guide at all. */
export function canSave() {
  return (
    isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && Boolean(globalThis.crypto?.subtle)
  );
}

/** The saved guide of one address, as this tab sees it. */
export class SavedGuide {
  /** @param {URL} root the guide's root, with a final slash */
  constructor(root) {
    this.root = root;
    this.storage = new GuideStorage(root);
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(this.storage.prefix) : undefined;
  }

  /**
   * Calls `listen` with what other tabs report.
   * @param {(report: SaveReport) => void} listen
   */
  hear(listen) {
    this.channel?.addEventListener("message", (event) => listen(event.data));
  }

  /** The last failure, where nothing went well since. */
  failure() {
    return this.storage.get("trouble");
  }

  /** What is known without asking anybody. */
  async state() {
    return this.standing(await this.failure());
  }

  /** Counts and compares what is stored; see GuideStorage. */
  verify() {
    return this.storage.verify();
  }

  /** Whether it is time to ask for something newer: soon after the last answer and while a failure is recent it is not. */
  async isDue() {
    const failure = await this.failure();
    if (failure) return !isJustAsked(failure.asked, failure, Date.now());
    const active = await this.storage.active();
    return !active || !isJustAsked(active.checked, failure, Date.now()) || !(await this.isReady());
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
      this.channel?.postMessage(report);
    };
    const report = await this.alone(() => this.update(tell, isWanted));
    if (report) tell(report);
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
   * Does some work while no other tab does; not at all when another tab was at it and left nothing to do.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T | undefined>}
   */
  async alone(work) {
    if (!navigator.locks) return work();
    const name = this.storage.prefix;
    const first = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => lock && [await work()]);
    if (first) return first[0];
    return navigator.locks.request(name, async () => ((await this.isDue()) ? work() : undefined)); // that tab may be closed
  }

  /**
   * The state that it ends in. A revision that failed is left alone for a while, however often the pointer names it.
   * @param {(report: SaveReport) => void} tell
   * @param {boolean} isWanted
   * @returns {Promise<SaveReport>}
   */
  async update(tell, isWanted) {
    const before = await this.storage.active();
    const last = await this.failure();
    let failure, sha256;
    try {
      const pointer = await this.pointer();
      sha256 = pointer.sha256;
      if (!last || last.sha256 !== sha256 || isWanted || !isResting(last, Date.now())) {
        const name = await this.follow(pointer, before, tell);
        if (name !== "halted") await this.storage.set("trouble", null);
        return { name };
      }
      failure = { ...last, asked: Date.now() };
    } catch (error) {
      failure = failureOf(error, last, sha256, Date.now());
    }
    await this.storage.set("trouble", failure).catch(() => {}); // perhaps no space
    return this.standing(failure);
  }

  async pointer() {
    return parsePointer(new TextDecoder().decode(await download(this.root, "offline/current.json")));
  }

  /**
   * The state as far as the phone knows, after the last failure if there was one.
   * @param {Failure | null | undefined} failure
   * @returns {Promise<SaveReport>}
   */
  async standing(failure) {
    const active = await this.storage.active();
    const isReady = active && failure?.reason !== "full" && (await this.isReady());
    if (!isReady) return { ...failure, name: failure ? "failed" : "none" };
    return { ...failure, name: (failure?.sha256 ?? active.manifest) === active.manifest ? "saved" : "outdated" };
  }

  /** Whether the guide would open without a network: active, every file there, our own worker to answer. */
  async isReady() {
    const active = await this.storage.active();
    const manifest = active && (await this.storage.manifest(active.manifest));
    if (!manifest || (await this.storage.missing(manifest)).length) return false;
    return isServed(this.root, active.manifest);
  }

  /**
   * Saves what a pointer names. When a build is published meanwhile, goes on with that one.
   * @param {Pointer} pointer
   * @param {Active | undefined} before
   * @param {(report: SaveReport) => void} tell
   * @returns {Promise<"halted" | "newer" | "saved">}
   */
  async follow(pointer, before, tell, round = 1) {
    if (pointer.halt) {
      await this.clear();
      return "halted";
    }
    const registered = register(this.root).catch(() => {}); // whether that went well is asked at the end
    const kept = (await this.isFollowed(pointer, before)) ? undefined : before;
    try {
      await this.fetch(pointer, kept?.manifest ?? pointer.sha256, tell);
    } catch (error) {
      if (isFull(error) || round === ROUNDS) throw error;
      const again = await this.pointer();
      if (again.sha256 === pointer.sha256 || again.serial < pointer.serial) throw error;
      return this.follow(again, before, tell, round + 1);
    }
    const now = Date.now();
    await this.activate(kept ? confirmed(kept, pointer, now) : succeeding(before, pointer, now), registered);
    return before && !kept ? "newer" : "saved";
  }

  /**
   * Makes a revision the active one: all its files are stored. Rejects where no worker of ours answers from it.
   * @param {Active} active
   * @param {Promise<void>} registered
   */
  async activate(active, registered) {
    await this.storage.set("active", active);
    await this.storage.prune(active);
    await Promise.race([registered, new Promise((resolve) => setTimeout(resolve, SETTLING))]);
    if (!(await isServed(this.root, active.manifest))) throw await this.obstacle();
  }

  /**
   * @param {Pointer} pointer
   * @param {Active | undefined} active
   */
  async isFollowed(pointer, active) {
    const before = await this.storage.get("seen");
    const { isFollowed, seen } = judge(pointer, active, before, Date.now());
    if (seen || before) await this.storage.set("seen", seen);
    return isFollowed;
  }

  /**
   * Stores a manifest and all its files.
   * @param {Pointer} pointer names the manifest, where it is not stored
   * @param {string} sha256
   * @param {(report: SaveReport) => void} tell
   */
  async fetch(pointer, sha256, tell) {
    const { root, storage } = this;
    if (!(await storage.manifest(sha256))) {
      const body = await download(root, pointer.manifest, sha256, pointer.bytes);
      await storage.put(sha256, body, "application/json");
    }
    const manifest = await storage.manifest(sha256);
    if (!manifest) throw new SaveError("unable");
    await this.fetchFiles(manifest, tell);
  }

  /**
   * Downloads what is missing of a manifest, and stores each file under its hash.
   * @param {Manifest} manifest
   * @param {(report: SaveReport) => void} tell
   */
  async fetchFiles(manifest, tell) {
    const { root, storage } = this;
    const all = bytesOf(filesOf(manifest));
    let gaps = await storage.missing(manifest);
    let rest = bytesOf(gaps);
    const report = () => tell({ name: "saving", part: 1 - rest / all });
    /**
     * @param {ListedFile} file
     * @param {ArrayBuffer} body
     */
    const store = async ([, [hash, bytes, mediaType]], body) => {
      await storage.put(hash, body, mediaType, rest);
      rest -= bytes;
      report();
    };
    if (rest) report();
    const bundle = "DecompressionStream" in globalThis ? manifest.packs.core.bundle : null;
    const together = async () => {
      if (bundle) await downloadBundle(root, bundle, gaps, store);
      gaps = await storage.missing(manifest);
    };
    const isWorth = rest > all * ENOUGH;
    if (isWorth) await together();
    const error = await downloadEach(root, gaps, store);
    gaps = await storage.missing(manifest);
    const isChanged = error instanceof SaveError && error.reason === "damaged"; // hosts that change pages leave a bundle alone
    if (isChanged && !isWorth) await together();
    if (gaps.length) throw error ?? new SaveError("unable");
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
