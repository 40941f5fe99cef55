"""Scripts joined into two files, so that a first visit takes one request for them.

What the first module imports with `from` is one file, and everything else, which only some pages import with
`import()`, is the other. A module exists once per page, whoever imports it. Each stands in a function that takes what
it imports and returns what it exports, so its names are nobody else's.
"""

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rjsmin import jsmin

from guide.files import Unusable

_IMPORT = re.compile(r'^import \{(?P<names>[^{}]*)\} from "(?P<module>\.{1,2}/[^"]+)";$', re.MULTILINE)
_NAME = re.compile(r"(?P<theirs>[\w$]+)(?: as (?P<own>[\w$]+))?")
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>[\w$]+))", re.MULTILINE)
_LATER = re.compile(r'\bimport\("(?P<module>\.{1,2}/[^"]+)"\)')
_UNKNOWN = re.compile(r"\b(?:import(?!\.meta\.url\b)|export)\b")
_REFERENCE = re.compile(r'(?P<before>\b(?:from|import\()"\.[^"]+)(?=\.js")')
_OWN_ADDRESS = "import.meta.url"
_COMMENT = ("//", "/*", "*")

Fault = tuple[str, Unusable]
"""The name of a module, and what is wrong with it."""


@dataclass(frozen=True)
class Import:
    """The names that a module takes from another, as they stand between the braces of `import`."""

    line: int
    written: str
    module: str
    names: tuple[tuple[str, str], ...]
    """What the other calls it, and what it is called here."""


@dataclass(frozen=True)
class Module:
    """A script of static/. `later` are the modules that it imports with `import()`; `body` is its code otherwise."""

    imports: tuple[Import, ...]
    later: tuple[Import, ...]
    exports: tuple[str, ...]
    body: str


@lru_cache(maxsize=300)
def parse(name: str, text: str) -> Module:
    """A module from its text. Raises Unusable where it imports or exports in a form that can't be joined."""
    imports = tuple(
        Import(_line(text, match.start()), match["module"], _beside(name, match["module"]), _names(match["names"]))
        for match in _IMPORT.finditer(text)
    )
    code = _IMPORT.sub(lambda match: "\n" * match[0].count("\n"), text)
    exports = tuple(match["name"] for match in _EXPORT.finditer(code))
    code = _EXPORT.sub("", code)
    body = str(jsmin(code))
    if _UNKNOWN.search(_LATER.sub("", body)):
        raise Unusable(
            _place(code),
            "this form of import or export can't be joined with other scripts.",
            'Write import { name } from "./file.js"; or import("./file.js"), and export function, class or const.',
        )
    later = tuple(
        Import(_line(text, max(text.find(match[0]), 0)), match["module"], _beside(name, match["module"]), ())
        for match in _LATER.finditer(body)
    )
    return Module(imports, later, exports, body)


def faults(modules: Mapping[str, Module], names: Collection[str], first: str) -> Iterator[Fault]:
    """What keeps modules from being joined. `names` are all scripts, also those that could not be parsed."""
    at_once = _in_order(modules, [first])
    for name, module in modules.items():
        if name == _later(first):
            yield name, Unusable("", "the build writes a file of this name.", "Rename it.")
        for imported in (*module.imports, *module.later):
            if imported.module not in names:
                what = f'"{imported.written[:60]}" does not exist.'
                yield name, Unusable(f"line {imported.line}", what, "Correct the name.")
        for imported in module.imports:
            known = modules[imported.module].exports if imported.module in modules else None
            for theirs, _ in imported.names:
                if known is not None and theirs not in known:
                    what = f'"{imported.written[:60]}" exports no "{theirs[:60]}".'
                    yield name, Unusable(f"line {imported.line}", what, "Correct the name, or export it there.")
        for imported in module.later:
            if imported.module in at_once:
                what = f'"{imported.written[:60]}" is a part of what every page starts.'
                yield name, Unusable(f"line {imported.line}", what, "Import it with from here too.")
    yield from _circles(modules)


