"""The parts of the guide know each other in one direction."""

import ast
import importlib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parent.parent / "guide"
LEAVES = {"config", "problems", "headers", "media", "serving", "files", "cache", "processes"}
MODULES = sorted(
    ".".join(path.relative_to(GUIDE).with_suffix("").parts)
    for path in GUIDE.rglob("*.py")
    if path.name != "__init__.py"
)
KNOWN = {
    "model": set(),
    "text": {"model"},
    "transit": {"model"},
    "content": {"model", "text", "transit"},
    "i18n": {"model", "text", "content"},
    "site": {"model", "text", "transit", "content", "i18n"},
    "kit": {"model", "text", "i18n", "site"},
    "publish": set(),
    "publish.build": {"site", "kit"},
    "cli": {"model", "text", "transit", "content", "i18n", "site", "kit", "publish"},
}
"""Which packages a package or module may know, besides itself and the leaves.

`create_app` knows them all, and nothing knows `create_app`.
"""
MOST = 400
"""Lines of a module that can be read at one sitting."""


def tree(module: str) -> ast.Module:
    return ast.parse((GUIDE / f"{module.replace('.', '/')}.py").read_text("utf-8"))


def imports(module: str) -> set[str]:
    """The modules of ours that a module imports, without the name of the whole."""
    ours = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "guide":
            base = (node.module or "").removeprefix("guide").lstrip(".")
            full = {f"{base}.{name.name}".lstrip(".") for name in node.names}
            ours |= full if full <= {*MODULES} else {base}
        elif isinstance(node, ast.Import):
            ours |= {name.name for name in node.names if name.name.split(".")[0] == "guide"}
    return ours


def package(module: str) -> str:
    return module.split(".")[0]


def test_imports_go_one_way():
    """No module needs a module that needs it."""
    order = list(TopologicalSorter({module: imports(module) for module in MODULES}).static_order())

    assert set(order) == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_package_knows_only_what_it_rests_on(module):
    """The model knows nothing of files, the files of a build nothing of a guide, and nothing knows the application."""
    own = package(module)
    may = LEAVES | KNOWN.get(module, KNOWN.get(own, set())) | ({own} if own in KNOWN else set())

    assert {other for other in imports(module) if package(other) not in may} == set()


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_imports_stand_on_top(module):
    """An import inside a function is a sign that something lives in the wrong module."""
    found = tree(module)

    inner = [node for node in ast.walk(found) if isinstance(node, (ast.Import, ast.ImportFrom))]

    assert [node.lineno for node in inner] == [
        node.lineno for node in found.body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_a_module_says_what_it_owns(module):
    """The first thing in a module is a sentence about it, and the rest can be read at one sitting."""
    lines = (GUIDE / f"{module.replace('.', '/')}.py").read_text("utf-8").count("\n")

    assert ast.get_docstring(tree(module))
    assert lines <= MOST


def undocumented(node: ast.Module | ast.ClassDef, owner: object) -> Iterator[str]:
    """The public names in a module or class that lack a docstring, other than properties of one line and overrides."""
    bases = owner.__mro__[1:] if isinstance(owner, type) else ()
    for inner in node.body:
        if not isinstance(inner, ast.FunctionDef | ast.ClassDef) or inner.name.startswith("_"):
            continue
        is_plain = len(inner.body) == 1 and inner.body[0].lineno == inner.body[0].end_lineno
        is_property = any(ast.unparse(mark).endswith("property") for mark in inner.decorator_list)
        is_override = any(hasattr(base, inner.name) for base in bases)
        if not (ast.get_docstring(inner) or (is_plain and is_property) or is_override):
            yield inner.name
        if isinstance(inner, ast.ClassDef):
            yield from (f"{inner.name}.{name}" for name in undocumented(inner, getattr(owner, inner.name)))


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_every_public_name_says_what_it_is(module):
    """Whoever calls it need not read its body."""
    found = importlib.import_module(f"guide.{module}".removesuffix(".__init__"))

    assert [*undocumented(tree(module), found)] == []
