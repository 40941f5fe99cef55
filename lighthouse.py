"""Measures what Lighthouse says of the guide on its phone: slow 4G, a processor four times slower. Needs Node.

Prints a table for BENCHMARKS.md: the median of five visits of the largest page of every kind in both languages, from a
build with a public address and a host that packs.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import hosts, pages
from bench.guides import copy_guide
from tests.hosting import free_port

VERSION = "13.5.0"
FLAGS = (
    "--headless=new --no-sandbox --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 15
"""About how long a visit takes."""
TRIES = 3
"""How often a visit is made that Chrome breaks off."""


def main() -> int:
    """Visit a page of every kind in both languages and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args()
    if not shutil.which("npx"):
        print("Lighthouse needs Node: install it, or leave this table as it is.", file=sys.stderr)
        return 1
    print("| page | performance | accessibility | best practices | SEO | LCP ms | TBT ms | CLS |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        guide, port = copy_guide(Path(folder) / "guide"), free_port()
        guide.freeze(f"http://127.0.0.1:{port}/")  # the address that is visited, as search engines ask
        with hosts.own(guide.build, "/", port) as host:
            paths = pages.largest_of_kinds(guide.build)
            minutes = len(paths) * options.visits * SECONDS // 60
            print(f"{len(paths)} pages, {options.visits} visits each: about {minutes} minutes.", file=sys.stderr)
            for path in paths:
                print(row(path, [visit(host.url + path) for _ in range(options.visits)]), flush=True)
    return 0


def visit(address: str) -> dict[str, float]:
    """What one visit of a page is worth: scores out of 100, and milliseconds."""
    chrome = shutil.which("chromium")
    command = [
        "npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, **({"CHROME_PATH": chrome} if chrome else {})}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode == 0:
            break
        print(done.stderr.strip().splitlines()[-1:], file=sys.stderr)
    done.check_returncode()
    report = json.loads(done.stdout)
    scores = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    audits = report["audits"]
    return {
        **scores,
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "tbt": audits["total-blocking-time"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
    }


def row(path: str, visits: list[dict[str, float]]) -> str:
    """The medians as a line of the table."""
    middle = {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}
    scores = " | ".join(f"{middle[name]:.0f}" for name in CATEGORIES)
    return f"| /{path} | {scores} | {middle['lcp']:.0f} | {middle['tbt']:.0f} | {middle['cls']:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
