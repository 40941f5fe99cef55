// Answers requests from what the page has saved. The worker reads, the page writes, a pointer decides.
// This file keeps its address and its bytes from build to build; what changes is named by the manifest.
// It is written for the first browsers that had workers and async functions: nothing else can mend it where it fails.
"use strict";

const SCOPE = self.registration.scope;
const PREFIX = `field-guide:${new URL(SCOPE).pathname}:`;
const FILES = `${PREFIX}files`;
const STATE = `${PREFIX}state`;
const PATIENCE = 4000; // ms that an unlisted page may take before the reader gets our own answer

// Shown only when storage and network both fail: then no file of the guide can be read. The build puts the words here,
// in every language of the guide.
const NOTICE = `<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<!-- words -->`;

const manifests = new Map(); // hash → manifest; they never change

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(self.clients.claim())); // from a page that was loaded past us

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.href.startsWith(SCOPE)) return;
  const wish = request.headers.get("x-field-guide"); // of our own scripts: only "ask" is meant for us
  if (wish !== "ask" && (wish || isOff(url))) return;
  event.respondWith(answer(request, url, wish ? "" : event.clientId).catch(() => withoutStorage(request)));
});

/** A reader who adds ?sw-off to an address sees what the host has, for this visit of this page. */
function isOff(url) {
  return url.searchParams.has("sw-off");
}

async function answer(request, url, clientId) {
  const page = clientId && (await self.clients.get(clientId));
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

/** The path as the manifest writes it: from the scope, decoded, in one Unicode form. */
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
  const { manifest, previous } = await note.json();
  const found = await Promise.all([manifest, previous].filter(Boolean).map(readManifest));
  return found.filter(Boolean);
}

async function readManifest(hash) {
  if (!manifests.has(hash)) {
    const response = await storedFile(hash);
    if (!response) return undefined;
    manifests.set(hash, Object.assign(await response.json(), { hash }));
  }
  return manifests.get(hash);
}

function nameIn(manifest, path) {
  const names = [path, `${path}/`, `${path}.html`, path.replace(/(^|\/)index\.html$/, "$1")];
  return names.find((name) => Object.prototype.hasOwnProperty.call(manifest.files, name));
}

function storedFile(hash) {
  return caches.match(`${SCOPE}offline/files/${hash}`, { cacheName: FILES });
}

async function stored(manifest, name, request) {
  const [hash, bytes, type] = manifest.files[name];
  const response = (await storedFile(hash)) || (await repaired(name, hash, bytes, type));
  if (!response) return undefined;
  const headers = new Headers(type.startsWith("text/html") ? manifest.headers : manifest.otherHeaders);
  headers.set("Content-Type", type);
  headers.set("X-Field-Guide", manifest.hash); // nobody else can say it: a page asks for it before it calls itself saved
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") || "");
  if (range) return slice(await response.arrayBuffer(), range, headers);
  headers.set("Content-Length", bytes);
  return new Response(response.body, { headers });
}

/** A listed file that is missing from storage, fetched and checked again; undefined when that fails. */
async function repaired(name, hash, bytes, type) {
  try {
    const response = await fetch(new URL(name, SCOPE), { cache: "no-cache", redirect: "error", headers: { "x-field-guide": "repair" } });
    const body = await response.arrayBuffer();
    if (!response.ok || body.byteLength !== bytes || (await hashOf(body)) !== hash) return undefined;
    const headers = { "Content-Type": type, "Content-Length": bytes };
    const cache = await caches.open(FILES);
    await cache.put(`${SCOPE}offline/files/${hash}`, new Response(body, { headers }));
    return new Response(body, { headers });
  } catch (error) {
    return undefined;
  }
}

async function hashOf(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function slice(body, [, from, to], headers) {
  const size = body.byteLength;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end || (!from && !to)) {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${size}`);
  headers.set("Content-Length", end - start + 1);
  return new Response(body.slice(start, end + 1), { status: 206, headers });
}

/**
 * A page that is not part of the guide: the host may know it; else our own page says so, in the path's language. What
 * lies in no language of ours may be another guide of this host: we know nothing of it, and wait as long as it takes.
 */
async function unlisted(request, path, manifest) {
  const page = manifest.notFound[path.split("/")[0]];
  if (!page) return fetch(request);
  try {
    return await Promise.race([
      fetch(request),
      new Promise((_, reject) => setTimeout(reject, PATIENCE)),
    ]);
  } catch (error) {
    const response = await stored(manifest, page, request);
    return new Response(response.body, { status: 404, headers: response.headers });
  }
}

async function withoutStorage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== "navigate") return Response.error();
    return new Response(NOTICE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}
