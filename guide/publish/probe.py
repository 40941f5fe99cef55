"""Asks a public address for everything that phones ask for, and compares it with the build that was meant."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import quote, urljoin, urlsplit

from guide.media import TYPES
from guide.problems import BuildError, Problem
from guide.publish import precache
from guide.publish.asking import Answer, Unanswered, ask
from guide.publish.folder import LIST
from guide.serving import HOST_FILES, ROOT_FILES, headers_of, is_hashed, is_online_only

AT_ONCE = 8
NAMED = 3
"""Files that a sentence names before it counts the others."""
HOUR, DAY = 3600, 86400
NOWHERE = "no-such-page-of-the-guide"
SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript")
"""Media types of which browsers run a script."""

_AGAIN = (
    "Upload it again; if it stays so, something between you and the readers changes files (a minify or optimise "
    "switch, an old cache): switch that off."
)
_WHOLE = "Upload the whole build again, offline/current.json last."
_CACHING = "Let the host answer as DEPLOY.md says under Caching."


@dataclass
class Report:
    """What a probe found: what phones would suffer from, what is weak, and one line about the guide there."""

    url: str
    faults: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """The addresses by the sentence that is true of them and its remedy."""
    notes: list[str] = field(default_factory=list)
    compared: int = 0
    present: int = 0
    """Files that are there, with no build at hand to compare them with."""
    bytes: int = 0
    revision: str = ""

    def fault(self, path: str, what: str, remedy: str) -> None:
        """Note a sentence that is true of the answer to a path, given from the root of the guide."""
        self.faults[what, remedy].append(f"{self.url}{quote(path)}")

    @property
    def problems(self) -> list[Problem]:
        """One sentence for each thing that is wrong, however many files it is wrong with."""
        problems = []
        for (what, remedy), addresses in self.faults.items():
            if len(addresses) <= NAMED:
                problems += [Problem(address, "", what, remedy) for address in addresses]
            else:
                others = f"So it is with {len(addresses) - 1} other files."
                problems.append(Problem(min(addresses), "", f"{what} {others}", remedy))
        return sorted(problems)

    @property
    def lines(self) -> list[str]:
        """What is weak, and what was compared."""
        apart = f"; {self.present} more are there" if self.present else ""
        size = f"{self.bytes / 1e6:.1f} MB"
        summary = f"{self.url}: {self.compared:,} files ({size}) are those of {self.revision}{apart}"
        unasked = (*HOST_FILES, LIST)
        unread = f"not compared: the {len(unasked)} files that only hosts and builds read ({', '.join(unasked)})"
        return [*(f"note: {note}" for note in self.notes), *([] if self.faults else [summary, unread])]


def probe(url: str, build: Path) -> Report:
    """What phones meet at an address with a final slash.

    Where the folder holds a build, it is the one that was meant. Raises BuildError when there is no guide to look at.
    """
    first = _answered(url, precache.POINTER)
    there = first.headers.get("location", "")
    secure = there.removesuffix(precache.POINTER)
    if url.startswith("http:") and there.endswith(precache.POINTER) and _is_the_same_but_secure(url, secure):
        report = probe(secure, build)
        report.notes.insert(0, f"{url} leads to {secure}: that is the address to share.")
        return report
    local = precache.read_pointer(build)
    pointer = _pointer(url, first)
    report = Report(url, revision=_named(pointer))
    _Visit(report, build if local and local.get("sha256") == pointer["sha256"] else None).go(pointer, first)
    _compare_order(report, pointer, local, build)
    return report


def _is_the_same_but_secure(plain: str, secure: str) -> bool:
    """Whether an address is another one by HTTPS, at whatever port."""
    here, there = urlsplit(plain), urlsplit(secure)
    return (there.scheme, there.hostname, there.path) == ("https", here.hostname, here.path)


def _answered(url: str, path: str) -> Answer:
    try:
        return ask(url + quote(path))
    except Unanswered as error:
        raise BuildError([Problem(url + quote(path), "", error.what, error.remedy)]) from error


def _named(pointer: Mapping[str, Any]) -> str:
    return f"revision {pointer['revision']}, serial {pointer['serial']}"


def _pointer(url: str, answer: Answer) -> Mapping[str, Any]:
    """The pointer of a guide. Raises BuildError when the address has none."""
    if answer.status == 404:
        what = "there is no guide at this address: this file is missing (404)."
        raise BuildError(
            [Problem(url + precache.POINTER, "", what, "Compare the address with where you uploaded the build.")]
        )
    if fault := _status_fault(answer, url + precache.POINTER):
        raise BuildError([Problem(url + precache.POINTER, "", *fault)])
    try:
        pointer = json.loads(answer.body)
    except ValueError:
        pointer = None
    if not _is_pointer(pointer):
        what = "this is not the file of a guide."
        raise BuildError([Problem(url + precache.POINTER, "", what, f"Compare the address, or else: {_WHOLE}")])
    return pointer


def _is_pointer(pointer: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value has every field of a pointer; one of a build without packs names none."""
    types = {"format": int, "serial": int, "revision": str, "manifest": str, "sha256": str}
    if not isinstance(pointer, dict) or not all(isinstance(pointer.get(name), kind) for name, kind in types.items()):
        return False
    packs = pointer.get("packs", {"path": "", "sha256": ""})
    return isinstance(packs, dict) and all(isinstance(packs.get(name), str) for name in ("path", "sha256"))


