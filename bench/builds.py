"""What builds cost: the real guide, larger ones and ones in more languages."""

from collections.abc import Callable
from functools import partial

from bench import tables
from bench.costs import Cost
from bench.guides import ADDRESS
from bench.workshop import Made, Workshop

PICTURED = 100
"""Sites up to which a generated guide is also built with its address: each adds four preview images."""


def builds(workshop: Workshop, sites: list[int]) -> None:
    """Processor time, time on the clock and memory of a first build and of one after an edit."""
    guides: list[tuple[str, str, Callable[[str], Made]]] = [
        ("the real guide", ADDRESS, workshop.real),
        ("the real guide", "", workshop.real),
    ]
    for number in sites:
        for address in (ADDRESS, "") if number <= PICTURED else ("",):
            guides.append((f"+{number:,} sites", address, partial(workshop.with_sites, number)))
    guides.append(("10 languages", ADDRESS, lambda address: workshop.with_languages(10)))
    tables.head(
        "build", "preview images", "pages", "CPU s", "CPU ms a page", "wall s", "memory MiB", "after an edit: CPU s",
        "wall s", "memory MiB",
    )  # fmt: skip
    for name, address, make in guides:
        made = make(address)
        made.guide.edit("a paragraph")
        edited = made.guide.freeze(address)
        pages, each = made.guide.pages, made.cold.cpu / made.guide.pages * 1000
        first, *rest = _cells(made.cold)
        tables.line([name, "yes" if address else "no", f"{pages:,}", first, f"{each:.1f}", *rest, *_cells(edited)])
    print("\nCPU and memory are those of the whole tree of processes. A first build finds nothing kept of another.")


def _cells(cost: Cost) -> list[str]:
    return [f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{cost.memory:.0f}"]
