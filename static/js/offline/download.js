// Gets files of the guide and believes nothing: only bytes of the expected length and hash are handed on.

/** @type {RequestCache[]} */
const TRIES = ["no-cache", "reload", "reload"]; // how each try treats the browser's own cache
const PATIENCE = 8000; // ms for the smallest file
const SLOWEST = 4; // bytes a millisecond: what is slower than this is taken for silence
const AT_ONCE = 4;

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
 * @param {string} [hash]
 * @param {number} [bytes]
 * @returns {Promise<ArrayBuffer>} rejects with SaveError
 */
export async function download(root, path, hash, bytes = 0) {
  for (let attempt = 0; ; attempt++) {
    try {
      const address = path + (attempt < 2 ? "" : `?again=${Math.random()}`);
      const cache = hash ? TRIES[attempt] : "no-store"; // nothing would tell an old copy of the pointer
      const redirect = hash ? "follow" : "manual"; // the hash tells whether it led to the file
      const body = await request(root, address, { cache, redirect }, bytes, (response) => response.arrayBuffer());
      if (hash && (body.byteLength !== bytes || (await hashOf(body)) !== hash)) throw new SaveError("damaged");
      return body;
    } catch (error) {
      const { reason, status } = SaveError.from(error, "silent");
      if (attempt + 1 === TRIES.length) throw new SaveError(reason, { file: path, status });
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
 * Files out of a bundle, one try: those that come whole and are wanted. Only lack of space is an error.
 * @param {URL} root
 * @param {Bundle} bundle
 * @param {ListedFile[]} files
 * @param {(file: ListedFile, body: ArrayBuffer) => Promise<void>} store
 */
export async function downloadBundle(root, { path, bytes }, files, store) {
  const wanted = new Map(files.map((file) => [file[0], file]));
  try {
    await request(root, path, { cache: "no-cache" }, bytes, ({ body }) => {
      if (!body) throw new SaveError("silent");
      return unpack(body.pipeThrough(new DecompressionStream("gzip")), async (name, content) => {
        const file = wanted.get(name);
        if (file && (await hashOf(content)) === file[1][0]) await store(file, content);
      });
    });
  } catch (error) {
    if (isFull(error)) throw error;
  }
}

/**
 * Whether an error says that the phone has no space left.
 * @param {unknown} error
 */
export function isFull(error) {
  return error instanceof SaveError && error.reason === "full";
}

/**
 * Unpacks a bundle, whose format is told in guide/publish/bundles.py, while it comes.
 * @param {ReadableStream<Uint8Array>} stream without its gzip
 * @param {(path: string, body: ArrayBuffer) => Promise<void>} keep
 */
export async function unpack(stream, keep) {
  const reader = new StreamReader(stream);
  const text = new Uint8Array(Number(await reader.line()));
  /** @type {string[][]} */
  const files = [];
  for (let line = await reader.line(); line; line = await reader.line()) files.push(line.split(" "));
  let end = 0; // of the text so far
  let next = 0; // where a copy goes on from the one before
  for (const [path, ...numbers] of files) {
    const begin = end;
    const steps = numbers.map((number) => parseInt(number, 36));
    for (let at = 0; at < steps.length; at += 3) {
      const [fresh, length, ahead] = steps.slice(at, at + 3);
      text.set(await reader.bytes(fresh), end);
      end += fresh;
      if (length === undefined) break;
      next += fresh + ahead;
      text.copyWithin(end, next, next + length);
      end += length;
      next += length;
    }
    await keep(path, text.slice(begin, end).buffer);
  }
}

/** Reads a stream by lines and by lengths. */
class StreamReader {
  /** @param {ReadableStream<Uint8Array>} stream */
  constructor(stream) {
    this.source = stream.getReader();
    this.rest = new Uint8Array();
  }

  async line() {
    let end;
    while ((end = this.rest.indexOf(10)) < 0) await this.more();
    const line = new TextDecoder().decode(this.take(end));
    this.take(1);
    return line;
  }

  /** @param {number} length */
  async bytes(length) {
    while (this.rest.length < length) await this.more();
    return this.take(length);
  }

  /** @param {number} length */
  take(length) {
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  async more() {
    const { done, value } = await this.source.read();
    if (done) throw new SaveError("silent");
    const both = new Uint8Array(this.rest.length + value.length);
    both.set(this.rest);
    both.set(value, this.rest.length);
    this.rest = both;
  }
}

/**
 * SHA-256 of bytes, in hexadecimal.
 * @param {ArrayBuffer} body
 */
export async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