def _status_fault(answer: Answer, address: str) -> tuple[str, str] | None:
    """What is wrong with an answer that is no file, and the remedy."""
    match answer.status:
        case 200:
            return None
        case 401 | 407:
            return (
                f"it asks for a password ({answer.status}).",
                "Take the password off: phones can't save a guide behind one.",
            )
        case 403:
            return (
                "it is refused (403).",
                "Let everybody read it: on most hosts files need the mode 0644 and folders 0755.",
            )
        case 404 | 410:
            return f"it is missing ({answer.status}).", _WHOLE
        case 429:
            return "the host wants fewer questions (429).", "Ask again in some minutes."
        case status if status in range(300, 400):
            there = urljoin(address, answer.headers.get("location", ""))
            return (
                f"it leads to {there} ({status}).",
                "Switch that redirect off for the guide, or build the guide for the address that it leads to.",
            )
        case status if status >= 500:
            return f"the host has an error of its own ({status}).", "Look at what the host says of it, and ask again."
    return f"the host answers with status {answer.status}.", "Ask whoever runs the host."


def _compare_order(report: Report, pointer: Mapping[str, Any], local: Mapping[str, Any] | None, build: Path) -> None:
    """Whether phones meet the build that was meant."""
    here = str(build)
    if pointer.get("halt") and (not local or not local.get("halt")):
        report.fault(
            precache.POINTER,
            "it tells phones to take their saved guide away (halt).",
            "If that is not meant, build without --halt and upload.",
        )
    if not local:
        report.notes.append(
            f"there is no build in {here}/ to compare with: see whether the build said {_named(pointer)}, too."
        )
    elif local.get("sha256") != pointer["sha256"]:
        mine, serial = _named(local), int(str(local.get("serial", 0)))
        if pointer["serial"] < serial:
            what = f"the host still serves a former build: {report.revision}. The one in {here}/ is {mine}."
            remedy = f"{_WHOLE} If you did, an old cache lies between: purge it."
        elif pointer["serial"] > serial:
            what = f"the host serves a later build: {report.revision}. The one in {here}/ is {mine}."
            remedy = (
                "If that is right, it was built elsewhere: take its content over, and build again before you upload."
            )
        else:
            what = f"the host serves another build of the same serial: {report.revision}. The one in {here}/ is {mine}."
            remedy = "Build again, so that the serial grows, and upload the whole build."
        report.fault(precache.POINTER, what, remedy)
    elif bool(local.get("halt")) != bool(pointer.get("halt")) and local.get("halt"):
        report.fault(precache.POINTER, "it does not tell phones to let go (halt), as the build does.", _WHOLE)


