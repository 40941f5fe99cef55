"""How a phone fares with the guide: until it is saved, what it keeps, and how fast saved pages open."""

import statistics
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from bench import hosts, pages, tables
from bench.hosts import Answer, Host
from bench.phone import STORED, Visit, chromium, open_tab, phone, recall, save, settle, visit
from bench.workshop import Made, Workshop

PHONES = (
    ("Slow 3G", 1), ("Slow 3G", 4), ("Slow 4G", 1), ("Slow 4G", 4), ("Slow 4G", 6),
    ("not throttled", 1), ("not throttled", 4), ("not throttled", 6),
)  # fmt: skip
"""Networks, and how many times slower than this machine a phone's processor is."""
LANGUAGES = (7, 10)
"""Numbers of languages of the guides that show growth."""
ROUNDS = 3
"""How often each kind of page is opened without a network."""
HOSTS: dict[str, Callable[[Path], AbstractContextManager[Host]]] = {"HTTP/1.1": hosts.own, "HTTP/2": hosts.http2}


@dataclass(frozen=True)
class Saving:
    """One first visit, until the guide is saved. Times in seconds or, for tasks, milliseconds.

    `own` is when the visitor's language was saved, `all` when every language was; None where that did not come.
    Requests are those that had begun by then, bytes those of their bodies.
    """

    own: float | None
    all: float | None
    own_requests: int
    own_bytes: int
    requests: int
    bytes: int
    longest: float
    blocking: float
    end: str


def saved(browser: Browser, host: Host, network: str, slower: int) -> Saving:
    """Visit a host for the first time with a phone, and wait until the guide is saved."""
    before = len(host.answers())
    with phone(browser) as context:
        seen = visit(open_tab(context, network, slower), f"{host.url}es/")
    answers = host.answers()[before:]
    own, all = seen.first("partly", "saved"), seen.first("saved")
    until_own, until_all = _until(answers, seen, own), _until(answers, seen, all)
    begin = seen.first("saving") or 0
    tasks = seen.tasks_between(begin, all if all is not None else float("inf"))
    return Saving(
        own=None if own is None else own / 1000,
        all=None if all is None else all / 1000,
        own_requests=len(until_own),
        own_bytes=sum(answer.bytes for answer in until_own),
        requests=len(until_all),
        bytes=sum(answer.bytes for answer in until_all),
        longest=max(tasks, default=0),
        blocking=sum(length - 50 for length in tasks),
        end=seen.end,
    )


def _until(answers: list[Answer], seen: Visit, moment: float | None) -> list[Answer]:
    """The answers that were asked for up to a moment of a visit; all where that did not come."""
    return [answer for answer in answers if moment is None or answer.asked <= seen.origin + moment / 1000]


def _seconds(times: list[float | None]) -> str:
    """The spread of the times that came."""
    return tables.spread([time for time in times if time is not None])


def _middle(counts: list[int]) -> str:
    return f"{statistics.median_high(counts):,}"


def first_visits(workshop: Workshop, visits: int) -> None:
    """Until a phone has saved the guide, over both protocols, on every network and processor."""
    guide = workshop.real().guide
    tables.head(
        "saving", "CPU", "protocol", "own language s", "all languages s", "requests own / all", "bytes own",
        "bytes all", "longest task ms", "blocking ms",
    )  # fmt: skip
    for protocol, served in _reachable():
        with served(guide.build) as host, chromium(host) as browser:
            for network, slower in PHONES:
                several = [saved(browser, host, network, slower) for _ in range(visits)]
                tables.line([
                    network, f"{slower}×", protocol, _seconds([one.own for one in several]),
                    _seconds([one.all for one in several]),
                    f"{_middle([one.own_requests for one in several])} / {_middle([one.requests for one in several])}",
                    _middle([one.own_bytes for one in several]), _middle([one.bytes for one in several]),
                    tables.spread([one.longest for one in several], 0),
                    tables.spread([one.blocking for one in several], 0),
                    *_ends(several),
                ])  # fmt: skip
    print(f"\nEach time is the median of {visits} visits, with the least and the most.")


def _reachable() -> list[tuple[str, Callable[[Path], AbstractContextManager[Host]]]]:
    """The protocols that this machine has a server for."""
    missing = hosts.lacks_http2()
    if missing:
        print(f"\nHTTP/2 is not measured: this machine has no {missing}.")
    return [(name, served) for name, served in HOSTS.items() if name != "HTTP/2" or not missing]


