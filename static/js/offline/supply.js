// Brings what a pointer names onto the phone, each pack by the way that costs the reader least: made from the pack before
// it, whole, or file by file.

import { download, downloadEach, downloadPacked, hashOf, isFull, SaveError } from "./download.js";
import { assembled, filesOfHead, isWhole, patched, rightFiles } from "./packs.js";
import { bytesOf, filesOf, revisionOf } from "./protocol.js";

const ENOUGH = 0.4; // part of a pack's bytes that may be missing for its files to come one by one
const PACKED = "application/octet-stream";
const WHOLE = 64; // digits of a whole hash; ids of packs are shorter

/** What the host has, for one revision. */
export class Supply {
  /**
   * @param {URL} root
   * @param {import("./storage.js").GuideStorage} storage
   * @param {Pointer} pointer
   * @param {string[]} known hashes of the manifests and lists that the phone may have
   */
  constructor(root, storage, pointer, known) {
    this.root = root;
    this.storage = storage;
    this.pointer = pointer;
    this.known = known;
    this.line = Promise.resolve(); // of those that download single files
    this.own = ""; // the hash of the manifest that is to become active
  }

  /**
   * The manifest that is to become active; downloaded where it is not stored.
   * @param {string} sha256
   */
  manifest(sha256) {
    this.own = sha256;
    return this.named({ ...revisionOf(this.pointer), sha256 });
  }

  /**
   * A manifest or a list, stored under its hash.
   * @param {Named} file
   */
  async named({ path, sha256, bytes }) {
    if (!(await this.storage.file(sha256))) {
      const early = new TextEncoder().encode(this.pointer.text);
      const isThere = (await hashOf(early)) === sha256;
      const body = isThere ? early : await download(this.root, path, sha256, bytes);
      await this.storage.put(sha256, body, "application/json");
    }
    const found = await this.storage.manifest(sha256);
    if (!found) throw new SaveError("unable");
    return found;
  }

  /**
   * Packs, two at a time.
   * @param {Pack[]} packs
   * @param {(part: number) => void} listen hears how much of what was missing is there
   * @returns {Promise<void>} rejects with SaveError
   */
  async packs(packs, listen) {
    const held = await this.storage.held();
    const missing = [];
    for (const pack of packs) if (!(await this.storage.holds(pack))) missing.push(pack);
    const all = missing.reduce((sum, { size = 0 }) => sum + size, 1);
    const parts = missing.map(() => 0);
    const queue = missing.entries();
    const work = async () => {
      for (const [at, pack] of queue) {
        await this.pack(pack, held, (part) => {
          parts[at] = part * (pack.size ?? 0);
          listen(parts.reduce((sum, one) => sum + one) / all);
        });
      }
    };
    if (missing.length) listen(0);
    const ends = await Promise.allSettled([work(), work()]);
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  }

  /**
   * @param {Pack} pack
   * @param {Set<string>} held hashes and ids of what is stored
   * @param {(part: number) => void} listen
   */
  async pack(pack, held, listen) {
    if (await this.isLed(pack, held)) return;
    if (pack.lines !== undefined) return this.gather(pack, pack.lines, held);
    let trouble;
    try {
      if (await this.isJoined(pack, held, ENOUGH, listen)) return;
    } catch (error) {
      if (isFull(error)) throw error;
      trouble = error; // the whole pack may come all the same
    }
    const error = await this.take(pack, held, listen);
    if (!error) return;
    if (trouble) throw trouble;
    if (!(await this.isJoined(pack, held, 1, listen))) throw error;
  }

  /**
   * Downloads a whole pack. Where it is not whole, what is right of it is kept.
   * @param {Pack} pack
   * @param {Set<string>} held
   * @param {(part: number) => void} listen
   * @returns {Promise<SaveError | undefined>}
   */
  async take(pack, held, listen) {
    const { path = "", size = 0 } = pack;
    let came = 0;
    const hear = (/** @type {number} */ length) => listen(Math.min((came += length) / size, 1));
    const { bytes, error } = await downloadPacked(this.root, { path, size, bytes: pack.bytes }, hear);
    if (await this.isStored(pack, bytes)) return undefined;
    for (const { sha256, begin, end } of await rightFiles(pack, bytes)) {
      await this.storage.put(sha256, bytes.slice(begin, end), PACKED);
      held.add(sha256);
    }
    return error ?? new SaveError("damaged", { file: path });
  }

  /**
   * Gathers what the page has loaded by itself: it is stored singly, or the browser's own cache has it, as a rule.
   * @param {Pack} pack
   * @param {string} lines its head
   * @param {Set<string>} held
   */
  async gather(pack, lines, held) {
    const files = filesOfHead(lines, pack.head);
    const load = async (/** @type {PackedFile} */ { path, begin, end, hash }) => {
      const stored = [...held].find((one) => one.length === WHOLE && one.startsWith(hash)) ?? "";
      const bytes = await this.single(stored);
      if ((await hashOf(bytes)) === stored) return bytes;
      return new Uint8Array(await download(this.root, path, hash, end - begin, "default"));
    };
    const bytes = assembled(pack, lines, await Promise.all(files.map(load)));
    if (!(await this.isStored(pack, bytes))) throw new SaveError("damaged", { file: files[0].path });
  }