class _Visit:
    """One look at everything that a guide holds."""

    def __init__(self, report: Report, build: Path | None) -> None:
        self.report, self.build = report, build
        self.tags: list[str] = []
        self.lacking: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.led: list[str] = []

    def go(self, pointer: Mapping[str, Any], answer: Answer) -> None:
        """Look at the answer that held the pointer, and at everything that it leads to."""
        url = self.report.url
        if url.startswith("http:") and not re.match(r"localhost$|127\.|::1$", urlsplit(url).hostname or ""):
            self.report.fault("", "it is plain HTTP.", "Set HTTPS up: phones save nothing without it.")
        body = self._file(pointer["manifest"], pointer["sha256"], ".json")
        self._look(precache.POINTER, answer, ".json")
        if body is None or _hash(body) != pointer["sha256"]:
            return
        listing = json.loads(body)
        self.tags = list(listing["notFound"])
        bodies = self._files({path: (of[0], Path(path).suffix or ".html") for path, of in listing["files"].items()})
        self._files(self._others(bodies, [precache.FIRST] if "packs" in pointer else []))
        self._files({path: (Path(path).stem, Path(path).suffix) for path in self._packs(pointer, listing)})
        for path in (NOWHERE, *(f"{tag}/{NOWHERE}" for tag in self.tags), f"assets/{NOWHERE}.js"):
            self._nowhere(path)
        self._note((bodies.get("") or b"").decode(errors="replace"))

    def _files(self, wanted: Mapping[str, tuple[str | None, str]]) -> dict[str, bytes | None]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(wanted, pool.map(lambda path: self._file(path, *wanted[path]), wanted), strict=True))

    def _packs(self, pointer: Mapping[str, Any], listing: Mapping[str, Any]) -> set[str]:
        """The packs and the differences that lead to them; of a build without packs the bundle, where it has one. All
        are named by the beginning of their hash.
        """
        named = pointer.get("packs")
        if not named:
            bundle = listing["packs"]["core"].get("bundle")
            return {bundle["path"]} if bundle else set()
        body = self._file(named["path"], named["sha256"], ".json")
        if body is None or _hash(body) != named["sha256"]:
            return set()
        downloads = [download for pack in json.loads(body)["packs"] for download in (pack, *pack["steps"])]
        return {download["path"] for download in downloads if "path" in download}

    def _others(self, bodies: Mapping[str, bytes | None], more: list[str]) -> dict[str, tuple[str | None, str]]:
        """What browsers and messengers ask for and the list does not name."""
        names = [*ROOT_FILES, *more]
        if self.build:
            written = [file.relative_to(self.build).as_posix() for file in precache.files(self.build)]
            names = [name for name in written if name in names or is_online_only(name.removesuffix("index.html"))]
            return {name: (_hash((self.build / name).read_bytes()), Path(name).suffix) for name in names}
        cards = set()
        for path, body in bodies.items():
            text = (body or b"").decode(errors="replace")
            if path.endswith(".webmanifest") and body:
                here = f"{self.report.url}{path}"
                names += [
                    urljoin(here, icon["src"]).removeprefix(self.report.url) for icon in json.loads(text)["icons"]
                ]
            cards |= set(re.findall(r'property="og:image" content="[^"]*?/(cards/[^"]+)"', text))
        if not cards:
            names.remove("sitemap.xml")
        return {name: (None, Path(name).suffix) for name in dict.fromkeys([*names, *sorted(cards)])}

    def _file(self, path: str, sha256: str | None, suffix: str) -> bytes | None:
        """The bytes of a file, or None. Everything that is wrong with its answer is told."""
        address = self.report.url + quote(path)
        try:
            answer = ask(address)
            there = urljoin(address, answer.headers.get("location", ""))
            if answer.status in range(300, 400) and there in (
                address.removesuffix(".html"),
                address.removesuffix("index.html"),
            ):
                self.led.append(path)
                answer = ask(there)
        except Unanswered as error:
            self.report.fault(path, error.what, error.remedy)
            return None
        if fault := _status_fault(answer, address):
            self.report.fault(path, *fault)
            return None
        body = answer.body
        is_page = body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        is_worker = path not in ("sw.js", "sw-retire.js") or b"`field-guide:" in body
        if is_page and suffix != ".html":
            self.report.fault(path, "it is a web page.", _AGAIN)
        elif not is_worker or not _hash(body).startswith(sha256 or ""):
            self.report.fault(path, f"its {len(body):,} bytes are not those of the build.", _AGAIN)
        elif sha256:
            self.report.compared += 1
            self.report.bytes += len(body)
        else:
            self.report.present += 1
        if not is_page or suffix == ".html":
            self._look(path, answer, suffix)
        return body

    def _look(self, path: str, answer: Answer, suffix: str) -> None:
        """What the headers of a file do to phones."""
        for what, remedy in _header_faults(answer, suffix):
            self.report.fault(path, what, remedy)
        for name, value in headers_of(path, self.tags).items():
            sent = answer.headers.get(name.lower())
            if name == "Cache-Control":
                self._age(path, 0 if is_hashed(path) else _seconds_kept(answer))
            elif sent is None:
                self.lacking[name] += 1
            elif sent != value:
                self.changed[name] += 1

    def _age(self, path: str, seconds: int) -> None:
        """A file that must be asked for again, or an error, and how long it may be kept without."""
        if seconds >= DAY:
            what = "it may be kept for more than a day without being asked for again: phones would not see what is new."
            self.report.fault(path, what, _CACHING)
        elif seconds > HOUR:
            self.kept[f"{seconds // HOUR} hours"] += 1

    def _nowhere(self, path: str) -> None:
        """What a host says of an address that is not there."""
        try:
            answer = ask(self.report.url + path)
        except Unanswered as error:
            return self.report.fault(path, error.what, error.remedy)
        if answer.status == 200:
            what = "it is not there and yet answered with 200: phones can't tell what is missing."
            return self.report.fault(path, what, "Switch off that the host rewrites unknown addresses to a page.")
        if answer.status not in (403, 404, 410):
            fault = _status_fault(answer, self.report.url + path)
            return self.report.fault(path, *fault) if fault else None
        if answer.status == 403:
            self.report.notes.append(f"{path} is not there and is refused (403) where 404 would be true.")
        self._age(path, _seconds_kept(answer))
        page = self.build and self.build / (path.rpartition("/")[0] if path.startswith(tuple(self.tags)) else "")
        if page and answer.body != (page / "404.html").read_bytes() and not path.startswith("assets/"):
            self.report.notes.append(f"for {path} the host shows another page than the guide's 404.html.")

    def _note(self, front: str) -> None:
        """What is weak and no fault."""
        notes = self.report.notes
        named = re.search(r'property="og:url" content="([^"]*)"', front)
        if not named:
            notes.append("the build does not know its address: shared links show no picture, and there is no site map.")
        elif not unescape(named[1]).startswith(self.report.url):
            notes.append(f"the build is made for {unescape(named[1])}: shared links and pictures lead there.")
        for names, how in ((self.lacking, "does not send"), (self.changed, "sends of its own kind")):
            by_number: dict[int, list[str]] = defaultdict(list)
            for name, number in names.items():
                by_number[number].append(name)
            notes += [f"the host {how} {', '.join(all_)} ({number:,} files)." for number, all_ in by_number.items()]
        notes += [
            f"{number:,} files may be kept for {kept} before they are asked for." for kept, number in self.kept.items()
        ]
        if self.led:
            notes.append(f"the host leads {min(self.led)} to a shorter address ({len(self.led)} files).")


