"""Guides to measure: copies of the real one with its code, as they are, with more sites or with more languages."""

import compileall
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import costs
from bench.costs import Cost

PROJECT = Path(__file__).resolve().parent.parent
ADDRESS = "https://guide.invalid/lab/"
"""The public address of every measured build. Nobody can have it, so that no build asks anybody."""
BASE = "/lab/"
"""The path of that address."""
SECTIONS = ("story", "saw", "see", "ask", "getting-there", "respect")
SPANISH = ("es_AR", "es_BO", "es_CL", "es_CO", "es_EC", "es_PY", "es_UY", "es_VE")
"""The locales that copies of the Spanish translation are given, after Spanish itself."""
WORDS = tuple(
    re.findall(r"\w+", "the hill above the station where neighbours built a path before the cable came to them")
)


@dataclass(frozen=True)
class Guide:
    """A guide in a folder of its own, with the code that builds it and, once frozen, its build."""

    root: Path

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def pages(self) -> int:
        return sum(1 for _ in self.build.rglob("*.html"))

    @property
    def serial(self) -> int:
        """The number of the build, as its pointer names it."""
        return int(json.loads((self.build / "offline/current.json").read_text(encoding="utf-8"))["serial"])

    def freeze(self, address: str = ADDRESS) -> Cost:
        """Build it as people do, into the folder of its last build. Without an address it has no preview images."""
        return costs.run([sys.executable, "freeze.py", "--out", "build", "--base-url", address], self.root)

    def copy(self, root: Path) -> "Guide":
        """The same guide in another folder, with its build."""
        shutil.copytree(self.root, root)
        return Guide(root)

    def edit(self, change: str) -> None:
        """Make one of the CHANGES, as somebody does between two builds."""
        name, pattern, replacement = CHANGES[change]
        path = self.root / name
        text, times = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert times, f"{name} has nothing to change"
        path.write_text(text, encoding="utf-8")


CHANGES = {
    "a paragraph": ("content/pages/about.md", r"\Z", "\nOne more paragraph.\n"),
    "a rule of the style sheet": ("static/css/guide.css", r"\Z", "\nhr { order: 1; }\n"),
    "the edition’s name": ("content/edition.toml", r'^name = ".*"$', 'name = "Another Lab 2017"'),
    "a statement of a script": ("static/js/main.js", r"\Z", "\nvoid 0;\n"),
}
"""What is edited between two builds: the file, what is found in it, and what takes its place."""


def copy_guide(root: Path) -> Guide:
    """The real guide in a fresh folder, so that measuring changes nothing of it and finds nothing kept of a build."""
    for name in ("content", "translations", "static", "guide"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy2(PROJECT / "freeze.py", root)
    compileall.compile_dir(root / "guide", quiet=1)
    return Guide(root)


def generate(root: Path, sites: int) -> Guide:
    """The real guide with so many sites of 600 words more, in two languages, all of it translated."""
    guide = copy_guide(root)
    sample = (root / "content/sites/moravia.md").read_text(encoding="utf-8")
    front = sample.split("+++")[1]
    front = re.sub(r"^(lessons|drawing) = .*\n", "", front.split("[[facts]]")[0], flags=re.MULTILINE)
    entries = []
    for number in range(sites):
        head = re.sub(r"^name = .*$", f'name = "{name(number)}"', front, flags=re.MULTILINE)
        body = []
        for section in SECTIONS:
            written = paragraphs(section, number, "site:moravia")
            entries += written
            body.append(f"## {section}\n" + "\n\n".join(f"{paragraph} [^d3-12]" for paragraph in written))
        entries.append(name(number))
        text = f"+++{head}+++\n" + "\n\n".join(body) + "\n"
        (root / f"content/sites/place-{number}.md").write_text(text, encoding="utf-8")
        with (root / "content/transit/places.toml").open("a", encoding="utf-8") as places:
            places.write(PLACE.format(number=number))
    with (root / "translations/es/LC_MESSAGES/messages.po").open("a", encoding="utf-8") as po:
        for entry in entries:
            po.write(f'\n#: content/sites/generated.md\nmsgid "{entry}"\nmsgstr "{entry} Sí."\n')
    return guide


PLACE = """
[[places]]
slug = "place-{number}"
site = "place-{number}"
name = "Place number {number}"
address = "Calle 82A # 52-25"
position = {{ latitude = 6.27649, longitude = -75.5647 }}
sources = ["transit-layers"]
confidence = "high"
year = 2026

[[places.approaches]]
station = "caribe"
line = "a"
"""
"""Where the way to a generated site leads."""


def name(number: int) -> str:
    """The name of a generated site."""
    return f"Place number {number}"


def paragraphs(section: str, number: int, target: str) -> list[str]:
    """The two paragraphs of a section of a generated site, with a link to a target."""
    return [
        f"In section {section}, paragraph {part}, site {number}: *{_sentence(17, part)}* **and** "
        f"[the hill]({target}) {_sentence(16, number)}."
        for part in range(2)
    ]


def _sentence(words: int, start: int) -> str:
    """Words in a row, different from one start to the next."""
    return " ".join(WORDS[(start + step) % len(WORDS)] for step in range(words))


def in_languages(root: Path, languages: int) -> Guide:
    """The real guide in so many languages, from 2 to 10: English, Spanish, and copies of Spanish."""
    guide = copy_guide(root)
    spanish = root / "translations/es"
    for locale in SPANISH[: languages - 2]:
        po = root / "translations" / locale / "LC_MESSAGES/messages.po"
        po.parent.mkdir(parents=True)
        text = (spanish / "LC_MESSAGES/messages.po").read_text(encoding="utf-8")
        po.write_text(text.replace('"Language: es\\n"', f'"Language: {locale}\\n"'), encoding="utf-8")
    return guide