def _ends(several: list[Saving]) -> list[str]:
    """How visits ended that did not end with a saved guide."""
    return sorted({f"ended as {one.end!r}" for one in several if one.end != "saved"})


def opened_again(workshop: Workshop, visits: int) -> None:
    """How long after its first paint a page of a saved guide says that it is saved."""
    with hosts.own(workshop.real().guide.build) as host, chromium(host) as browser, phone(browser) as context:
        save(context, host).close()
        tables.head("a page of a saved guide", "CPU", "first paint ms", "“saved” after first paint ms")
        for slower in (1, 4, 6):
            seen = []
            for _ in range(visits):
                tab = open_tab(context, slower=slower)
                seen.append(visit(tab, f"{host.url}es/sites/comuna-13/"))
                tab.close()
            paints = [one.paints.get("first-paint", 0) for one in seen]
            later = [(one.first("saved") or 0) - paint for one, paint in zip(seen, paints, strict=True)]
            tables.line(["es/sites/comuna-13/", f"{slower}×", tables.spread(paints, 0), tables.spread(later, 0)])


def storage(workshop: Workshop) -> None:
    """What a saved guide takes of a phone."""
    with hosts.own(workshop.real().guide.build) as host, chromium(host) as browser, phone(browser) as context:
        kept = save(context, host).evaluate(STORED)
    tables.head("storage of a saved guide", "")
    tables.line(["bytes, all kinds of storage", f"{kept['usage']:,}"])
    tables.line(["bytes in Cache Storage", f"{kept['caches']:,}"])
    tables.line(["bytes in IndexedDB", f"{kept['databases']:,}"])
    tables.line(["entries in Cache Storage", f"{kept['entries']:,}"])


def without_network(workshop: Workshop) -> None:
    """How fast pages of every kind open from the worker, at a processor four times slower, with the host gone."""
    build = workshop.real().guide.build
    addresses = pages.largest_of_kinds(build)
    with hosts.own(build) as host, chromium(host) as browser, phone(browser) as context:
        save(context, host).close()
        context.set_offline(True)
        tab = open_tab(context, slower=4)
        seen = []
        for address in addresses * ROUNDS:
            tab.goto(f"{host.url}{address}")
            settle(tab)
            seen.append(recall(tab))
    painted = [one.paints["first-contentful-paint"] for one in seen if "first-contentful-paint" in one.paints]
    answered = [one.answered for one in seen]
    tables.head("pages without a network, 4×", "p50", "p95")
    for name, times in {"time to first byte, ms": answered, "first contentful paint, ms": painted}.items():
        tables.line([name, f"{tables.percentile(times, 50):.0f}", f"{tables.percentile(times, 95):.0f}"])
    print(f"\n{len(seen)} loads: the largest page of every kind in each language, {ROUNDS} times.")


def growth(workshop: Workshop, sites: list[int]) -> None:
    """What becomes of saving when a guide has more sites or more languages."""
    guides: dict[str, Callable[[], Made]] = {"the real guide": workshop.real}
    guides |= {f"+{number:,} sites": partial(workshop.with_sites, number) for number in sites}
    guides |= {f"{number} languages": partial(workshop.with_languages, number) for number in LANGUAGES}
    tables.head(
        "growth", "saved raw bytes", "entries", "network", "own language s", "all languages s",
        "requests own / all", "bytes own", "bytes all",
    )  # fmt: skip
    for name, make in guides.items():
        with hosts.own(make().guide.build) as host, chromium(host) as browser:
            with phone(browser) as context:
                kept = save(context, host).evaluate(STORED)
            for network in ("Slow 3G", "Slow 4G"):
                one = saved(browser, host, network, 1)
                tables.line([
                    name, f"{kept['usage']:,}", f"{kept['entries']:,}", network, _seconds([one.own]),
                    _seconds([one.all]), f"{one.own_requests} / {one.requests}", f"{one.own_bytes:,}",
                    f"{one.bytes:,}", *_ends([one]),
                ])  # fmt: skip
    print("\nOne visit each. Generated text and copied languages repeat themselves: real ones pack less well.")
