// Packs: what they hold, and how one is made from another. guide/publish/packs.py tells their form.

import { hashOf } from "./download.js";

/**
 * The files of a pack by its head, each with where it begins and ends.
 * @param {Pack} pack
 * @param {Uint8Array<ArrayBuffer>} bytes of the pack
 * @returns {PackedFile[]}
 */
export function filesIn(pack, bytes) {
  return filesOfHead(new TextDecoder().decode(bytes.subarray(0, pack.head)), pack.head);
}

/**
 * @param {string} text of a head
 * @param {number} head its length in bytes
 * @returns {PackedFile[]}
 */
export function filesOfHead(text, head) {
  const lines = text.split("\n").slice(0, -1);
  let end = head;
  return lines.map((line) => {
    const [path, length, hash] = line.split("\t");
    const begin = end;
    end += Number(length);
    return { path, begin, end, hash };
  });
}

/**
 * The files of a pack whose bytes are right, with their whole hashes.
 * @param {Pack} pack
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function rightFiles(pack, bytes) {
  const head = bytes.subarray(0, pack.head);
  if (!(await hashOf(head)).startsWith(pack.id)) return [];
  const right = [];
  for (const file of filesIn(pack, bytes)) {
    const sha256 = file.end <= bytes.length ? await hashOf(bytes.subarray(file.begin, file.end)) : "";
    if (sha256.startsWith(file.hash)) right.push({ ...file, sha256 });
  }
  return right;
}

/**
 * Whether bytes are a whole pack, file by file.
 * @param {Pack} pack
 * @param {Uint8Array<ArrayBuffer> | undefined} bytes
 */
export async function isWhole(pack, bytes) {
  return bytes?.length === pack.bytes && (await rightFiles(pack, bytes)).length === pack.files;
}

/**
 * A pack put together from its head and its files; undefined where they are too long.
 * @param {Pack} pack
 * @param {string} head
 * @param {Uint8Array<ArrayBuffer>[]} bodies in their order
 */
export function assembled(pack, head, bodies) {
  const bytes = new Uint8Array(pack.bytes);
  let end = 0;
  for (const part of [new TextEncoder().encode(head), ...bodies]) {
    if (end + part.length > bytes.length) return undefined;
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/**
 * A pack made from the one before it.
 * @param {Uint8Array<ArrayBuffer>} former
 * @param {Uint8Array<ArrayBuffer>} difference
 */
export function patched(former, difference) {
  const line = difference.indexOf(10);
  const steps = new TextDecoder().decode(difference.subarray(0, line)).split(" ").map(Number);
  const [copies, size] = [0, 1].map((first) =>
    steps.filter((_, at) => at % 3 <= first).reduce((sum, one) => sum + one, 0),
  );
  if (line + 1 + size !== difference.length) throw new RangeError(); // damaged numbers may ask for any size
  const bytes = new Uint8Array(size);
  let sums = line + 1; // where the bytes to add go on
  let news = sums + copies; // where the new bytes go on
  let place = 0; // in the former pack
  let end = 0;
  for (let at = 0; at < steps.length; at += 3) {
    const [copied, fresh, jump] = steps.slice(at, at + 3);
    for (let nth = 0; nth < copied; nth++) bytes[end + nth] = former[place + nth] + difference[sums + nth];
    bytes.set(difference.subarray(news, news + fresh), end + copied);
    end += copied + fresh;
    sums += copied;
    news += fresh;
    place += copied + jump;
  }
  return bytes;
}
