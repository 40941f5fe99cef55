// Answers requests from what the page has saved. The worker reads, the page writes, a pointer decides.
// This file keeps its address and its bytes from build to build; what changes is named by the manifest.
// It is written for the first browsers that had workers and async functions: nothing else can mend it where it fails.
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const PREFIX = `field-guide:${new URL(SCOPE).pathname}:`;
const FILES = `${PREFIX}files`;
const STATE = `${PREFIX}state`;
const PATIENCE = 4000; // ms that an unlisted page may take before the reader gets our own answer

// Shown only when storage and network both fail: then no file of the guide can be read. The build puts the words here,
// in every language of the guide.
const NOTICE = `<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<!-- words -->`;

/**
 * A manifest of packs, or the list of a build without, and its own hash.
 * @typedef {(Manifest | Listing) & {hash: string}} Revision
 */

/**
 * A file that is saved: its name in the manifest, its bytes and its media type.
 * @typedef {{name: string, body: Blob, type: string}} Found
 */

/** @type {Map<string, Revision>} */
const manifests = new Map(); // by hash; they never change

/**
 * A pack and where each of its files begins and ends.
 * @typedef {{body: Blob, head: Map<string, [begin: number, end: number]>}} Opened
 */

/** @type {Map<string, Opened>} */
const packs = new Map(); // by id; what is in them never changes
const MOST = 16e6; // bytes of packs that are held open

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => event.waitUntil(worker.clients.claim())); // from a page loaded past us

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.href.startsWith(SCOPE)) return;
  const wish = request.headers.get("x-field-guide"); // of our own scripts: only "ask" is meant for us
  if (wish !== "ask" && (wish || isOff(url))) return;
  const answered =
    wish && url.href === `${SCOPE}offline/kept` ? kept() : answer(request, url, wish ? "" : event.clientId);
  event.respondWith(answered.catch(() => withoutStorage(request)));
});

/**
 * A reader who adds ?sw-off to an address sees what the host has, for this visit of this page.
 * @param {URL} url
 */
function isOff(url) {
  return url.searchParams.has("sw-off");
}

/**
 * @param {Request} request
 * @param {URL} url its address
 * @param {string} clientId the page that asks
 */
async function answer(request, url, clientId) {
  const page = clientId && (await worker.clients.get(clientId));
  if (page && isOff(new URL(page.url))) return fetch(request);
  const path = pathOf(url);
  const revisions = await savedRevisions();
  for (const revision of revisions) {
    const found = await find(revision, path);
    if (!found) continue;
    if (found.name !== path && request.mode === "navigate") {
      return Response.redirect(new URL(found.name, SCOPE).href + url.search, 302);
    }
    return responseOf(revision, found, request);
  }
  if (request.mode === "navigate" && revisions.length) return unlisted(request, path, revisions[0]);
  return fetch(request);
}

/** What this worker can open, for the page that asks before it calls itself saved. */
async function kept() {
  const [revision] = await savedRevisions();
  const isWhole = async (/** @type {Pack} */ pack) => [pack.name, pack.id, Boolean(await opened(pack))];
  const whole = revision && !revision.files ? await Promise.all(revision.packs.map(isWhole)) : null;
  const body = JSON.stringify({ manifest: revision ? revision.hash : null, packs: whole });
  return new Response(body, { headers: { "X-Field-Guide": "kept" } }); // nobody else says so
}

/**
 * The path as the manifest writes it: from the scope, decoded, in one Unicode form.
 * @param {URL} url
 */
function pathOf(url) {
  const path = url.pathname.slice(new URL(SCOPE).pathname.length);
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch (error) {
    return path;
  }
}

/** The active revision, then the one before it: that one keeps open tabs whole. */
async function savedRevisions() {
  const note = await caches.match(`${SCOPE}offline/active`, { cacheName: STATE });
  if (!note) return [];
  /** @type {Active} */
  const { manifest, previous } = await note.json();
  const revisions = await Promise.all([readManifest(manifest), previous ? readManifest(previous) : undefined]);
  return /** @type {Revision[]} */ (revisions.filter(Boolean));
}

/**
 * @param {string} hash
 * @returns {Promise<Revision | undefined>}
 */
