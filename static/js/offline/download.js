// Gets files of the guide and believes nothing: only bytes of the expected length and hash are handed on.

import { turn } from "../dom.js";
import { LzmaStream } from "./lzma.js";

/** @type {RequestCache[]} */
const AGAIN = ["reload", "reload"]; // how further tries treat the browser's own cache
const PATIENCE = 8000; // ms for the smallest file
const SLOWEST = 4; // bytes a millisecond: what is slower than this is taken for silence
const AT_ONCE = 4;
const PORTION = 32768; // bytes that are unpacked before anybody looks at the clock
const TURN = 10; // ms after which the page gets its turn

/** Why the guide could not be saved. */
export class SaveError extends Error {
  /**
   * @param {Reason} reason
   * @param {Circumstances} [more]
   */
  constructor(reason, { file, status, missing } = {}) {
    super(reason);
    this.reason = reason;
    this.file = file;
    this.status = status;
    this.missing = missing;
  }

  /**
   * An error of any kind as one of these.
   * @param {unknown} error
   * @param {Reason} reason of those that tell none
   */
  static from(error, reason) {
    return error instanceof SaveError ? error : new SaveError(reason);
  }
}

/**
 * One file, at most three tries. Without a hash it is whatever the network says.
 * @param {URL} root the guide's root
 * @param {string} path
 * @param {string} [hash] or its beginning
 * @param {number} [bytes]
 * @param {RequestCache} [first] how the first try treats the browser's own cache
 * @returns {Promise<ArrayBuffer>} rejects with SaveError
 */
export async function download(root, path, hash, bytes = 0, first = "no-cache") {
  for (let attempt = 0; ; attempt++) {
    try {
      const address = path + (attempt < 2 ? "" : `?again=${Math.random()}`);
      const cache = hash ? [first, ...AGAIN][attempt] : "no-store"; // nothing would tell an old copy of the pointer
      const redirect = hash ? "follow" : "manual"; // the hash tells whether it led to the file
      const body = await request(root, address, { cache, redirect }, bytes, (response) => response.arrayBuffer());
      if (hash && (body.byteLength !== bytes || !(await hashOf(body)).startsWith(hash))) throw new SaveError("damaged");
      return body;
    } catch (error) {
      const { reason, status } = SaveError.from(error, "silent");
      if (attempt === AGAIN.length) throw new SaveError(reason, { file: path, status });
      await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt * (0.5 + Math.random())));
    }
  }
}

/**
 * An answer of the network, read by `read` before its time is over.
 * @template T
 * @param {URL} root
 * @param {string} path
 * @param {RequestInit} how
 * @param {number} bytes that are expected
 * @param {(response: Response) => T | Promise<T>} read
 */
export async function request(root, path, how, bytes, read) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE + bytes / SLOWEST);
  const headers = { "x-field-guide": "save" };
  try {
    const response = await fetch(new URL(path, root), { ...how, credentials: "omit", signal: control.signal, headers });
    if (response.type === "opaqueredirect") throw new SaveError("portal");
    if (response.status !== 200) throw new SaveError("refused", { status: response.status });
    return await read(response);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Files one by one, a few at once.
 * @param {URL} root
 * @param {ListedFile[]} files
 * @param {(file: ListedFile, body: ArrayBuffer) => Promise<void>} store
 * @returns {Promise<unknown>} the first error, told only when no other file is on its way
 */
export async function downloadEach(root, files, store) {
  const queue = files.values();
  const work = async () => {
    for (const file of queue) await store(file, await download(root, file[0], file[1][0], file[1][1]));
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = ends.find((end) => end.status === "rejected");
  return failed?.reason;
}

/**
 * What can be unpacked of a packed file, one try. The bytes have still to be checked.
 * @param {URL} root
 * @param {Download} file
 * @param {(bytes: number) => void} listen hears of each part that came
 * @returns all of it, or the beginning that came and why no more did
 */
export async function downloadPacked(root, { path, size, bytes }, listen) {
  const stream = new LzmaStream(bytes);
  const rest = turns();
  let error;
  const unpack = async () => {
    while (stream.work(PORTION)) await rest();
  };
  try {
    await request(root, path, { cache: "no-cache" }, size, async (response) => {
      for await (const part of partsOf(response)) {
        stream.push(part);
        await unpack();
        listen(part.length);
      }
      stream.end();
      await unpack();
    });
  } catch (failure) {
    const { reason, status } = SaveError.from(failure, "silent");
    error = new SaveError(reason, { file: path, status });
  }
  return { bytes: stream.out.subarray(0, stream.made), error };
}

/**
 * The body of an answer, part by part.
 * @param {Response} response
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void>}
 */
async function* partsOf(response) {
  const reader = response.body?.getReader();
  if (!reader) return yield new Uint8Array(await response.arrayBuffer());
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** What lets the page have its turn when work has lasted for a while. */
function turns() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN) return;
    await turn();
    since = performance.now();
  };
}

/**
 * Whether an error says that the phone has no space left.
 * @param {unknown} error
 */
export function isFull(error) {
  return error instanceof SaveError && error.reason === "full";
}

/**
 * SHA-256 of bytes, in hexadecimal.
 * @param {BufferSource} body
 */
export async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