def _circles(modules: Mapping[str, Module]) -> Iterator[Fault]:
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> Iterator[Fault]:
        done.add(name)
        for imported in modules[name].imports if name in modules else ():
            if imported.module in (*above, name):
                circle = " → ".join((*above, name))
                what = "this file imports itself."
                yield name, Unusable(f"line {imported.line}", what, f"Break the circle: {circle}.")
            elif imported.module not in done:
                yield from visit(imported.module, (*above, name))

    for name in modules:
        if name not in done:
            yield from visit(name, ())


def join(modules: Mapping[str, Module], first: str) -> dict[str, tuple[str, str]]:
    """The files by their names, each with its address beside the others and its text.

    Both have one fingerprint, that of both texts: the first names the later one, which names it in turn. The modules
    have no faults.
    """
    at_once = _in_order(modules, [first])
    later = [name for name in _in_order(modules, list(modules)) if name not in at_once]
    lent = {imported.module for name in later for imported in modules[name].imports} & {*at_once}
    wanted = {imported.module for module in modules.values() for imported in module.later}
    texts = {first: _text(first, at_once, lent, modules, first)}
    if later:
        taken = ",".join(_signs(modules)[name] for name in modules if name in lent)
        text = _text(_later(first), later, wanted, modules, first)
        texts[_later(first)] = f'import{{{taken}}}from"./{posixpath.basename(first)}";\n{text}'
    digest = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()[:10]
    return {
        file: (f"{file.removesuffix('.js')}.{digest}.js", _REFERENCE.sub(rf"\g<before>.{digest}", text))
        for file, text in texts.items()
    }


def _in_order(modules: Mapping[str, Module], starts: Collection[str]) -> list[str]:
    """Modules and what they need, each after everything that it needs before it runs."""
    seen, order = set(), []

    def visit(name: str) -> None:
        if name in seen or name not in modules:
            return
        seen.add(name)
        for imported in modules[name].imports:
            visit(imported.module)
        order.append(name)

    for start in starts:
        visit(start)
    return order


def _signs(modules: Mapping[str, Module]) -> dict[str, str]:
    """What holds the exports of each module, in every file."""
    return {name: f"${number}" for number, name in enumerate(modules)}


def _text(file: str, inner: list[str], lent: Collection[str], modules: Mapping[str, Module], first: str) -> str:
    """A file of some modules, with the exports of those that it lends to others."""
    signs = _signs(modules)
    functions = [f"const {signs[name]}={_function(file, name, modules, first)};" for name in inner]
    exported = ",".join(signs[name] for name in inner if name in lent)
    return "\n".join([*functions, f"export{{{exported}}};"])


def _function(file: str, name: str, modules: Mapping[str, Module], first: str) -> str:
    """A module as a call of a function: its parameters are what it imports, its result is what it exports."""
    module, signs = modules[name], _signs(modules)

    def later(match: re.Match[str]) -> str:
        sign = signs[_beside(name, match["module"])]
        return f'import("./{posixpath.basename(_later(first))}").then(({{{sign}}})=>{sign})'

    parameters = ",".join(
        f"{{{','.join(theirs if theirs == own else f'{theirs}:{own}' for theirs, own in imported.names)}}}"
        for imported in module.imports
    )
    arguments = ",".join(signs[imported.module] for imported in module.imports)
    place = posixpath.relpath(name, posixpath.dirname(file))
    body = _LATER.sub(later, module.body).replace(_OWN_ADDRESS, f'new URL("{place}",{_OWN_ADDRESS}).href')
    result = f"\nreturn{{{','.join(module.exports)}}}" if module.exports else ""
    return f"(({parameters})=>{{{body}{result}}})({arguments})"


def _names(written: str) -> tuple[tuple[str, str], ...]:
    matches = (_NAME.fullmatch(part.strip()) for part in written.split(",") if part.strip())
    return tuple((match["theirs"], match["own"] or match["theirs"]) if match else (written, "") for match in matches)


def _later(first: str) -> str:
    return posixpath.join(posixpath.dirname(first), "later.js")


def _beside(name: str, written: str) -> str:
    """The name of what a module calls so."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), written))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _place(code: str) -> str:
    """The first line outside comments that imports or exports; empty where only a part of a line does."""
    for number, line in enumerate(code.splitlines(), 1):
        if not line.lstrip().startswith(_COMMENT) and _UNKNOWN.search(_LATER.sub("", line)):
            return f"line {number}"
    return ""