async function readManifest(hash) {
  if (!manifests.has(hash)) {
    const response = await storedFile(hash);
    if (!response) return undefined;
    manifests.set(hash, Object.assign(await response.json(), { hash }));
  }
  return manifests.get(hash);
}

/**
 * A saved page or file: `x`, `x/`, `x.html` and `x/index.html` are one. Undefined where it is not listed or gone.
 * @param {Revision} revision
 * @param {string} path
 * @returns {Promise<Found | undefined>}
 */
async function find(revision, path) {
  const names = [path, `${path}/`, `${path}.html`, path.replace(/(^|\/)index\.html$/, "$1")];
  if (revision.files) {
    const { files } = revision;
    const name = names.find((one) => Object.prototype.hasOwnProperty.call(files, one));
    const response = name !== undefined && (await storedFile(files[name][0]));
    return response ? { name, body: await response.blob(), type: files[name][2] } : undefined;
  }
  const tag = path.split("/")[0];
  for (const pack of revision.packs.filter((one) => one.name === tag || one.name === "core")) {
    const open = packs.get(pack.id) || (await opened(pack));
    const name = open && names.find((one) => open.head.has(one));
    const place = open && open.head.get(name || "");
    if (!place || name === undefined) continue;
    const [begin, end] = place;
    return {
      name,
      body: open.body.slice(begin, end),
      type: revision.types[(/\.[a-z0-9]+$/.exec(name) || [".html"])[0]],
    };
  }
  return undefined;
}

/**
 * A pack read from storage, and held open from then on; undefined where it is gone or not whole.
 * @param {Pack} pack
 * @returns {Promise<Opened | undefined>}
 */
async function opened({ id, head: length, bytes }) {
  const response = await storedFile(id);
  const body = response && (await response.blob());
  if (!body || body.size !== bytes) return undefined;
  const known = packs.get(id);
  const head = known ? known.head : headOf(await new Response(body.slice(0, length)).text(), length);
  packs.delete(id);
  packs.set(id, { body, head });
  let held = 0;
  for (const [other, open] of [...packs].reverse()) if ((held += open.body.size) > MOST) packs.delete(other);
  return { body, head };
}

/**
 * @param {string} text a line for each file: path, length and hash
 * @param {number} length of the head
 */
function headOf(text, length) {
  const head = new Map();
  let end = length;
  for (const line of text.split("\n").slice(0, -1)) {
    const [path, bytes] = line.split("\t");
    head.set(path, [end, (end += Number(bytes))]);
  }
  return head;
}

/** @param {string} hash */
function storedFile(hash) {
  return caches.match(`${SCOPE}offline/files/${hash}`, { cacheName: FILES });
}

/**
 * @param {Revision} revision
 * @param {Found} found
 * @param {Request} request
 */
function responseOf(revision, { body, type }, request) {
  const headers = new Headers(type.startsWith("text/html") ? revision.headers : revision.otherHeaders);
  headers.set("Content-Type", type);
  headers.set("X-Field-Guide", revision.hash);
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") || "");
  if (range) return slice(body, range, headers);
  headers.set("Content-Length", String(body.size));
  return new Response(body, { headers });
}

/**
 * A part of a file, for players that ask for a range.
 * @param {Blob} body
 * @param {string[]} range the whole, its first and its last byte, as far as they are given
 * @param {Headers} headers
 */
function slice(body, [, from, to], headers) {
  const { size } = body;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end || (!from && !to)) {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${size}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(body.slice(start, end + 1), { status: 206, headers });
}

/**
 * A page that is not part of the guide: the host may know it; else our own page says so, in the path's language. What
 * lies in no language of ours may be another guide of this host: we know nothing of it, and wait as long as it takes.
 * @param {Request} request
 * @param {string} path
 * @param {Revision} revision
 */
async function unlisted(request, path, revision) {
  const page = revision.notFound[path.split("/")[0]];
  if (!page) return fetch(request);
  try {
    return await Promise.race([fetch(request), impatience()]);
  } catch (error) {
    const found = await find(revision, page);
    if (!found) throw error;
    return new Response(found.body, { status: 404, headers: responseOf(revision, found, request).headers });
  }
}

/** @returns {Promise<never>} rejects when the host has taken too long */
function impatience() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("timeout")), PATIENCE));
}

/** @param {Request} request */
async function withoutStorage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== "navigate") return Response.error();
    return new Response(NOTICE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}
