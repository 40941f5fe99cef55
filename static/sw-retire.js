// Put this file in place of sw.js to take the saved guide off every phone: it removes its own caches and registration.
"use strict";

const PREFIX = `field-guide:${new URL(self.registration.scope).pathname}:`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
