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
 * A manifest and its own hash.
 * @typedef {Manifest & {hash: string}} Revision
 */

/** @type {Map<string, Revision>} */
const manifests = new Map(); // by hash; they never change

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => event.waitUntil(worker.clients.claim())); // from a page loaded past us

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.href.startsWith(SCOPE)) return;
  const wish = request.headers.get("x-field-guide"); // of our own scripts: only "ask" is meant for us
  if (wish !== "ask" && (wish || isOff(url))) return;
  event.respondWith(answer(request, url, wish ? "" : event.clientId).catch(() => withoutStorage(request)));
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
  for (const manifest of revisions) {
    const name = nameIn(manifest, path);
    if (name === undefined) continue;
    if (name !== path && request.mode === "navigate") {
      return Response.redirect(new URL(name, SCOPE).href + url.search, 302);
    }
    const response = await stored(manifest, name, request);
    if (response) return response;
  }
  if (request.mode === "navigate" && revisions.length) return unlisted(request, path, revisions[0]);
  return fetch(request);
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
 * The name of a page or file in a manifest: `x`, `x/`, `x.html` and `x/index.html` are one.
 * @param {Revision} manifest
 * @param {string} path
 */
function nameIn(manifest, path) {
  const names = [path, `${path}/`, `${path}.html`, path.replace(/(^|\/)index\.html$/, "$1")];
  return names.find((name) => Object.prototype.hasOwnProperty.call(manifest.files, name));
}

/** @param {string} hash */
function storedFile(hash) {
  return caches.match(`${SCOPE}offline/files/${hash}`, { cacheName: FILES });
}

/**
 * The answer from storage; undefined where the file is gone and can't be had again.
 * @param {Revision} manifest
 * @param {string} name
 * @param {Request} request
 */
async function stored(manifest, name, request) {
  const [hash, bytes, type] = manifest.files[name];
  const response = (await storedFile(hash)) || (await repaired(name, hash, bytes, type));
  if (!response) return undefined;
  const headers = new Headers(type.startsWith("text/html") ? manifest.headers : manifest.otherHeaders);
  headers.set("Content-Type", type);
  headers.set("X-Field-Guide", manifest.hash); // nobody else can say it: a page asks for it before it calls itself saved
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") || "");
  if (range) return slice(await response.arrayBuffer(), range, headers);
  headers.set("Content-Length", String(bytes));
  return new Response(response.body, { headers });
}

/**
 * A listed file that is missing from storage, fetched and checked again; undefined when that fails.
 * @param {string} name
 * @param {string} hash
 * @param {number} bytes
 * @param {string} type
 */
async function repaired(name, hash, bytes, type) {
  try {
    const own = { "x-field-guide": "repair" };
    const response = await fetch(new URL(name, SCOPE), { cache: "no-cache", redirect: "error", headers: own });
    const body = await response.arrayBuffer();
    if (!response.ok || body.byteLength !== bytes || (await hashOf(body)) !== hash) return undefined;
    const headers = { "Content-Type": type, "Content-Length": String(bytes) };
    const cache = await caches.open(FILES);
    await cache.put(`${SCOPE}offline/files/${hash}`, new Response(body, { headers }));
    return new Response(body, { headers });
  } catch (error) {
    return undefined;
  }
}

/** @param {ArrayBuffer} body */
async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A part of a file, for players that ask for a range.
 * @param {ArrayBuffer} body
 * @param {string[]} range the whole, its first and its last byte, as far as they are given
 * @param {Headers} headers
 */
function slice(body, [, from, to], headers) {
  const size = body.byteLength;
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
 * @param {Revision} manifest
 */
async function unlisted(request, path, manifest) {
  const page = manifest.notFound[path.split("/")[0]];
  if (!page) return fetch(request);
  try {
    return await Promise.race([fetch(request), impatience()]);
  } catch (error) {
    const response = await stored(manifest, page, request);
    if (!response) throw error;
    return new Response(response.body, { status: 404, headers: response.headers });
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
