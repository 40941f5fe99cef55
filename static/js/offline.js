// Saves the guide on the phone: asks the pointer, downloads what is missing, and only then makes it the active one.

import { download, hashOf, Trouble, unbundle } from "./download.js";
import { isServed, register, SETTLING, unregister } from "./registration.js";

const FORMAT = 1;
const AT_ONCE = 4;
const ROUNDS = 3; // how often a save goes on with a build that was published meanwhile
const ENOUGH = 0.4; // part of all bytes that must be missing for a bundle to be worth its download
const CHECK_EVERY = 6 * 60 * 60 * 1000; // ms

/** Whether this browser can keep a guide at all. */
export function canSave() {
  return isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && Boolean(globalThis.crypto?.subtle);
}

/**
 * The saved guide of one address. What it tells has a `name`: "none", "saving" (with the `part` that is there),
 * "saved", "newer" (than the open page), "stopped", "blocked" (by a page that is not ours), "full" (with the bytes
 * `missing`), "halted" or "unable".
 * @param {URL} root the guide's root, with a final slash
 */
export function savedGuide(root) {
  const prefix = `field-guide:${root.pathname}:`;
  const names = { files: `${prefix}files`, state: `${prefix}state` };
  const keyOf = (hash) => `${root.href}offline/files/${hash}`;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(prefix) : undefined;

  /** A small fact kept beside the files: "active" or "trouble". */
  async function recall(name) {
    const response = await caches.match(`${root.href}offline/${name}`, { cacheName: names.state });
    return response?.json();
  }

  async function remember(name, value) {
    const cache = await caches.open(names.state);
    const body = new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    await cache.put(`${root.href}offline/${name}`, body);
  }

  /** What is active: `{serial, date, manifest, previous, checked}`, or undefined. */
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

  /** Whether the guide would open without a network: active, every file there, a worker to answer. */
  async function isReady() {
    const note = await active();
    return Boolean(note) && !(await missing(await manifestOf(note.manifest))).length && (await isServed(root));
  }

  /** Whether it is time to ask for something newer. */
  async function isDue() {
    const note = await active();
    return !note || !(Math.abs(Date.now() - note.checked) < CHECK_EVERY) || !(await isReady());
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

  /** Brings the saved guide up to date; one tab at a time. Every tab hears of the progress. */
  async function save(listen) {
    const tell = (state) => {
      listen(state);
      channel?.postMessage(state);
    };
    const state = navigator.locks ? await alone(() => update(tell)) : await update(tell);
    if (state) tell(state);
  }

  /** Does some work while no other tab does; not at all when another tab was at it and left nothing to do. */
  async function alone(work) {
    const done = await navigator.locks.request(prefix, { ifAvailable: true }, (lock) => (lock ? work() : "busy"));
    if (done !== "busy") return done;
    return navigator.locks.request(prefix, async () => (await isDue()) && work()); // that tab may have been closed
  }

  /** The state that it ends in. */
  async function update(tell) {
    const before = await active();
    try {
      const name = await follow(await readPointer(), before, tell);
      if (name !== "halted") await remember("trouble", null);
      return { name };
    } catch (error) {
      const { reason = "silent", file, status, missing } = error;
      await remember("trouble", { reason, file, status, missing, at: Date.now() }).catch(() => {}); // perhaps no space
      const name = { full: "full", portal: "blocked" }[reason] ?? "stopped";
      return { name: before && reason !== "full" && (await isReady()) ? "saved" : name, missing };
    }
  }

  /** Saves what a pointer names. When a build is published meanwhile, goes on with that one. */
  async function follow(pointer, before, tell, round = 1) {
    if (pointer.halt) {
      await clear();
      return "halted";
    }
    const registered = register(root).catch(() => {}); // whether that went well is asked at the end
    const isNewer = !before || pointer.serial > before.serial;
    const sha256 = isNewer ? pointer.sha256 : before.manifest;
    try {
      if (!(await manifestOf(sha256))) await keep(sha256, await download(root, pointer.manifest, sha256, pointer.bytes), "application/json");
      await fetchAll(await manifestOf(sha256), tell);
    } catch (error) {
      if (error.reason === "full" || round === ROUNDS) throw error;
      const again = await readPointer();
      if (again.serial <= pointer.serial) throw error;
      return follow(again, before, tell, round + 1);
    }
    const { serial, date } = isNewer ? pointer : before;
    const previous = isNewer ? (before?.manifest ?? null) : before.previous;
    const note = { serial, date, manifest: sha256, previous, checked: Date.now() };
    await remember("active", note);
    await prune(note);
    await Promise.race([registered, new Promise((resolve) => setTimeout(resolve, SETTLING))]);
    if (!(await isServed(root))) throw new Trouble("worker", { file: "sw.js" });
    return before && isNewer ? "newer" : "saved";
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
    if (bundle && rest > all * ENOUGH && "DecompressionStream" in globalThis) {
      const wanted = new Map(gaps.map((entry) => [entry[0], entry]));
      await unbundle(root, bundle, async (path, body) => {
        const entry = wanted.get(path);
        if (entry && (await hashOf(body)) === entry[1][0]) await store(entry, body);
      }).catch((error) => {
        if (error.reason === "full") throw error; // else the files come one by one
      });
      gaps = await missing(manifest);
    }
    const queue = gaps.values();
    const work = async () => {
      for (const entry of queue) await store(entry, await download(root, entry[0], entry[1][0], entry[1][1]));
    };
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const failed = ends.find(({ status }) => status === "rejected"); // told only when no other file is on its way
    if (failed) throw failed.reason;
  }

  async function keep(hash, body, type, missing = body.byteLength) {
    try {
      const cache = await caches.open(names.files);
      await cache.put(keyOf(hash), new Response(body, { headers: { "Content-Type": type, "Content-Length": body.byteLength } }));
    } catch {
      throw new Trouble("full", { missing });
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

  /** The last trouble: `{reason, file, status, missing, at}`, or nothing. */
  const trouble = () => recall("trouble");

  /** Calls `listen` with what other tabs report. */
  const hear = (listen) => channel?.addEventListener("message", (event) => listen(event.data));

  return { isReady, isDue, verify, save, remove, trouble, hear };
}

/** The entries of a manifest, each hash once. */
function entriesOf(manifest) {
  const unique = new Map(Object.entries(manifest.files).map(([path, entry]) => [entry[0], [path, entry]]));
  return [...unique.values()];
}

function bytesOf(entries) {
  return entries.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
}
