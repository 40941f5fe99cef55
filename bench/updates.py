"""What a phone that has the guide downloads when another build is published."""

from bench import hosts, tables
from bench.guides import CHANGES
from bench.phone import chromium, open_tab, phone, save, settle
from bench.workshop import Workshop

NETWORK, SLOWER = "Slow 4G", 4
ASK = """() => {
  const line = document.getElementById("saved");
  line.dataset.state = "asked";
  line.dispatchEvent(new Event("guide:save"));
}"""
"""Asks for something newer at once, as a visitor does on the page Saved: a page just saved would wait two minutes."""


def updates(workshop: Workshop, visits: int) -> None:
    """Requests, bytes and seconds of an update, by what was edited between two builds into the same folder."""
    tables.head("update", "requests", "bytes", "seconds", "the page says")
    for number, change in enumerate(CHANGES):
        rows = [_update(workshop, f"update-{number}-{visit}", change) for visit in range(visits)]
        requests, bytes, seconds, ends = zip(*rows, strict=True)
        counts = [" or ".join(f"{count:,}" for count in sorted(set(counts))) for counts in (requests, bytes)]
        tables.line([change, *counts, tables.spread(seconds), " or ".join(sorted(set(ends)))])
    print(f"\n{NETWORK}, a processor {SLOWER} times slower, from the question for something newer until it is saved.")


def _update(workshop: Workshop, name: str, change: str) -> tuple[int, int, float, str]:
    guide = workshop.real().guide.copy(workshop.room(name))
    with hosts.own(guide.build) as host, chromium(host) as browser, phone(browser) as context:
        save(context, host).close()
        first = guide.serial
        guide.edit(change)
        guide.freeze()
        if guide.serial <= first:
            raise RuntimeError(f"{change}: the serial of the second build is not greater than that of the first")
        tab = open_tab(context, NETWORK, SLOWER)
        tab.goto(f"{host.url}es/")
        settle(tab)
        before = len(host.answers())
        begin = tab.evaluate("performance.now()")
        tab.evaluate(ASK)
        settle(tab)
        seconds = (tab.evaluate("window.__seen.states.at(-1)[1]") - begin) / 1000
        end = tab.locator("#saved").get_attribute("data-state") or ""
        answers = host.answers()[before:]
    return len(answers), sum(answer.bytes for answer in answers), seconds, end
