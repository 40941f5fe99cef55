// Saves the guide on the phone: asks the pointer, downloads, checks every hash, and only then makes it the active one.

const FORMAT = 1;
const AT_ONCE = 4;
const TRIES = ["no-cache", "reload", "reload"]; // how each try treats the browser's own cache
const CHECK_EVERY = 6 * 60 * 60 * 1000; // ms
const DEADLINE = 20_000; // ms for the smallest file; larger ones get more

let policy; // one for the page: a second one of the same name is refused

/** Something that stops saving: `reason` is "stopped" (network) or "full" (no space). */
class SaveError extends Error {
  constructor(reason, options) {
    super(reason, options);
    this.reason = reason;
  }
}

/** Whether this browser can keep a guide at all. */
export function canSave() {
  return isSecureContext && "serviceWorker" in navigator && "caches" in globalThis && Boolean(crypto.subtle);
}

/**
 * The saved guide of one address.
 * @param {URL} root the guide's root, with a final slash
 */
export function savedGuide(root) {
  const prefix = `field-guide:${root.pathname}:`;
  const names = { files: `${prefix}files`, state: `${prefix}state` };
  const keyOf = (hash) => `${root.href}offline/files/${hash}`;
  const activeKey = `${root.href}offline/active`;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(prefix) : undefined;

  /** Registers the worker. Trusted Types let only this one address through. */
  async function register() {
    const address = new URL("sw.js", root).href;
    policy ??= globalThis.trustedTypes?.createPolicy("fg-sw", {
      createScriptURL(url) {
        if (url !== address) throw new TypeError(url);
        return url;
      },
    });
    await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address, { scope: root.pathname });
  }

  /** What is active: `{serial, manifest, previous, checked}`, or undefined. */
  async function active() {
    const note = await caches.match(activeKey, { cacheName: names.state });
    const found = note && (await note.json());
    return found && (await caches.match(keyOf(found.manifest), { cacheName: names.files })) ? found : undefined;
  }

  async function setActive(note) {
    const cache = await caches.open(names.state);
    await cache.put(activeKey, new Response(JSON.stringify(note), { headers: { "Content-Type": "application/json" } }));
  }

  async function manifestOf(hash) {
    const response = await caches.match(keyOf(hash), { cacheName: names.files });
    return response ? response.json() : undefined;
  }

  /** Whether it is time to ask for something newer. */
  async function isDue() {
    const note = await active();
    return !note || !(Math.abs(Date.now() - note.checked) < CHECK_EVERY) || (await missing(note)).length > 0;
  }

  /** The entries of the active guide that are not stored: `[path, [hash, bytes, type, pack]]`. */
  async function missing(note) {
    const manifest = await manifestOf(note.manifest);
    const cache = await caches.open(names.files);
    const keys = new Set((await cache.keys()).map((request) => request.url));
    return entriesOf(manifest).filter(([, [hash]]) => !keys.has(keyOf(hash)));
  }

  /** How many files of the active guide are stored: `{done, all, bytes}`, or undefined when none is active. */
  async function count() {
    const note = await active();
    if (!note) return undefined;
    const all = entriesOf(await manifestOf(note.manifest));
    const gaps = await missing(note);
    return { done: all.length - gaps.length, all: all.length, bytes: all.reduce((sum, [, [, bytes]]) => sum + bytes, 0) };
  }

  /** Brings the saved guide up to date; one tab at a time. Every tab hears of the progress. */
  async function save(listen) {
    const tell = (state) => {
      listen(state);
      channel?.postMessage(state);
    };
    if (!navigator.locks) return update(tell);
    const busy = await navigator.locks.request(prefix, { ifAvailable: true }, (lock) => (lock ? update(tell) : "busy"));
    if (busy) await navigator.locks.request(prefix, async () => (await isDue()) && update(tell)); // that tab may be closed
  }

  async function update(tell) {
    const before = await active();
    try {
      const pointer = await readPointer();
      if (before && pointer.serial <= before.serial) {
        await fetchAll(await missing(before), await manifestOf(before.manifest), tell);
        await setActive({ ...before, checked: Date.now() });
        return tell({ name: "saved" });
      }
      if (!(await manifestOf(pointer.sha256))) {
        const body = await download(pointer.manifest, pointer.sha256, pointer.bytes);
        await keep(pointer.sha256, body, "application/json");
      }
      const manifest = await manifestOf(pointer.sha256);
      const next = { serial: pointer.serial, manifest: pointer.sha256, previous: before?.manifest ?? null, checked: Date.now() };
      await fetchAll(await missing(next), manifest, tell);
      await setActive(next);
      await prune(next);
      return tell({ name: before ? "newer" : "saved" });
    } catch (error) {
      const reason = error instanceof SaveError ? error.reason : "stopped";
      return tell({ name: before && reason === "stopped" ? "saved" : reason });
    }
  }

  async function readPointer() {
    const pointer = JSON.parse(new TextDecoder().decode(await download("offline/current.json")));
    if (pointer.format !== FORMAT || !Number.isInteger(pointer.serial)) throw new SaveError("stopped");
    return pointer;
  }

  /** Downloads entries, a few at once, and stores each under its hash. */
  async function fetchAll(entries, manifest, tell) {
    const total = entriesOf(manifest).reduce((sum, [, [, bytes]]) => sum + bytes, 0);
    let done = total - entries.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
    const queue = entries.values();
    const work = async () => {
      for (const [path, [hash, bytes, type]] of queue) {
        await keep(hash, await download(path, hash, bytes), type);
        done += bytes;
        tell({ name: "saving", part: done / total });
      }
    };
    if (entries.length) tell({ name: "saving", part: done / total });
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const failed = ends.find(({ status }) => status === "rejected"); // told only when no other file is on its way
    if (failed) throw failed.reason;
  }

  async function keep(hash, body, type) {
    try {
      const cache = await caches.open(names.files);
      await cache.put(keyOf(hash), new Response(body, { headers: { "Content-Type": type, "Content-Length": body.byteLength } }));
    } catch (error) {
      throw new SaveError("full", { cause: error });
    }
  }

  /** One file, at most three tries. Its length and hash must be the expected ones, where they are known. */
  async function download(path, hash, bytes = 0) {
    let last;
    for (const [attempt, cache] of TRIES.entries()) {
      try {
        return await tryDownload(new URL(attempt < 2 ? path : `${path}?again=${Math.random()}`, root), cache, hash, bytes);
      } catch (error) {
        last = error;
        if (attempt + 1 < TRIES.length) await pause(300 * 3 ** attempt * (0.5 + Math.random()));
      }
    }
    throw new SaveError("stopped", { cause: last });
  }

  async function tryDownload(address, cache, hash, bytes) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), DEADLINE + bytes / 10);
    try {
      const response = await fetch(address, {
        cache, redirect: "error", credentials: "omit", signal: control.signal, headers: { "x-field-guide": "save" },
      });
      if (response.status !== 200) throw new Error(String(response.status));
      const body = await response.arrayBuffer();
      if (hash && (body.byteLength !== bytes || (await hashOf(body)) !== hash)) throw new Error("mismatch");
      return body;
    } finally {
      clearTimeout(timer);
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

  /** Takes the saved guide off this phone. Nothing of another guide is touched. */
  async function remove() {
    const registration = await navigator.serviceWorker.getRegistration(root.href);
    await registration?.unregister();
    const found = await caches.keys();
    await Promise.all(found.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
    channel?.postMessage({ name: "none" });
  }

  /** Calls `listen` with what other tabs report. */
  function hear(listen) {
    channel?.addEventListener("message", (event) => listen(event.data));
  }

  return { register, active, isDue, count, save, remove, hear };
}

function entriesOf(manifest) {
  const unique = new Map(Object.entries(manifest.files).map(([path, entry]) => [entry[0], [path, entry]]));
  return [...unique.values()];
}

async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
