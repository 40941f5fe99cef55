// Gets files of the guide and believes nothing: only bytes of the expected length and hash are handed on.

const TRIES = ["no-cache", "reload", "reload"]; // how each try treats the browser's own cache
const PATIENCE = 8000; // ms for the smallest file
const SLOWEST = 4; // bytes a millisecond: what is slower than this is taken for silence

/**
 * Why the guide could not be saved. `reason` is "silent" (no answer, or none to its end), "refused" (an answer with an
 * error, in `status`), "portal" (something that is not the guide), "damaged" (other bytes), "full" (no space),
 * "worker" (every file is here, but the browser did not start the worker) or "foreign" (another worker stands there).
 */
export class Trouble extends Error {
  constructor(reason, more = {}) {
    super(reason);
    Object.assign(this, { reason, ...more });
  }
}

/**
 * One file, at most three tries. Without a hash it is whatever the network says.
 * @param {URL} root the guide's root
 * @returns {Promise<ArrayBuffer>} rejects with Trouble
 */
export async function download(root, path, hash, bytes = 0) {
  for (let attempt = 0; ; attempt++) {
    try {
      const cache = hash ? TRIES[attempt] : "no-store"; // nothing would tell an old copy of the pointer
      const redirect = hash ? "follow" : "manual"; // the hash tells whether it led to the file
      const body = await got(root, path + (attempt < 2 ? "" : `?again=${Math.random()}`), { cache, redirect }, bytes, (response) => response.arrayBuffer());
      if (hash && (body.byteLength !== bytes || (await hashOf(body)) !== hash)) throw new Trouble("damaged");
      return body;
    } catch (error) {
      if (attempt + 1 === TRIES.length) throw new Trouble(error.reason ?? "silent", { file: path, status: error.status });
      await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** An answer of the network, read by `read` before its time is over. */
export async function got(root, path, how, bytes, read) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE + bytes / SLOWEST);
  try {
    const response = await fetch(new URL(path, root), {
      ...how, credentials: "omit", signal: control.signal, headers: { "x-field-guide": "save" },
    });
    if (response.type === "opaqueredirect") throw new Trouble("portal");
    if (response.status !== 200) throw new Trouble("refused", { status: response.status });
    return await read(response);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The files of a bundle, one try: calls `keep(path, body)` for each as soon as it is whole. How a bundle is made is
 * told in guide/publish/bundles.py. What comes out is not checked here.
 */
export function unbundle(root, { path, bytes }, keep) {
  return got(root, path, { cache: "no-cache" }, bytes, async (response) => {
    const stream = reader(response.body.pipeThrough(new DecompressionStream("gzip")));
    const text = new Uint8Array(await stream.line());
    const files = [];
    for (let line = await stream.line(); line; line = await stream.line()) files.push(line.split(" "));
    let end = 0; // of the text so far
    let next = 0; // where a copy goes on from the one before
    for (const [name, ...numbers] of files) {
      const begin = end;
      const steps = numbers.map((number) => parseInt(number, 36));
      for (let at = 0; at < steps.length; at += 3) {
        const [fresh, length, ahead] = steps.slice(at, at + 3);
        text.set(await stream.bytes(fresh), end);
        end += fresh;
        if (length === undefined) break;
        next += fresh + ahead;
        text.copyWithin(end, next, next + length);
        end += length;
        next += length;
      }
      await keep(name, text.slice(begin, end).buffer);
    }
  });
}

/** Reads a stream by lines and by lengths. */
function reader(stream) {
  const source = stream.getReader();
  let rest = new Uint8Array();

  const take = (length) => {
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };

  const more = async () => {
    const { done, value } = await source.read();
    if (done) throw new Trouble("silent");
    const both = new Uint8Array(rest.length + value.length);
    both.set(rest);
    both.set(value, rest.length);
    rest = both;
  };

  return {
    async line() {
      let end;
      while ((end = rest.indexOf(10)) < 0) await more();
      const line = new TextDecoder().decode(take(end));
      take(1);
      return line;
    },

    async bytes(length) {
      while (rest.length < length) await more();
      return take(length);
    },
  };
}

/** SHA-256 of bytes, in hexadecimal. */
export async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