def _header_faults(answer: Answer, suffix: str) -> Iterable[tuple[str, str]]:
    """What a browser makes of the headers of a file, where that is not what the guide means."""
    wanted = TYPES[suffix].partition(";")[0]
    accepted = SCRIPTS if suffix == ".js" else (wanted,)
    if suffix in (".js", ".css", ".html", ".svg", ".png", ".ics") and answer.media_type not in accepted:
        shown = answer.media_type or "nothing"
        yield f"it is served as {shown}, which browsers refuse.", f"Let the host serve files in {suffix} as {wanted}."
    if suffix in (".js", ".css", ".html") and answer.charset not in ("", "utf-8", "utf8"):
        yield f"it is said to be in {answer.charset}, so that accents break.", "Let the host say utf-8, or nothing."
    if answer.headers.get("content-disposition", "").lower().startswith("attachment"):
        yield "it is offered as a download.", "Switch that off at the host (Content-Disposition)."
    if "clear-site-data" in answer.headers:
        yield "it makes browsers delete what they saved.", "Switch that off at the host (Clear-Site-Data)."


def _seconds_kept(answer: Answer) -> int:
    """How long a browser may keep an answer without asking again."""
    control = answer.headers.get("cache-control", "").lower()
    if re.search(r"no-store|no-cache", control):
        return 0
    if age := re.search(r'max-age="?(\d+)', re.sub("s-maxage", "", control)):
        return int(age[1])
    try:
        ends, begins = (parsedate_to_datetime(answer.headers[name]) for name in ("expires", "date"))
        return int((ends - begins).total_seconds())
    except (KeyError, TypeError, ValueError):
        return 0


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
