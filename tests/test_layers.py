"""The parts of the guide know each other in one direction."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parent.parent / "guide"
MODULES = sorted(path.stem for path in GUIDE.glob("*.py") if path.stem != "__init__")
INNERMOST = {
    "config": set(),
    "markers": set(),
    "problems": set(),
    "bundles": set(),
    "precache": {"bundles"},
    "references": {"precache"},
    "folder": {"precache", "problems"},
    "publication": {"config", "precache"},
    "web_address": {"addresses", "model", "problems"},
    "asking": set(),
    "probe": {"asking", "folder", "headers", "precache", "problems"},
    "headers": set(),
    "hosts": {"headers", "precache"},
    "markdown": set(),
    "po": set(),
    "plurals": set(),
    "figures": {"config"},
    "edition": {"markers"},
    "contacts": {"edition"},
    "toml_faults": set(),
    "network": {"markers", "services"},
    "services": {"markers"},
    "model": {"edition", "markers", "network", "record"},
    "record": {"markers"},
    "transit": {"network", "services"},
    "steps": {"network", "transit"},
    "badges": {"network"},
    "drawing": {"badges", "network", "transit"},
    "maps": {"drawing", "network"},
    "tables": {"markers", "problems"},
    "walk": {"markdown", "markers"},
    "addresses": {"model"},
    "assets": {"files", "problems", "svg_check"},
    "files": set(),
    "svg_check": set(),
    "lettering": set(),
}
"""The modules at the bottom, and all that each may know of us."""


def imports(module):
    """What a module of ours imports from us, and the nodes of all its imports."""
    tree = ast.parse((GUIDE / f"{module}.py").read_text("utf-8"))
    ours = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "guide":
            ours |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guide."):
            ours.add(node.module.removeprefix("guide."))
        elif isinstance(node, ast.Import):
            ours |= {name.name for name in node.names if name.name.split(".")[0] == "guide"}
    return ours


def test_imports_go_one_way():
    """No module needs a module that needs it."""
    graph = {module: imports(module) for module in MODULES}

    order = list(TopologicalSorter(graph).static_order())

    assert set(order) == set(MODULES)


@pytest.mark.parametrize("module", INNERMOST)
def test_the_innermost_modules_know_nearly_nothing_of_us(module):
    """What everything rests on rests on nothing."""
    found = imports(module)

    assert found == INNERMOST[module]


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_the_application(module):
    """create_app puts the parts together; the parts do not know it."""
    found = imports(module)

    assert found <= set(MODULES)


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_imports_stand_on_top(module):
    """An import inside a function is a sign that something lives in the wrong module."""
    tree = ast.parse((GUIDE / f"{module}.py").read_text("utf-8"))

    inner = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]

    assert [node.lineno for node in inner] == [
        node.lineno for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_a_module_fits_in_one_reading(module):
    """Past 400 lines a module has a second subject."""
    lines = (GUIDE / f"{module}.py").read_text("utf-8").count("\n")

    assert lines <= 400


@pytest.mark.parametrize("module", [*MODULES, "__init__"])
def test_a_module_says_what_it_owns(module):
    """The first thing in a module is a sentence about it."""
    docstring = ast.get_docstring(ast.parse((GUIDE / f"{module}.py").read_text("utf-8")))

    assert docstring
