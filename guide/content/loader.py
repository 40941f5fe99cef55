"""`content/` → Guide, or a ContentError with everything that is wrong in it.

One Markdown file a thing, TOML between `+++` lines on top, file name = slug.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from guide import files
from guide.config import Paths
from guide.content import toml_faults
from guide.content.layout import AREA, DIAGRAM, FOLDERS, LISTS, NETWORK, PAGES, SLUG, file_of
from guide.content.tables import Reader
from guide.model.days import Day
from guide.model.edition import Edition
from guide.model.guide import Guide
from guide.model.markers import translated, types_of
from guide.model.network import Area, Network
from guide.problems import ContentError, Problem, suggestion

T = TypeVar("T")

MOST = 1_000_000
"""Bytes that a file may have."""

_LINE = 20_000
"""Characters that a line may have: readers of Markdown take minutes for longer ones."""

_DOTS = 100
"""More dots than stand in any line; a key of thousands of parts would keep the reader busy for minutes."""


def load(paths: Paths) -> Guide:
    """The guide in the source language. Raises ContentError with every problem found."""
    guide, problems = read(paths)
    if problems or guide is None:
        raise ContentError(problems)
    return guide


def read(paths: Paths) -> tuple[Guide | None, list[Problem]]:
    """The guide as far as it can be read, and every problem found; nothing may be built of it when there is one."""
    loader = _Loader(paths)
    guide = loader.guide()
    return guide, sorted(loader.problems)


def sections(body: str) -> Iterator[tuple[str, str, int]]:
    """The `## ` sections of a Markdown body: name, text and line, from 1. What stands before them has no name."""
    name, start, lines = "", 1, list[str]()
    for number, line in enumerate(body.split("\n"), start=1):
        if line.startswith("## "):
            yield name, "\n".join(lines).strip(), start
            name, start, lines = line.removeprefix("## ").strip(), number, []
        else:
            lines.append(line)
    yield name, "\n".join(lines).strip(), start


@dataclass
class _Loader:
    paths: Paths
    problems: list[Problem] = field(default_factory=list)

    def guide(self) -> Guide | None:
        self._strangers()
        things = {folder: self._folder(folder, cls) for folder, cls in FOLDERS.items()}
        for slug in PAGES:
            if slug not in things["pages"] and not files.is_there(self.paths.content / "pages" / f"{slug}.md"):
                self._missing(self.paths.content / "pages" / f"{slug}.md")
        listed = LISTS | NETWORK
        tables = {
            name: self._toml(self.paths.content / name)
            for name in ("guide.toml", "edition.toml", *sorted({file for file, _ in listed.values()}))
        }
        lists = {name: self._list(tables[file], file, name, cls) for name, (file, cls) in listed.items()}
        area = self._area(tables[AREA])
        in_network = {name: lists.pop(name) for name in NETWORK}
        network = Network(area=area, **in_network) if area else None
        edition = self._edition(tables["edition.toml"])
        diagram = self._diagram(tables["model.toml"])
        given = {"diagram": diagram, "edition": edition, "network": network, **things, **lists}
        guide = self._record(Guide, "guide.toml", tables["guide.toml"], given)
        return guide if network else None

    def _strangers(self) -> None:
        """What lies in content/ and is not read: a host who edits a file of another name changes nothing."""
        known = ["guide.toml", "edition.toml", *(file for file, _ in (LISTS | NETWORK).values())]
        for folder in (self.paths.content, self.paths.content / "transit"):
            for path in sorted(folder.glob("*")):
                name = path.relative_to(self.paths.content).as_posix()
                if name in FOLDERS or name == "transit":
                    if not path.is_dir():
                        self._reader(path).report("", "this is not a folder.", "Put the folder itself in its place.")
                elif name not in known and not files.is_left_alone(path):
                    close = suggestion(name, known) if path.suffix == ".toml" else ""
                    remedy = close if close.startswith("Did") else "Move it elsewhere."
                    self._reader(path).report("", "nothing in the guide reads this file.", remedy)

    def _edition(self, table: Mapping[str, Any] | None) -> Edition:
        """The host's file; an empty edition when it could not be read, which is reported already."""
        reader = Reader(file_of(("edition",)), self.problems, types_of(Edition).keys())
        return (reader.record(Edition, table) if table is not None else None) or Edition()

    def _area(self, table: Mapping[str, Any] | None) -> Area | None:
        """The area of the guide; None when it could not be read, which is reported already."""
        if table is None:
            return None
        return self._reader(self.paths.content / AREA).record(Area, table.get("area", {}), "area")

    def _diagram(self, table: Mapping[str, Any] | None) -> tuple[str, ...]:
        """The steps of the Model's diagram, where the content has one."""
        steps = (table or {}).get("diagram", [])
        return tuple(self._reader(self.paths.content / DIAGRAM).value(tuple[str, ...], steps, "diagram"))

    def _record(self, cls: type[T], name: str, table: object, given: Mapping[str, object] | None = None) -> T | None:
        """One dataclass from a file of its own; None when the file could not be read, which is reported already."""
        return None if table is None else self._reader(self.paths.content / name).record(cls, table, given=given or {})

    def _reader(self, path: Path) -> Reader:
        return Reader(self.paths.shown(path), self.problems)

    def _folder(self, folder: str, cls: type) -> dict[str, Any]:
        """All things of one folder, in order: by `order` where they have one, else by name."""
        things = {}
        for path in sorted((self.paths.content / folder).glob("*")):
            thing = None if files.is_left_alone(path) else self._file(path, cls)
            if thing is not None:
                things[path.stem] = thing
        places = {slug: getattr(thing, "order", int(slug) if cls is Day else 0) for slug, thing in things.items()}
        return dict(sorted(things.items(), key=lambda item: (places[item[0]], item[0])))

    def _file(self, path: Path, cls: type) -> object | None:
        reader = self._reader(path)
        if path.suffix != ".md":
            reader.report("", "this file is not Markdown.", "Rename it to end in .md, or move it elsewhere.")
            return None
        if not (path.stem.isdecimal() and path.stem[0] != "0" if cls is Day else SLUG.fullmatch(path.stem)):
            shape = "the number of the day, such as 3.md" if cls is Day else "a–z, 0–9 and hyphens only"
            reader.report("", "the file name is not a slug.", f"Rename it: {shape}.")
            return None
        text = self._read(path)
        if text is None:
            return None
        front, closed, body = text.removeprefix("+++\n").partition("\n+++\n")
        if not text.startswith("+++\n"):
            reader.report("line 1", "no front matter found.", "Write TOML between two lines of +++ on top.")
            return None
        if not closed:
            reader.report("line 1", "the front matter is not closed.", "Add a line of +++ below its fields.")
            return None
        table = self._parse(path, front, first_line=2)
        if table is None:
            return None
        body_line = text.count("\n", 0, len(text) - len(body))
        return reader.record(cls, table, given={"slug": path.stem, **self._prose(reader, cls, body, body_line)})

    def _prose(self, reader: Reader, cls: type, body: str, line: int) -> dict[str, str]:
        """The Markdown below the front matter: whole as `body`, or by `## ` sections named like the fields."""
        wanted = [name for name, hint in types_of(cls).items() if (mark := translated(hint)) and mark.blocks]
        if wanted == ["body"]:
            if not body.strip():
                reader.report("", "there is no text below the front matter.", "Write at least one paragraph.")
            return {"body": body.strip()}
        texts = dict.fromkeys(wanted, "")
        for title, text, at in sections(body):
            name = title.replace("-", "_")
            if name in texts and not texts[name]:
                texts[name] = text
            elif name in texts:
                reader.report(f"line {line + at}", f'the section "## {title}" is there twice.', "Join the two.")
            elif name:
                known = [field.replace("_", "-") for field in wanted]
                reader.report(f"line {line + at}", f'unknown section "## {title}".', suggestion(title, known))
            elif text:
                reader.report(f"line {line + at}", "text before the first section.", "Begin with a line like ## story.")
        optional = {field.name for field in fields(cls) if field.default is not MISSING}
        for name in wanted:
            if not texts[name] and name not in optional:
                title = name.replace("_", "-")
                reader.report("", f'the section "## {title}" is missing.', "Add it with at least one paragraph.")
        return texts

    def _list(self, table: Mapping[str, Any] | None, file: str, name: str, cls: type) -> tuple[Any, ...]:
        reader = self._reader(self.paths.content / file)
        if table is None:
            return ()
        known = [list_name for list_name, (home, _) in (LISTS | NETWORK).items() if home == file]
        known += [name for name, home in (("area", AREA), ("diagram", DIAGRAM)) if home == file]
        for key in sorted(table.keys() - set(known)):
            reader.report("", f'unknown table "{key}".', suggestion(key, known))
        return tuple(entry for entry in reader.value(tuple[cls, ...], table.get(name, []), name) if entry is not None)  # type: ignore[valid-type]

    def _toml(self, path: Path) -> Mapping[str, Any] | None:
        text = self._read(path)
        return None if text is None else self._parse(path, text)

    def _parse(self, path: Path, text: str, first_line: int = 1) -> Mapping[str, Any] | None:
        for number, line in enumerate(text.split("\n"), start=first_line):
            if line.count(".") > _DOTS:
                what = f"this line has more than {_DOTS} dots."
                self._reader(path).report(f"line {number}", what, "Divide it, or write it with fewer.")
                return None
        table, faults = toml_faults.read(text)
        for fault in faults:
            self._reader(path).report(f"line {fault.line + first_line - 1}", fault.what, fault.remedy)
        return None if faults and first_line > 1 else table

    def _read(self, path: Path) -> str | None:
        if not files.is_there(path):
            self._missing(path)
            return None
        try:
            text = files.text(path, self.paths.content, MOST)
        except files.Unusable as fault:
            self._reader(path).report(fault.place, fault.what, fault.remedy)
            return None
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > _LINE:
                what = f"this line has {len(line):,} characters."
                self._reader(path).report(f"line {number}", what, f"Divide it: {_LINE:,} are the most.")
                return None
        return text

    def _missing(self, path: Path) -> None:
        self._reader(path).report("", "this file is missing.", "Put it back.")


def repeated(slugs: Iterable[str]) -> list[str]:
    """The slugs that occur more than once, sorted."""
    return sorted(slug for slug, count in Counter(slugs).items() if count > 1)
