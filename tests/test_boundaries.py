"""What lies in content/, translations/ and static/ may be anything: a person gets sentences, never a traceback."""

import os
import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from guide import create_app
from guide.config import Settings
from guide.problems import GuideError
from guide.publish.build import build
from guide.site import cards
from guide.site.cards import Caption

DAY, EDITION, DRAWING, PO = (
    "content/days/1.md",
    "content/edition.toml",
    "static/drawings/day-1.svg",
    "translations/es/LC_MESSAGES/messages.po",
)
FIELDS = (
    "Use one of: assembly, calendar_key, contacts, days, first_day, "
    "greeting, group_link, groups, name, time_zone, web_address."
)
DESCRIBED = "Put the drawing there, or remove this line."
PLAIN = "Take it out, or save the drawing as plain SVG."
KINDS = "the guide serves no files of this kind. Use .css, .js, .svg, .png or .json, or move it elsewhere."
BOX = 'the drawing has no viewBox with a width and a height. Write viewBox="0 0 640 300" in its <svg>.'
XML = "Open it in a drawing program and save it as plain SVG."
TYPE = "a document type has no place in a drawing. Take out <!DOCTYPE …> and all that it declares."
MANY = "the drawing has more than 20,000 shapes, or one that shows itself. Draw it more simply."
OUT = "leads out of the drawing. Take it out."
FORM = (
    "this form of import or export can't be joined with other scripts. "
    'Write import { name } from "./file.js"; or import("./file.js"), and export function, class or const.'
)
REFERENCE = 'Name a file of static/, in double quotes: "./name".'
LINK = "this link leads out of the guide. Put the file itself in its place."
FOLDER = "this is a folder, where a file is expected. Move it elsewhere."
UNREAD = "nothing in the guide reads this file."
ELSEWHERE = "Put it at translations/<locale>/LC_MESSAGES/messages.po, or move it elsewhere."
ADDRESS = "this name can't stand in an address. Rename it: a–z, 0–9, hyphens and dots."


def link(target: str) -> Callable[[Path], None]:
    """Puts a symbolic link in the place of a file."""
    return lambda path: path.symlink_to(target)


def folder(path: Path) -> None:
    path.mkdir()


def sparse(size: int) -> Callable[[Path], None]:
    """Puts a file of many bytes in the place of a file, without writing them."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def listening(path: Path) -> None:
    """Puts a socket in the place of a file; its name may be too long for the system, so it is made nearby."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as found:
            found.bind(path.name)
    finally:
        os.chdir(here)