  /**
   * Makes a pack by differences from one that is stored; whether that went well.
   * @param {Pack} pack
   * @param {Set<string>} held
   */
  async isLed(pack, held) {
    const at = pack.steps.map(({ from }) => held.has(from)).lastIndexOf(true);
    const stored = at < 0 ? undefined : await this.storage.file(pack.steps[at].from);
    if (!stored) return false;
    try {
      let bytes = new Uint8Array(await stored.arrayBuffer());
      for (const step of pack.steps.slice(at)) {
        bytes = patched(bytes, (await downloadPacked(this.root, step, () => {})).bytes);
      }
      return await this.isStored(pack, bytes);
    } catch (error) {
      if (isFull(error)) throw error;
      return false; // what is stored or what came is damaged
    }
  }

  /**
   * Stores a pack where it is whole; whether it is.
   * @param {Pack} pack
   * @param {Uint8Array<ArrayBuffer> | undefined} bytes
   */
  async isStored(pack, bytes) {
    if (!bytes || !(await isWhole(pack, bytes))) return false;
    await this.storage.put(pack.id, bytes, PACKED, pack.bytes);
    return true;
  }

  /**
   * Joins a pack from what is stored of its files, singly or in the pack before it, and from those that are missing. Not
   * tried where nothing is stored or where more is missing than `most`, a part of all its bytes. Whether it is stored then.
   * @param {Pack} pack
   * @param {Set<string>} held
   * @param {number} most
   * @param {(part: number) => void} listen
   * @returns {Promise<boolean>} rejects with SaveError where a file can't be had
   */
  async isJoined(pack, held, most, listen) {
    const stock = await this.stock(pack);
    if (most < 1 && !stock.size && !this.hasSingles(held)) return false;
    const { pointer } = this;
    const listing = await this.named({ ...pointer, path: pointer.manifest });
    const files = Object.entries(listing.files ?? {}).filter(([, entry]) => entry[3] === pack.id);
    const missing = files.filter(([, [hash]]) => !held.has(hash) && !stock.has(hash));
    if (!files.length || bytesOf(missing) > most * pack.bytes) return false;
    await this.singles(missing, held, (rest) => listen(1 - rest / pack.bytes));
    const bodies = [];
    for (const [, [hash]] of files) bodies.push(stock.get(hash) ?? (await this.single(hash)));
    const head = files.map(([path, [hash, bytes]]) => `${path}\t${bytes}\t${hash.slice(0, pack.id.length)}\n`);
    return this.isStored(pack, assembled(pack, head.join(""), bodies));
  }

  /**
   * The files of stored packs of the same name, by their hashes.
   * @param {Pack} pack
   * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>}
   */
  async stock(pack) {
    const stock = new Map();
    for (const hash of this.known.filter((one) => one !== this.own)) {
      const manifest = await this.storage.manifest(hash);
      const formers = manifest?.files ? [] : (manifest?.packs ?? []);
      for (const former of formers.filter(({ name }) => name === pack.name)) {
        const bytes = await this.single(former.id);
        for (const { sha256, begin, end } of await rightFiles(former, bytes))
          stock.set(sha256, bytes.subarray(begin, end));
      }
    }
    return stock;
  }

  /**
   * The bytes of a stored file or pack; none where it is gone.
   * @param {string} hash
   */
  async single(hash) {
    const stored = await this.storage.file(hash);
    return new Uint8Array(stored ? await stored.arrayBuffer() : []);
  }

  /**
   * Whether anything is stored but packs, manifests and lists.
   * @param {Set<string>} held
   */
  hasSingles(held) {
    const known = new Set([this.pointer.sha256, ...this.known]);
    return [...held].some((hash) => hash.length === WHOLE && !known.has(hash));
  }

  /**
   * All files of a list, where a build has no packs.
   * @param {Listing} listing
   * @param {(part: number) => void} listen
   */
  async files(listing, listen) {
    const held = await this.storage.held();
    const files = filesOf(listing);
    const missing = files.filter(([, [hash]]) => !held.has(hash));
    const all = bytesOf(files);
    await this.singles(missing, held, (rest) => listen(1 - rest / all));
  }

  /**
   * Downloads and stores single files, those of one pack before those of another.
   * @param {ListedFile[]} files
   * @param {Set<string>} held
   * @param {(rest: number) => void} listen hears how many bytes are still missing
   * @returns {Promise<void>} rejects with SaveError when all others are there
   */
  async singles(files, held, listen) {
    const work = this.line.then(() => this.each(files, held, listen));
    this.line = work.catch(() => {});
    return work;
  }

  /**
   * @param {ListedFile[]} files
   * @param {Set<string>} held
   * @param {(rest: number) => void} listen
   */
  async each(files, held, listen) {
    let rest = bytesOf(files);
    if (rest) listen(rest);
    const error = await downloadEach(this.root, files, async ([, [hash, bytes, mediaType]], body) => {
      await this.storage.put(hash, body, mediaType, rest);
      held.add(hash);
      rest -= bytes;
      listen(rest);
    });
    if (error) throw error;
  }
}
