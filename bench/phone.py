"""A phone: Chromium in a small window, with its network and its processor made slow.

Chromium slows the network of a page, not of its worker: the one file that only the worker's registration asks for
comes at once. It slows the main thread of a page, not the thread of a worker: answers of the worker are those of this
machine's processor.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from bench.hosts import Host

SCREEN: ViewportSize = {"width": 360, "height": 740}
NETWORKS = {"Slow 3G": (400, 50_000), "Slow 4G": (150, 200_000), "not throttled": (0, -1)}
"""Milliseconds that each answer is late, and bytes a second; -1 is as many as come."""
PATIENCE = 900_000
"""Milliseconds that a phone waits for a guide before the measurement goes on without."""

RECORD = """(() => {
  const seen = { states: [], tasks: [] };
  Object.defineProperty(window, "__seen", { value: seen });
  new MutationObserver((changes) => {
    const line = changes.find(({ target }) => target.id === "saved")?.target;
    if (line) seen.states.push([line.dataset.state, performance.now()]);
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
})()"""
"""What every page remembers: each state of the status line, and each task of more than 50 ms, with their times."""

REMEMBERED = """() => ({
  ...window.__seen,
  origin: performance.timeOrigin,
  paint: performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime]),
  answered: performance.getEntriesByType("navigation")[0].responseStart,
})"""

STORED = """async () => {
  const { usage, usageDetails } = await navigator.storage.estimate();
  let entries = 0;
  for (const name of await caches.keys()) entries += (await (await caches.open(name)).keys()).length;
  return { usage, caches: usageDetails?.caches ?? 0, databases: usageDetails?.indexedDB ?? 0, entries };
}"""

UNDERWAY = ("", "none", "saving", "partly", "asked")
"""States of the status line after which another one comes; `asked` is our own."""


@dataclass(frozen=True)
class Visit:
    """What a page remembers. Times are milliseconds from its beginning, `origin` is seconds since 1970.

    `states` are the states of the status line and `tasks` the beginnings and lengths of long tasks. `end` is the state
    in which the line stayed.
    """

    states: list[tuple[str, float]]
    tasks: list[tuple[float, float]]
    paints: dict[str, float]
    answered: float
    origin: float
    end: str

    def first(self, *names: str) -> float | None:
        """When the line first had one of these states."""
        return next((time for name, time in self.states if name in names), None)

    def tasks_between(self, begin: float, end: float) -> list[float]:
        """The lengths of the long tasks that began in a stretch of time."""
        return [length for start, length in self.tasks if begin <= start <= end]


@contextmanager
def chromium(host: Host) -> Iterator[Browser]:
    """A browser that trusts the certificate of a host."""
    trusted = [f"--ignore-certificate-errors-spki-list={host.pin}"] if host.pin else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=trusted)
        yield browser
        browser.close()


@contextmanager
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that knows nothing of the guide yet."""
    context = browser.new_context(viewport=SCREEN, device_scale_factor=2, has_touch=True)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE)
    context.add_init_script(RECORD)
    yield context
    context.close()


def open_tab(context: BrowserContext, network: str = "not throttled", slower: int = 1) -> Page:
    """A new tab behind a network, on a processor so many times slower."""
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    latency, rate = NETWORKS[network]
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return tab


def visit(tab: Page, address: str) -> Visit:
    """Open a page and wait until its status line stays as it is."""
    tab.goto(address)
    settle(tab)
    return recall(tab)


def settle(tab: Page) -> None:
    """Wait until the status line stays as it is, or until the patience is over."""
    going_on = "".join(f':not([data-state="{name}"])' for name in UNDERWAY)
    try:
        tab.wait_for_selector(f"#saved[data-state]{going_on}", state="attached")
    except TooLate:
        print(f"{tab.url}: nothing more came within {PATIENCE // 60_000} minutes.")


def recall(tab: Page) -> Visit:
    """What the page in a tab remembers."""
    seen: dict[str, Any] = tab.evaluate(REMEMBERED)
    states = [(name, time) for name, time in seen["states"]]
    tasks = [(start, length) for start, length in seen["tasks"]]
    end = tab.locator("#saved").get_attribute("data-state") or ""
    return Visit(states, tasks, dict(seen["paint"]), seen["answered"], seen["origin"] / 1000, end)


def save(context: BrowserContext, host: Host) -> Page:
    """A tab of a phone on which the guide was saved as fast as this machine can."""
    tab = open_tab(context)
    visit(tab, f"{host.url}es/")
    return tab
