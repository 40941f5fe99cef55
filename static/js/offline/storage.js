// What is saved of the guide: its packs under their ids, manifests and single files under their hashes, and facts beside
// them. Only pages write here, by this module; the worker reads.

import { hashOf, SaveError } from "./download.js";
import { rightFiles } from "./packs.js";
import { bytesOf, filesOf } from "./protocol.js";

/** The storage of the guide at one address. */
export class GuideStorage {
  /** @param {URL} root the guide's root, with a final slash */
  constructor(root) {
    this.root = root;
    this.prefix = `field-guide:${root.pathname}:`; // other guides may live on the same host
    this.files = `${this.prefix}files`;
    this.state = `${this.prefix}state`;
  }

  /**
   * A fact kept beside the files.
   * @template {keyof Records} Name
   * @param {Name} name
   * @returns {Promise<Records[Name] | undefined>}
   */
  async get(name) {
    const response = await caches.match(`${this.root.href}offline/${name}`, { cacheName: this.state });
    return response?.json();
  }

  /**
   * @template {keyof Records} Name
   * @param {Name} name
   * @param {Records[Name]} value
   */
  async set(name, value) {
    const cache = await caches.open(this.state);
    const body = new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    await cache.put(`${this.root.href}offline/${name}`, body);
  }

  /** The revision that is active, where its manifest is there. */
  async active() {
    const active = await this.get("active");
    return active && (await this.manifest(active.manifest)) ? active : undefined;
  }

  /**
   * @param {string} hash
   * @returns {Promise<Manifest | Listing | undefined>}
   */
  async manifest(hash) {
    return (await this.file(hash))?.json();
  }

  /**
   * A stored file by its hash, or a pack by its id.
   * @param {string} hash
   */
  file(hash) {
    return caches.match(this.keyOf(hash), { cacheName: this.files });
  }

  /** The hashes and ids of all that is stored. */
  async held() {
    const cache = await caches.open(this.files);
    return new Set((await cache.keys()).map(({ url }) => url.slice(url.lastIndexOf("/") + 1)));
  }

  /**
   * Whether a pack is stored in its whole length. That its bytes are right was seen when it was stored; `verify` sees to
   * it again.
   * @param {Pack} pack
   */
  async holds({ id, bytes }) {
    const stored = await this.file(id);
    return (await stored?.blob())?.size === bytes;
  }

  /**
   * Stores a file or a pack. Its bytes have been checked.
   * @param {string} hash
   * @param {BufferSource} body
   * @param {string} mediaType
   * @param {number} [missing] bytes of all that is still to be stored
   * @returns {Promise<void>} rejects with SaveError
   */
  async put(hash, body, mediaType, missing = body.byteLength) {
    try {
      const cache = await caches.open(this.files);
      const headers = { "Content-Type": mediaType, "Content-Length": String(body.byteLength) };
      await cache.put(this.keyOf(hash), new Response(body, { headers }));
    } catch (error) {
      const isFull = error instanceof Error && /quota/i.test(error.name);
      throw new SaveError(isFull ? "full" : "unable", { missing });
    }
  }

  /**
   * Reads every file of the active guide and compares its hash. What is damaged is taken away, to be had again.
   * @returns how many files of how many are whole, and the bytes of all; undefined where nothing is active
   */
  async verify() {
    const active = await this.get("active");
    const manifest = active && (await this.manifest(active.manifest));
    if (!manifest) return undefined;
    const count = manifest.files ? await this.verifyFiles(manifest) : await this.verifyPacks(manifest);
    return { ...count, date: active.date, checked: active.checked };
  }

  /** @param {Manifest} manifest */
  async verifyPacks({ packs }) {
    const cache = await caches.open(this.files);
    let done = 0;
    for (const pack of packs) {
      const stored = await cache.match(this.keyOf(pack.id));
      if (!stored) continue;
      const right = await rightFiles(pack, new Uint8Array(await stored.arrayBuffer()));
      done += right.length;
      if (right.length < pack.files) await cache.delete(this.keyOf(pack.id));
    }
    const sum = (/** @type {(pack: Pack) => number} */ of) => packs.reduce((all, pack) => all + of(pack), 0);
    return { done, all: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes) };
  }

  /** @param {Listing} listing */
  async verifyFiles(listing) {
    const files = filesOf(listing);
    const cache = await caches.open(this.files);
    let done = 0;
    for (const [, [hash]] of files) {
      const response = await cache.match(this.keyOf(hash));
      if (!response) continue;
      if ((await hashOf(await response.arrayBuffer())) === hash) done++;
      else await cache.delete(this.keyOf(hash));
    }
    return { done, all: files.length, bytes: bytesOf(files) };
  }

  /**
   * Removes what neither the active guide nor the one before it needs.
   * @param {Active} active
   */
  async prune(active) {
    const needed = new Set();
    for (const hash of [active.manifest, active.previous]) {
      const manifest = hash && (await this.manifest(hash));
      if (!manifest) continue;
      needed.add(this.keyOf(hash));
      const parts = manifest.files ? filesOf(manifest).map(([, [file]]) => file) : manifest.packs.map(({ id }) => id);
      for (const part of parts) needed.add(this.keyOf(part));
    }
    const cache = await caches.open(this.files);
    for (const request of await cache.keys()) if (!needed.has(request.url)) await cache.delete(request);
  }

  /** Removes everything. Nothing of another guide is touched. */
  async clear() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(this.prefix)).map((name) => caches.delete(name)));
  }

  /** @param {string} hash */
  keyOf(hash) {
    return `${this.root.href}offline/files/${hash}`;
  }
}
