// Saves the guide on the phone: asks the pointer, downloads what is missing, and only then makes it the active one.

import { download, got, hashOf, Trouble, unbundle } from "./download.js";
import { isForeign, isServed, register, SETTLING, unregister } from "./registration.js";

const FORMAT = 1;
const AT_ONCE = 4;
const ROUNDS = 3; // how often a save goes on with a build that was published meanwhile
const ENOUGH = 0.4; // part of all bytes that must be missing for a bundle to be worth its download
const CHECK_EVERY = 2 * 60 * 1000; // ms
const HOUR = 60 * 60 * 1000;
const PAUSE = 15 * 1000; // ms after a second failure; each further one makes it four times as long
const LONGEST = 6 * HOUR;

/** Whether this browser can keep a guide at all. */
export function canSave() {
  return isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && Boolean(globalThis.crypto?.subtle);
}

/**
 * The saved guide of one address. What it tells has a `name`: "none", "saving" (with the `part` that is there),
 * "saved", "newer" (than the open page), "outdated" (saved, but what was published since can't be had), "failed" or
 * "halted"; after a failure also what is known of it, as in Trouble.
 * @param {URL} root the guide's root, with a final slash
 */
export function savedGuide(root) {
  const prefix = `field-guide:${root.pathname}:`;
  const names = { files: `${prefix}files`, state: `${prefix}state` };
  const keyOf = (hash) => `${root.href}offline/files/${hash}`;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(prefix) : undefined;

  /** A small fact kept beside the files: "active", "trouble" or "seen", a pointer that is not followed yet. */
  async function recall(name) {
    const response = await caches.match(`${root.href}offline/${name}`, { cacheName: names.state });
    return response?.json();
  }

  async function remember(name, value) {
    const cache = await caches.open(names.state);
    const body = new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    await cache.put(`${root.href}offline/${name}`, body);
  }

  /** What is active: `{serial, date, manifest, previous, past, checked}`, or undefined; `past` is the serial before. */
  async function active() {
    const note = await recall("active");
    return note && (await manifestOf(note.manifest)) ? note : undefined;
  }

  async function manifestOf(hash) {
    const response = await caches.match(keyOf(hash), { cacheName: names.files });
    return response?.json();
  }

  /** The entries of a manifest that are not stored: `[path, [hash, bytes, type, pack]]`. */
  async function missing(manifest) {
    const cache = await caches.open(names.files);
    const keys = new Set((await cache.keys()).map((request) => request.url));
    return entriesOf(manifest).filter(([, [hash]]) => !keys.has(keyOf(hash)));
  }

  /** Whether the guide would open without a network: active, every file there, our own worker to answer. */
  async function isReady() {
    const note = await active();
    return Boolean(note) && !(await missing(await manifestOf(note.manifest))).length && (await isServed(root, note.manifest));
  }

  /** Whether it is time to ask for something newer: soon after the last answer and while a failure is recent it is not. */
  async function isDue() {
    const trouble = await recall("trouble");
    if (trouble) return !isRecent(trouble.asked, Math.min(pauseAfter(trouble), CHECK_EVERY));
    const note = await active();
    return !note || !isRecent(note.checked, CHECK_EVERY) || !(await isReady());
  }

  /**
   * Reads every file of the active guide and compares its hash. What is damaged is taken away, to be had again.
   * @returns {Promise<{done: number, all: number, bytes: number, date: string, checked: number} | undefined>}
   */
  async function verify() {
    const note = await active();
    if (!note) return undefined;
    const all = entriesOf(await manifestOf(note.manifest));
    const cache = await caches.open(names.files);
    let done = 0;
    for (const [, [hash]] of all) {
      const response = await cache.match(keyOf(hash));
      if (!response) continue;
      if ((await hashOf(await response.arrayBuffer())) === hash) done++;
      else await cache.delete(keyOf(hash));
    }
    return { done, all: all.length, bytes: bytesOf(all), date: note.date, checked: note.checked };
  }

  /**
   * Brings the saved guide up to date; one tab at a time. Every tab hears of the progress.
   * @param {boolean} isWanted whether somebody pressed for it: then no pause after a failure is kept
   */
  async function save(listen, isWanted = false) {
    const tell = (state) => {
      listen(state);
      channel?.postMessage(state);
    };
    const state = navigator.locks ? await alone(() => update(tell, isWanted)) : await update(tell, isWanted);
    if (state) tell(state);
  }

  /** Does some work while no other tab does; not at all when another tab was at it and left nothing to do. */
  async function alone(work) {
    const done = await navigator.locks.request(prefix, { ifAvailable: true }, (lock) => (lock ? work() : "busy"));
    if (done !== "busy") return done;
    return navigator.locks.request(prefix, async () => (await isDue()) && work()); // that tab may have been closed
  }

  /** The state that it ends in. A revision that failed is left alone for a while, however often the pointer names it. */
  async function update(tell, isWanted) {
    const before = await active();
    const last = await recall("trouble");
    let pointer;
    try {
      pointer = await readPointer();
      if (last?.sha256 === pointer.sha256 && !isWanted && isRecent(last.at, pauseAfter(last))) throw last;
      const name = await follow(pointer, before, tell);
      if (name !== "halted") await remember("trouble", null);
      return { name };
    } catch (error) {
      const trouble = { ...(error === last ? last : noted(error, last, pointer?.sha256)), asked: Date.now() };
      await remember("trouble", trouble).catch(() => {}); // perhaps no space
      return standing(trouble);
    }
  }

  /** The state as far as the phone knows, after the last trouble if there was one. */
  async function standing(trouble) {
    const note = await active();
    if (trouble?.reason === "full" || !(await isReady())) return { ...trouble, name: trouble ? "failed" : "none" };
    return { ...trouble, name: (trouble?.sha256 ?? note.manifest) === note.manifest ? "saved" : "outdated" };
  }

  /** Saves what a pointer names. When a build is published meanwhile, goes on with that one. */
  async function follow(pointer, before, tell, round = 1) {
    if (pointer.halt) {
      await clear();
      return "halted";
    }
    const registered = register(root).catch(() => {}); // whether that went well is asked at the end
    const isNewer = await isNews(pointer, before);
    const sha256 = isNewer ? pointer.sha256 : before.manifest;
    try {
      if (!(await manifestOf(sha256))) await keep(sha256, await download(root, pointer.manifest, sha256, pointer.bytes), "application/json");
      await fetchAll(await manifestOf(sha256), tell);
    } catch (error) {
      if (error.reason === "full" || round === ROUNDS) throw error;
      const again = await readPointer();
      if (again.sha256 === pointer.sha256 || again.serial < pointer.serial) throw error;
      return follow(again, before, tell, round + 1);
    }
    const { serial, date } = pointer;
    const note = isNewer ? { serial, date, manifest: sha256, previous: before?.manifest ?? null, past: before?.serial } : before;
    if (pointer.sha256 === sha256) note.serial = Math.max(note.serial, serial);
    note.checked = Date.now();
    await remember("active", note);
    await prune(note);
    await Promise.race([registered, new Promise((resolve) => setTimeout(resolve, SETTLING))]);
    if (!(await isServed(root, sha256))) throw await obstacle();
    return before && isNewer ? "newer" : "saved";
  }

  /**
   * Whether a pointer is to be followed: a later serial, or the same with other content. A pointer that leads back is
   * some old copy on the way, until it has been told for an hour and no other in between: then it was published.
   */
  async function isNews({ serial, sha256 }, before) {
    const isOther = sha256 !== before?.manifest;
    const isLater = !before || (sha256 === before.previous ? serial > Math.max(before.serial, before.past ?? 0) : serial >= before.serial);
    const seen = await recall("seen");
    const now = Date.now();
    const since = seen?.sha256 === sha256 && seen.since <= now ? seen.since : now;
    const isDecided = !isOther || isLater || now - since >= HOUR;
    if (!isDecided || seen) await remember("seen", isDecided ? null : { sha256, since });
    return isOther && isDecided;
  }

  /** Why no worker of ours answers: the host has none, somebody else's stands there, or the browser starts none. */
  async function obstacle() {
    const file = "sw.js";
    try {
      const type = await got(root, file, {}, 0, (response) => response.headers.get("content-type"));
      return new Trouble(!/script/.test(type) ? "damaged" : isForeign(root) ? "foreign" : "worker", { file });
    } catch (error) {
      return new Trouble(error.reason ?? "silent", { file, status: error.status });
    }
  }

  async function readPointer() {
    const text = new TextDecoder().decode(await download(root, "offline/current.json"));
    try {
      const pointer = JSON.parse(text);
      if (pointer.format === FORMAT && Number.isInteger(pointer.serial)) return pointer;
    } catch {
      // not ours: see below
    }
    throw new Trouble("portal");
  }

  /** Downloads what is missing of a manifest, and stores each file under its hash. */
  async function fetchAll(manifest, tell) {
    const all = bytesOf(entriesOf(manifest));
    let gaps = await missing(manifest);
    let rest = bytesOf(gaps);
    const store = async ([, [hash, bytes, type]], body) => {
      await keep(hash, body, type, rest);
      rest -= bytes;
      tell({ name: "saving", part: 1 - rest / all });
    };
    if (rest) tell({ name: "saving", part: 1 - rest / all });
    const { bundle } = manifest.packs.core;
    const canUnpack = bundle && "DecompressionStream" in globalThis;
    const together = async () => {
      const wanted = new Map(gaps.map((entry) => [entry[0], entry]));
      await unbundle(root, bundle, async (path, body) => {
        const entry = wanted.get(path);
        if (entry && (await hashOf(body)) === entry[1][0]) await store(entry, body);
      }).catch((error) => {
        if (error.reason === "full") throw error; // else the files come one by one
      });
      gaps = await missing(manifest);
    };
    const singly = async () => {
      const queue = gaps.values();
      const work = async () => {
        for (const entry of queue) await store(entry, await download(root, entry[0], entry[1][0], entry[1][1]));
      };
      const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
      gaps = await missing(manifest);
      return ends.find(({ status }) => status === "rejected")?.reason; // told only when no other file is on its way
    };
    const isWorth = canUnpack && rest > all * ENOUGH;
    if (isWorth) await together();
    const trouble = await singly();
    if (trouble?.reason === "damaged" && canUnpack && !isWorth) await together(); // hosts that change pages leave a bundle alone
    if (gaps.length) throw trouble;
  }

  async function keep(hash, body, type, missing = body.byteLength) {
    try {
      const cache = await caches.open(names.files);
      await cache.put(keyOf(hash), new Response(body, { headers: { "Content-Type": type, "Content-Length": body.byteLength } }));
    } catch (error) {
      throw new Trouble(/quota/i.test(error.name) ? "full" : "unable", { missing });
    }
  }

  /** Removes stored files that neither the active guide nor the one before it needs. */
  async function prune(note) {
    const needed = new Set();
    for (const hash of [note.manifest, note.previous].filter(Boolean)) {
      needed.add(keyOf(hash));
      for (const [, [file]] of entriesOf((await manifestOf(hash)) ?? { files: {} })) needed.add(keyOf(file));
    }
    const cache = await caches.open(names.files);
    for (const request of await cache.keys()) if (!needed.has(request.url)) await cache.delete(request);
  }

  /** Takes worker and caches of this guide off the phone. Nothing of another guide is touched. */
  async function clear() {
    await unregister(root);
    const found = await caches.keys();
    await Promise.all(found.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  }

  async function remove() {
    await clear();
    channel?.postMessage({ name: "none" });
  }

  /** The last trouble: `{reason, file, status, missing, sha256, tries, at, asked}`, or nothing. */
  const trouble = () => recall("trouble");

  /** Calls `listen` with what other tabs report. */
  const hear = (listen) => channel?.addEventListener("message", (event) => listen(event.data));

  /** What is known without asking anybody. */
  const state = async () => standing(await trouble());

  return { state, isDue, verify, save, remove, trouble, hear };
}

/** Whether a moment is less than a span away, to either side: a clock may have been set. */
function isRecent(moment, span) {
  return Math.abs(Date.now() - moment) < span;
}

/** How long a failure is left alone: the first not at all, every further one longer. */
function pauseAfter({ tries }) {
  return tries < 2 ? 0 : Math.min(PAUSE * 4 ** (tries - 2), LONGEST);
}

/** What is remembered of an error, with how often the same revision failed before. */
function noted({ reason = "unable", file, status, missing }, last, sha256) {
  const tries = last && last.sha256 === sha256 ? last.tries + 1 : 1;
  return { reason, file, status, missing, sha256, tries, at: Date.now() };
}

/** The entries of a manifest, each hash once. */
function entriesOf(manifest) {
  const unique = new Map(Object.entries(manifest.files).map(([path, entry]) => [entry[0], [path, entry]]));
  return [...unique.values()];
}

function bytesOf(entries) {
  return entries.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
}
