"""What tests ask a browser about the saved guide."""

import json

from tests.browser.engines import Tab
from tests.browser.siteserver import Site

SAVED = "#saved[data-state=saved]"
STOPPED = "#saved[data-state=stopped]"
BROKEN = "#saved[data-state=broken]"
NEWER = "#saved[data-state=newer]"
NONE = "#saved[data-state=none]"

STATE = "document.getElementById('saved').dataset.state"
"""The state that the open page tells."""

LET_FAIL = [
    "Failed to load",
    "NetworkError",
    "Load failed",
    "Loading failed",
    "ERR_",
    "access control",
    "redirection",
    "fetching the script",
    "behind a redirect",
]
"""What consoles say of a network that a test breaks."""

STORED = """caches.keys().then(async (names) => {
  const hashOf = async (bytes) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const idOf = async (bytes) => {
    let [head, files] = [0, []];
    for (;;) {
      const end = bytes.indexOf(10, head);
      const line = new TextDecoder().decode(bytes.subarray(head, end));
      const [whole, length, hash] = /^[^\\t]*\\t(\\d+)\\t([0-9a-f]{32})$/.exec(line) ?? [];
      if (whole === undefined) break;
      files.push([Number(length), hash]);
      head = end + 1;
    }
    let begin = head;
    for (const [length, hash] of files) {
      if (!(await hashOf(bytes.subarray(begin, begin + length))).startsWith(hash)) return "damaged";
      begin += length;
    }
    return begin === bytes.length ? (await hashOf(bytes.subarray(0, head))).slice(0, 32) : "cut";
  };
  const own = names.find((name) => name.endsWith(":files"));
  if (!own) return {};
  const cache = await caches.open(own);
  const keys = await cache.keys();
  return Object.fromEntries(await Promise.all(keys.map(async (key) => {
    const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
    const name = key.url.split("/").at(-1);
    return [name, await (name.length === 32 ? idOf(bytes) : hashOf(bytes))];
  })));
})"""
"""What is stored: the hash or id it is stored under, and the hash or id that its bytes have, file by file in a pack."""

_HASHES = """Promise.all(PATHS.map(async (path) => {
  const response = await fetch(new URL(path, ROOT), { cache: "no-store" }); // not what the browser itself kept
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return [path, Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")];
})).then(Object.fromEntries)"""

ACTIVE = """caches.keys().then(async (names) => {
  const own = names.find((name) => name.endsWith(":state"));
  const cache = own && (await caches.open(own));
  const key = own && (await cache.keys()).find((key) => key.url.endsWith("/active"));
  return key ? (await cache.match(key)).json() : null;
})"""
"""What is noted as active."""

TROUBLE = ACTIVE.replace("/active", "/trouble")

FOREIGN = ["field-guide:/elsewhere/:files", "somebody-else"]


def save(tab: Tab, site: Site, path: str = "es/") -> None:
    """Open a page and wait until the guide is saved."""
    tab.open(site.url + path)
    tab.wait(SAVED)


def served(tab: Tab, site: Site, paths: list[str]) -> object:
    """The hashes of what the page gets for some paths."""
    return tab.value(_HASHES.replace("PATHS", json.dumps(paths)).replace("ROOT", json.dumps(site.url)))


def hashes(site: Site, paths: list[str]) -> dict[str, str]:
    """The hashes of the same files in the build."""
    return {path: site.listed()[path] for path in paths}


def check_now(tab: Tab) -> None:
    """Ask the open page to look for something newer, and wait until it has."""
    tab.value(
        """new Promise((resolve) => {
          const line = document.getElementById("saved");
          line.addEventListener("guide:state", () => {
            if (line.querySelector("progress").hidden) resolve();
          });
          line.dispatchEvent(new Event("guide:save"));
        })"""
    )


def open_caches(tab: Tab, names: list[str]) -> None:
    for name in names:
        tab.value(f"caches.open({json.dumps(name)}).then(() => null)")


def cache_names(tab: Tab) -> list[str]:
    return sorted(tab.value("caches.keys()"))  # type: ignore[type-var, arg-type]


def registrations(tab: Tab) -> object:
    return tab.value("navigator.serviceWorker.getRegistrations().then((found) => found.length)")


def forget_file(tab: Tab, hash: str) -> object:
    """Take one stored file away; whether it was there."""
    return tab.value(
        """caches.keys().then(async (names) => {
          const cache = await caches.open(names.find((name) => name.endsWith(":files")));
          const key = (await cache.keys()).find((key) => key.url.endsWith(HASH));
          return key ? cache.delete(key) : false;
        })""".replace("HASH", json.dumps(hash))
    )


def damage_file(tab: Tab, hash: str, response: str = 'new Response("damaged")') -> None:
    """Put another response, written as a script, in place of a stored file or pack."""
    tab.value(
        """caches.keys().then(async (names) => {
          const cache = await caches.open(names.find((name) => name.endsWith(":files")));
          const key = (await cache.keys()).find((key) => key.url.endsWith(HASH));
          await cache.put(key, RESPONSE);
        })""".replace("HASH", json.dumps(hash)).replace("RESPONSE", response)
    )


def remember(tab: Tab, name: str, value: object) -> None:
    """Write what the guide notes of itself, for example an hour that has passed."""
    tab.value(
        """caches.keys().then(async (names) => {
          const cache = await caches.open(names.find((name) => name.endsWith(":state")));
          await cache.put(new URL("/offline/NAME", location), new Response(JSON.stringify(VALUE)));
        })""".replace("NAME", name).replace("VALUE", json.dumps(value))
    )
