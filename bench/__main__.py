"""Prints the tables of BENCHMARKS.md, or the ones named: `python -m bench --only saving updates`."""

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import builds, costs, pages, peers, saving, updates
from bench.workshop import Workshop


def main() -> None:
    """Print every table, or the ones named."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=[*MINUTES], default=[], metavar="TABLE", help=", ".join(MINUTES))
    parser.add_argument("--sites", type=int, nargs="*", default=[41, 100, 1000], help="sizes of the generated guides")
    parser.add_argument("--times", type=int, default=3, help="how often each thing is measured that depends on a clock")
    options = parser.parse_args()
    named = [name for name in MINUTES if name in options.only] or [*MINUTES]
    minutes = sum(MINUTES[name] for name in named)
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, load {_load()}. "
        f"A fixed loop takes {costs.yardstick():.2f} CPU s: compare CPU times only of runs where this is alike."
    )
    print(f"{time.strftime('%Y-%m-%d')}. {', '.join(named)}: about {minutes} min on two quiet cores.", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with tempfile.TemporaryDirectory(prefix="field-guide-bench-") as folder:
        tables = _tables(Workshop(Path(folder)), options.sites, options.times)
        for name in named:
            tables[name]()
            print(f"\nAfter {name}: load {_load()}, yardstick {costs.yardstick():.2f} CPU s.", flush=True)


MINUTES = {
    "pages": 1, "saving": 8, "offline": 2, "storage": 1, "updates": 3, "growth": 10, "builds": 8, "peers": 2,
}  # fmt: skip
"""About how long each group of tables takes. Those that edit their guides come last."""


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _tables(workshop: Workshop, sites: list[int], times: int) -> dict[str, Callable[[], None]]:
    """What prints each group of tables."""
    saved = [number for number in sites if number <= builds.PICTURED]
    return {
        "pages": lambda: _sizes(workshop),
        "saving": lambda: saving.first_visits(workshop, times),
        "offline": lambda: _offline(workshop, times),
        "storage": lambda: saving.storage(workshop),
        "updates": lambda: updates.updates(workshop, times),
        "growth": lambda: saving.growth(workshop, saved),
        "builds": lambda: builds.builds(workshop, sites),
        "peers": lambda: peers.compare(workshop, max(saved, default=builds.PICTURED), max(times, 3)),
    }


def _sizes(workshop: Workshop) -> None:
    build = workshop.real().guide.build
    pages.first_page(build)
    pages.files(build)


def _offline(workshop: Workshop, times: int) -> None:
    saving.opened_again(workshop, times)
    saving.without_network(workshop)


if __name__ == "__main__":
    main()