def svg(inner: str = "", root: str = 'viewBox="0 0 640 300"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n{inner}\n</svg>\n'.encode()


def bomb(levels: int) -> str:
    """Groups that show the one before ten times."""
    uses = "".join(f'<g id="g{level}">{f"""<use href="#g{level - 1}"/>""" * 10}</g>' for level in range(1, levels))
    return f'<g id="g0"><path d="M0 0h1"/></g>{uses}'


def described(file: str) -> bytes:
    """A file of the miniature guide that says what its drawing shows."""
    text = (Path(__file__).parent / "miniature" / file).read_text("utf-8")
    return text.replace("+++\n", '+++\ndrawing = "A lamp."\n', 1).encode()


def edition(line: str) -> bytes:
    """An edition with a line more."""
    return f'name = "A"\ntime_zone = "America/Bogota"\nfirst_day = "2017-05-29"\n{line}\n'.encode()


def unread(sign: str) -> str:
    """The problem of a line that is one sign again and again."""
    return f"{EDITION}: line 1: this line can't be read: {f'a = {sign * 80}'[:80]}…. Write it anew."


def emptied(path: Path) -> None:
    """Puts a file in the place of a folder."""
    shutil.rmtree(path)
    path.write_bytes(b"")


LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n' + svg("<desc>&b;</desc>")
OUTSIDE = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + svg("<desc>&a;</desc>")

FAULTS: list[tuple[str, dict[str, bytes | Callable[[Path], None] | None], list[str]]] = [
    # name, what is put where (None: the file is removed), the problems
    (
        "a picture of a camera",
        {"static/drawings/sponsor.jpg": b"\xff\xd8"},
        [f"static/drawings/sponsor.jpg: {KINDS}"],
    ),
    (
        "a modern picture",
        {"static/drawings/day-1.webp": b"RIFF"},
        [f"static/drawings/day-1.webp: {KINDS}"],
    ),
    (
        "a text file",
        {"static/README": b"x"},
        [f"static/README: {KINDS}"],
    ),
    (
        "a name with a space",
        {"static/drawings/my day.svg": svg()},
        [f"static/drawings/my day.svg: {ADDRESS}"],
    ),
    (
        "a name with an accent",
        {"static/drawings/día.svg": svg()},
        [f"static/drawings/día.svg: {ADDRESS}"],
    ),
    (
        "a name with a line break",
        {"static/drawings/a\nb.svg": svg()},
        [f"static/drawings/a\\nb.svg: {ADDRESS}"],
    ),
    (
        "a name that is no text",
        {"static/drawings/\udcff.svg": svg()},
        [f"static/drawings/\\udcff.svg: {ADDRESS}"],
    ),
    (
        "a name in capitals",
        {"static/drawings/DAY-1.SVG": svg()},
        [f"static/drawings/DAY-1.SVG: {ADDRESS}"],
    ),
    (
        "a name with two kinds",
        {"static/js/main.js.txt": b"x"},
        [f"static/js/main.js.txt: {KINDS}"],
    ),
    (
        "no drawing of a day",
        {DAY: described(DAY), DRAWING: None},
        [f"{DAY}: drawing: there is no static/drawings/day-1.svg. {DESCRIBED}"],
    ),
    (
        "no drawing of a new day",
        {"content/days/3.md": described(DAY), "static/drawings/day-3.svg": None},
        [f"content/days/3.md: drawing: there is no static/drawings/day-3.svg. {DESCRIBED}"],
    ),
    (
        "no drawing of a site",
        {"content/sites/market.md": described("content/sites/market.md")},
        [f"content/sites/market.md: drawing: there is no static/drawings/site-market.svg. {DESCRIBED}"],
    ),
    (
        "a folder for the drawing of a day",
        {DAY: described(DAY), DRAWING: folder},
        [f"{DRAWING}: {FOLDER}"],
    ),
    ("no icon", {"static/icons/icon.svg": None}, ["static/icons/icon.svg: this file is missing. Put it back."]),
    ("no style", {"static/css/guide.css": None}, ["static/css/guide.css: this file is missing. Put it back."]),
    ("no worker", {"static/sw.js": None}, ["static/sw.js: this file is missing. Put it back."]),
    (
        "a script that another imports is gone",
        {"static/js/store.js": None},
        [
            'static/js/find/search.js: line 6: "../store.js" does not exist. Correct the name.',
            'static/js/offline/page.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/offline/saved.js: line 6: "../store.js" does not exist. Correct the name.',
            'static/js/today/card.js: line 6: "../store.js" does not exist. Correct the name.',
            'static/js/today/told.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/transit/directions.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/transit/starts.js: line 5: "../store.js" does not exist. Correct the name.',
            'static/js/ui/install.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/ui/language.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/ui/last.js: line 4: "../store.js" does not exist. Correct the name.',
            'static/js/ui/theme.js: line 3: "../store.js" does not exist. Correct the name.',
        ],
    ),
    (
        "no viewBox",
        {DRAWING: svg(root='width="640" height="300"')},
        [f"{DRAWING}: line 1: {BOX}"],
    ),
    (
        "a viewBox of nothing",
        {DRAWING: svg(root='viewBox="0 0 0 300"')},
        [f"{DRAWING}: line 1: {BOX}"],
    ),
    (
        "a viewBox that is no number",
        {DRAWING: svg(root='viewBox="0 0 nan 300"')},
        [f"{DRAWING}: line 1: {BOX}"],
    ),
    (
        "no XML",
        {DRAWING: b"<svg"},
        [f"{DRAWING}: line 1: this is not XML: unclosed token. {XML}"],
    ),
    (
        "a tag that is not closed",
        {DRAWING: svg("<g>")},
        [f"{DRAWING}: line 3: this is not XML: mismatched tag. {XML}"],
    ),
    (
        "a web page",
        {DRAWING: b"<!doctype html><html></html>"},
        [f"{DRAWING}: line 1: this is not XML: syntax error. {XML}"],
    ),
    (
        "another kind of XML",
        {DRAWING: b"<rss/>"},
        [f"{DRAWING}: line 1: the file begins with <rss>, not with an <svg> of SVG. Save the drawing as SVG."],
    ),
    (
        "SVG without its namespace",
        {DRAWING: b'<svg viewBox="0 0 1 1"/>'},
        [f"{DRAWING}: line 1: the file begins with <svg>, not with an <svg> of SVG. Save the drawing as SVG."],
    ),
    ("an empty drawing", {DRAWING: b""}, [f"{DRAWING}: this file is empty. Fill it, or remove it."]),
    (
        "a drawing of 50 MB",
        {DRAWING: sparse(50_000_000)},
        [f"{DRAWING}: this file has 50,000,000 bytes. Make it smaller than 500,000."],
    ),
    (
        "a drawing in Latin-1",
        {DRAWING: svg("<desc>D\xeda</desc>").decode().encode("latin-1")},
        [f"{DRAWING}: line 2: this is not UTF-8 text. Save the file as UTF-8."],
    ),
    (
        "a drawing that says it is UTF-16",
        {DRAWING: b'<?xml version="1.0" encoding="UTF-16"?>' + svg()},
        [f"{DRAWING}: line 1: the drawing says that it is UTF-16. Save it as UTF-8."],
    ),
    (
        "a billion laughs",
        {DRAWING: LAUGHS},
        [f"{DRAWING}: line 1: {TYPE}"],
    ),
    (
        "an entity from outside",
        {DRAWING: OUTSIDE},
        [f"{DRAWING}: line 1: {TYPE}"],
    ),
    (
        "a script",
        {DRAWING: svg("<script>alert(1)</script>")},
        [f"{DRAWING}: line 2: <script> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a script of XHTML",
        {DRAWING: svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>')},
        [f"{DRAWING}: line 2: <script> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a script in metadata",
        {DRAWING: svg('<metadata><h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script></metadata>')},
        [f"{DRAWING}: line 2: <script> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a handler",
        {DRAWING: svg('<path d="M0 0" onclick="alert(1)"/>')},
        [f'{DRAWING}: line 2: "onclick" would run a script. Take it out.'],
    ),
    (
        "a handler on top",
        {DRAWING: svg(root='viewBox="0 0 1 1" onload="alert(1)"')},
        [f'{DRAWING}: line 1: "onload" would run a script. Take it out.'],
    ),
    (
        "a page in the drawing",
        {DRAWING: svg("<foreignObject/>")},
        [f"{DRAWING}: line 2: <foreignObject> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a link",
        {DRAWING: svg('<a href="javascript:alert(1)"/>')},
        [f"{DRAWING}: line 2: <a> has no place in a drawing. {PLAIN}"],
    ),
    (
        "an animation that sets an address",
        {DRAWING: svg('<set attributeName="href" to="javascript:alert(1)"/>')},
        [f"{DRAWING}: line 2: <set> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a picture from elsewhere",
        {DRAWING: svg('<image href="https://example.org/a.png"/>')},
        [f"{DRAWING}: line 2: <image> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a picture inside",
        {DRAWING: svg('<image href="data:image/png;base64,AAAA"/>')},
        [f"{DRAWING}: line 2: <image> has no place in a drawing. {PLAIN}"],
    ),
    (
        "a shape from elsewhere",
        {DRAWING: svg('<use href="https://example.org/a.svg#b"/>')},
        [f'{DRAWING}: line 2: the address "https://example.org/a.svg#b" {OUT}'],
    ),
    (
        "a shape from elsewhere, the old way",
        {DRAWING: svg('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="other.svg#b"/>')},
        [f'{DRAWING}: line 2: the address "other.svg#b" {OUT}'],
    ),
    (
        "a shape as data",
        {DRAWING: svg('<use href="data:image/svg+xml;base64,AAAA#a"/>')},
        [f'{DRAWING}: line 2: the address "data:image/svg+xml;base64,AAAA#a" {OUT}'],
    ),
    (
        "a colour from elsewhere",
        {DRAWING: svg('<path d="M0 0" fill="url(https://example.org/a.svg#b)"/>')},
        [f'{DRAWING}: line 2: "fill" asks for what lies outside the drawing: url( Take it out.'],
    ),
    (
        "style that fetches",
        {DRAWING: svg("<style>path{fill:url(//example.org/a)}</style>")},
        [f"{DRAWING}: line 2: <style> asks for what lies outside the drawing: url( Take it out."],
    ),
    (
        "style that imports",
        {DRAWING: svg('<style>@import "//example.org/a.css";</style>')},
        [f"{DRAWING}: line 2: <style> asks for what lies outside the drawing: @ Take it out."],
    ),
    (
        "style that hides what it fetches",
        {DRAWING: svg(r'<path d="M0 0" style="fill:\75rl(//example.org/a)"/>')},
        [f'{DRAWING}: line 2: "style" asks for what lies outside the drawing: \\ Take it out.'],
    ),
    (
        "style that fetches in several pieces",
        {DRAWING: svg("<style>path{fill:u<!-- -->rl(//example.org/a)}</style>")},
        [f"{DRAWING}: line 2: <style> asks for what lies outside the drawing: url( Take it out."],
    ),
    (
        "style that refers",
        {DRAWING: svg("<style>path{fill:url(#a)}</style>")},
        [f"{DRAWING}: line 2: <style> refers to another part. Save the drawing with style as attributes."],
    ),
    (
        "another base",
        {DRAWING: svg('<g xml:base="https://example.org/"/>')},
        [f'{DRAWING}: line 2: "xml:base" {OUT}'],
    ),
    (
        "style for XML",
        {DRAWING: b'<?xml-stylesheet href="//example.org/a.css"?>' + svg()},
        [f"{DRAWING}: line 1: the instruction <?xml-stylesheet …?> has no place in a drawing. {PLAIN}"],
    ),
    (
        "words",
        {DRAWING: svg("<text>Day 1</text><text>Day 2</text>")},
        [f"{DRAWING}: line 2: words stand in the drawing, and nobody can translate them. Take them out, or draw them."],
    ),
    (
        "shapes that multiply",
        {DRAWING: svg(bomb(12))},
        [f"{DRAWING}: line 1: {MANY}"],
    ),
    (
        "patterns that multiply",
        {
            DRAWING: svg(
                "".join(
                    f'<pattern id="g{n}">' + f'<rect fill="url(#g{n - 1})"/>' * 10 + "</pattern>" for n in range(1, 12)
                )
            )
        },
        [f"{DRAWING}: line 1: {MANY}"],
    ),
    (
        "a shape that shows itself",
        {DRAWING: svg('<g id="a"><use href="#a"/></g>')},
        [f"{DRAWING}: line 1: {MANY}"],
    ),
    (
        "groups in groups",
        {DRAWING: svg("<g>" * 5000 + "</g>" * 5000)},
        [f"{DRAWING}: line 2: more than 100 elements stand in one another. Ungroup them."],
    ),
    (
        "a picture cut short",
        {"static/icons/a.png": b"\x89PNG\r\n\x1a\n"},
        ["static/icons/a.png: this is not a whole PNG picture. Save it anew."],
    ),
    (
        "data that is none",
        {"static/js/data.json": b"[" * 100_000},
        ["static/js/data.json: this is not JSON. Correct it, or move it elsewhere."],
    ),
    (
        "style that names a file without quotes",
        {"static/css/media.css": b"a{}\nb{background:url(./../icons/icon.svg)}"},
        [f"static/css/media.css: line 2: the guide can't follow url(… {REFERENCE}"],
    ),
    (
        "style from elsewhere",
        {"static/css/media.css": b'b{background:url("https://example.org/a.png")}'},
        [f"static/css/media.css: line 1: the guide can't follow url(… {REFERENCE}"],
    ),
    (
        "a script that imports with single quotes",
        {"static/js/ui/today.js": b"import { a } from '../store.js';"},
        [f"static/js/ui/today.js: line 1: {FORM}"],
    ),
    (
        "a style sheet that imports one that is gone",
        {"static/css/media.css": b'a{}\n@import "./gone.css";'},
        ['static/css/media.css: line 2: "./gone.css" does not exist. Correct the name.'],
    ),
    (
        "a style sheet that imports itself",
        {"static/css/media.css": b'@import "./media.css";'},
        ["static/css/media.css: line 1: this file imports itself. Break the circle: css/media.css."],
    ),
    (
        "a part of style sheets in Latin-1, named once for all that import it",
        {"static/css/base.part.css": b"/* \n d\xeda */"},
        ["static/css/base.part.css: line 2: this is not UTF-8 text. Save the file as UTF-8."],
    ),
    (
        "style in Latin-1",
        {"static/css/guide.css": b"/* \n d\xeda */"},
        ["static/css/guide.css: line 2: this is not UTF-8 text. Save the file as UTF-8."],
    ),
    (
        "a script with a null byte",
        {"static/js/ui/today.js": b"let a;\n\x00"},
        ["static/js/ui/today.js: line 2: a control character stands here. Save the file as plain text."],
    ),
    (
        "an empty script",
        {"static/js/ui/today.js": b""},
        ["static/js/ui/today.js: this file is empty. Fill it, or remove it."],
    ),
    (
        "a script that imports for the effect only",
        {"static/js/ui/today.js": b'\nimport "../store.js";\nexport function start() {}'},
        [f"static/js/ui/today.js: line 2: {FORM}"],
    ),
    (
        "a script that exports under another name",
        {"static/js/ui/today.js": b"export function start() {}\n/* export {} */\nexport { start as today };"},
        [f"static/js/ui/today.js: line 3: {FORM}"],
    ),
    (
        "a script that imports what a variable names",
        {"static/js/ui/today.js": b"export const start = (name) => import(name);"},
        [f"static/js/ui/today.js: line 1: {FORM}"],
    ),
    (
        "a script that imports nothing",
        {"static/js/ui/today.js": b'\nimport { a } from "./no.js";\nexport function start() {}'},
        ['static/js/ui/today.js: line 2: "./no.js" does not exist. Correct the name.'],
    ),
    (
        "a script that imports a folder",
        {"static/js/ui/today.js": b'export const start = () => import("../../drawings");'},
        ['static/js/ui/today.js: line 1: "../../drawings" does not exist. Correct the name.'],
    ),
    (
        "a script that imports from outside",
        {"static/js/aa.js": b'import { a } from "./../../../content/edition.toml";'},
        ['static/js/aa.js: line 1: "./../../../content/edition.toml" does not exist. Correct the name.'],
    ),
    (
        "a script that imports a name that the other lacks",
        {"static/js/aa.js": b'import {\n  find,\n  lose as drop,\n} from "./dom.js";'},
        ['static/js/aa.js: line 1: "./dom.js" exports no "lose". Correct the name, or export it there.'],
    ),
    (
        "a script that imports later what is there already",
        {"static/js/aa.js": b'\nimport("./dom.js");'},
        ['static/js/aa.js: line 2: "./dom.js" is a part of what every page starts. Import it with from here too.'],
    ),
    (
        "scripts in a circle",
        {
            "static/js/aa.js": b'import { b } from "./bb.js";\nexport const a = 1;',
            "static/js/bb.js": b'import { a } from "./aa.js";\nexport const b = 2;',
        },
        ["static/js/bb.js: line 1: this file imports itself. Break the circle: js/aa.js → js/bb.js."],
    ),
    (
        "a script with the name of one that the build writes",
        {"static/js/later.js": b"let a;"},
        ["static/js/later.js: the build writes a file of this name. Rename it."],
    ),
    (
        "a pipe",
        {"static/drawings/pipe.svg": os.mkfifo},
        ["static/drawings/pipe.svg: this is not an ordinary file. Remove it."],
    ),
    (
        "a socket",
        {"static/drawings/socket.svg": listening},
        ["static/drawings/socket.svg: this is not an ordinary file. Remove it."],
    ),
    (
        "a link to itself",
        {DRAWING: link("day-1.svg")},
        [f"{DRAWING}: this link leads to itself. Put the file itself in its place."],
    ),
    (
        "a link to nothing",
        {DRAWING: link("nothing.svg")},
        [f"{DRAWING}: this link leads nowhere. Put the file itself in its place."],
    ),
    (
        "a link to outside",
        {DRAWING: link("/etc/hostname")},
        [f"{DRAWING}: {LINK}"],
    ),
    (
        "a link to zeros",
        {"static/drawings/zero.svg": link("/dev/zero")},
        [f"static/drawings/zero.svg: {LINK}"],
    ),
    (
        "a link to a folder",
        {"static/drawings/all.svg": link("../icons")},
        [f"static/drawings/all.svg: {FOLDER}"],
    ),
    (
        "a link to a folder of any name",
        {"static/drawings/all": link("..")},
        [f"static/drawings/all: {FOLDER}"],
    ),
    (
        "a folder like a file",
        {DRAWING: folder},
        [f"{DRAWING}: {FOLDER}"],
    ),
    (
        "a pipe as a day",
        {"content/days/3.md": os.mkfifo},
        ["content/days/3.md: this is not an ordinary file. Remove it."],
    ),
    ("a pipe as the edition", {EDITION: os.mkfifo}, [f"{EDITION}: this is not an ordinary file. Remove it."]),
    (
        "a folder as a day",
        {DAY: folder},
        [f"{DAY}: {FOLDER}"],
    ),
    (
        "a day that links to itself",
        {DAY: link("1.md")},
        [f"{DAY}: this link leads to itself. Put the file itself in its place."],
    ),
    (
        "a site from outside",
        {"content/sites/host.md": link("/etc/hostname")},
        [f"content/sites/host.md: {LINK}"],
    ),
    (
        "a page without end",
        {"content/pages/zero.md": link("/dev/zero")},
        [f"content/pages/zero.md: {LINK}"],
    ),
    (
        "a folder as a file",
        {"content/groups": emptied},
        ["content/groups: this is not a folder. Put the folder itself in its place."],
    ),
    (
        "an edition of 100 MB",
        {EDITION: sparse(100_000_000)},
        [f"{EDITION}: this file has 100,000,000 bytes. Make it smaller than 1,000,000."],
    ),
    (
        "brackets in brackets",
        {EDITION: b"a = " + b"[" * 10_000},
        [unread("[")],
    ),
    (
        "tables in tables",
        {EDITION: b"a = " + b"{ a = " * 3_000},
        [unread("{ a = ")],
    ),
    (
        "a number of 5,000 digits",
        {EDITION: b"a = " + b"9" * 5_000},
        [unread("9")],
    ),
    (
        "a key of 9,000 parts",
        {EDITION: b"a." * 9_000 + b"a = 1"},
        [f"{EDITION}: line 1: this line has more than 100 dots. Divide it, or write it with fewer."],
    ),
    (
        "a null byte",
        {EDITION: b'name = "a\x00b"'},
        [
            f"{EDITION}: line 1: an invisible sign or special space stands in this line: "
            'name = "a b". Write: name = "ab"',
            f'{EDITION}: first_day: days 1, 2 have no date. Write first_day = "2017-05-29", or date below [days.1].',
            f'{EDITION}: time_zone: the field "time_zone" is missing or empty. '
            'Write a line at the top: time_zone = "…".',
        ],
    ),
    (
        "a year that is none",
        {EDITION: edition("").replace(b"2017", b"0000")},
        [f"{EDITION}: first_day: '0000-05-29' is not a date. Write it like \"2017-05-29\"."],
    ),
    (
        "a day after the last",
        {EDITION: edition("").replace(b"2017-05-29", b"9999-12-31")},
        [f'{EDITION}: first_day: day 2 has no date. Write first_day = "2017-05-29", or date below [days.2].'],
    ),
    (
        "numbers that are none",
        {EDITION: edition("[days.1.stops.lamp]\nlatitude = nan\nlongitude = -inf")},
        [
            f"{EDITION}: days.1.stops.lamp, latitude: nan is not a number. Correct the value.",
            f"{EDITION}: days.1.stops.lamp, longitude: -inf is not a number. Correct the value.",
        ],
    ),
    (
        "a number too great",
        {EDITION: edition("[days.1.stops.lamp]\nlatitude = 1e300\nlongitude = -75.5")},
        [f"{EDITION}: days.1.stops.lamp, latitude: this number is too great. Correct the value."],
    ),
    (
        "a name with a line break in it",
        {EDITION: edition('"a\\nb" = 1')},
        [f'{EDITION}: unknown field "a\\nb". {FIELDS}'],
    ),
    (
        "an edition of another name",
        {"content/edition.toml.txt": b""},
        [f"content/edition.toml.txt: {UNREAD} Move it elsewhere."],
    ),
    (
        "a second edition",
        {"content/edition (1).toml": b""},
        [f'content/edition (1).toml: {UNREAD} Did you mean "edition.toml"?'],
    ),
    (
        "a file that nothing reads",
        {"content/transit/notes.txt": b""},
        [f"content/transit/notes.txt: {UNREAD} Move it elsewhere."],
    ),
    (
        "a new folder",
        {"content/photos": folder},
        [f"content/photos: {UNREAD} Move it elsewhere."],
    ),
    (
        "a catalog in the wrong place",
        {"translations/es.po": b""},
        [f"translations/es.po: {UNREAD} {ELSEWHERE}"],
    ),
    (
        "a catalog that is a pipe",
        {PO: os.mkfifo},
        [f"{PO}: this is not an ordinary file. Remove it."],
    ),
    (
        "a catalog without end",
        {PO: link("/dev/zero")},
        [f"{PO}: {LINK}"],
    ),
    (
        "a catalog of 50 MB",
        {PO: sparse(50_000_000)},
        [f"{PO}: this file has 50,000,000 bytes. Make it smaller than 20,000,000."],
    ),
    (
        "a language that links to itself",
        {"translations/pt": link("pt")},
        [f"translations/pt: {UNREAD} {ELSEWHERE}"],
    ),
]


def put(root: Path, file: str, what: bytes | Callable[[Path], None] | None) -> None:
    path = root / file
    if path.is_file() or path.is_symlink():
        path.unlink()
    if callable(what):
        what(path)
    elif what is not None:
        path.write_bytes(what)


@pytest.fixture
def patience():
    """Ends a test that hangs."""

    def hung(number: int, frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, hung)
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.mark.parametrize(("name", "files", "expected"), FAULTS, ids=[name for name, *_ in FAULTS])
def test_whatever_lies_in_a_folder_is_answered_with_sentences(miniature, problems, patience, name, files, expected):
    """One sentence a fault, with file, place and remedy."""
    for file, what in files.items():
        put(miniature.root, file, what)

    found = problems()

    assert found == expected


def test_all_folders_are_told_in_one_run(miniature, problems):
    """A person who mends the content does not learn of the drawings only then."""
    put(miniature.root, EDITION, b"")
    put(miniature.root, PO, b"\xff")
    put(miniature.root, DRAWING, svg("<script/>"))

    found = problems()

    assert {line.split(":")[0] for line in found} == {EDITION, PO, DRAWING}


def test_every_fault_of_a_drawing_is_told_in_one_run(miniature, problems):
    """Each once, with the first line that has it."""
    put(miniature.root, DRAWING, svg('<script/>\n<script/>\n<text/>\n<path onclick="x" fill="url(x)"/>', root=""))

    found = problems()

    assert [line.split(": ")[1] for line in found] == ["line 1", "line 2", "line 4", "line 5", "line 5"]


def test_the_last_good_build_stays(miniature, tmp_path):
    """Whatever lies in static/, what was published is not touched."""
    target = tmp_path / "build"
    build(create_app(Settings(paths=miniature)), target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    put(miniature.root, DRAWING, svg("<script/>"))
    put(miniature.root, "static/sponsor.jpg", b"\xff")

    with pytest.raises(GuideError) as caught:
        build(create_app(Settings(paths=miniature)), target)

    assert len(caught.value.problems) == 2
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_the_command_and_the_preview_say_the_same(miniature):
    """A host meets the sentence wherever they look: on the command line, and in the browser."""
    put(miniature.root, "static/drawings/sponsor.jpg", b"\xff")
    put(miniature.root, "static/drawings/lost.svg", link("nothing.svg"))
    app = create_app(Settings(paths=miniature, live=True))

    checked = app.test_cli_runner().invoke(args=["check"], catch_exceptions=False)
    shown = app.test_client().get("/en/")

    assert checked.exit_code == 1
    assert checked.output.splitlines() == shown.text.splitlines()
    assert [line.split(":")[0] for line in shown.text.splitlines()] == [
        "static/drawings/lost.svg",
        "static/drawings/sponsor.jpg",
    ]


HARMLESS = [
    # what drawing programs write, and what is allowed in a drawing
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- A comment -->\n' + svg("<path d='M0 0h9'/>").decode(),
    svg(
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path d="M0 0h9" fill="url(#a)"/>'
    ).decode(),
    svg('<g id="a"><path d="M0 0h9"/></g><use href="#a" x="9"/>').decode(),
    svg("<style>.a{fill:#fff} @media print{.a{fill:#000}}</style><path class='a' d='M0 0h9'/>").decode(),
    svg('<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="a\\b"/>').decode(),
    svg("<title>A lamp</title><desc>It shines.</desc>", root='viewBox="-10.5,-20 640 300" fill="none"').decode(),
    "\ufeff" + svg().decode().replace("\n", "\r\n"),
]


@pytest.mark.parametrize("drawing", HARMLESS)
def test_a_drawing_of_shapes_is_taken_as_it_is(miniature, problems, drawing):
    """What is no danger is no fault, and there is a card with it."""
    put(miniature.root, DRAWING, drawing.encode())

    found = problems()

    assert found == []
    assert cards.draw(Caption("A lamp", "Guide"), miniature.root / DRAWING)[:4] == b"\x89PNG"
