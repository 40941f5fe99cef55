"""SCENARIOS.md: every scenario has its test, or a reason."""

import re
from pathlib import Path

HERE = Path(__file__).parent
ROW = re.compile(r"^\| (S\d\d) \| [^|]+ \| (?:`(\w+)`|–) \| ([^|]+) \| ([^|]*)\|$", re.MULTILINE)


def test_every_scenario_has_a_test_that_is_there_or_a_reason():
    """From S01 to S49, no number is left out, and none that lacks an engine lacks its reason."""
    rows = ROW.findall((HERE / "SCENARIOS.md").read_text("utf-8"))
    tests = set(
        re.findall(r"^def (test_\w+)", "".join(path.read_text("utf-8") for path in HERE.glob("browser/*.py")), re.M)
    )

    assert {number for number, *_ in rows} == {f"S{number:02}" for number in range(1, 50)}
    assert {test for _, test, *_ in rows if test} <= tests
    assert [number for number, test, engines, why in rows if engines.strip() != "all" and not why.strip()] == []


def test_every_test_that_bears_a_number_is_in_the_table():
    """Who looks a scenario up finds its test."""
    table = (HERE / "SCENARIOS.md").read_text("utf-8")
    tests = re.findall(
        r"^def (test_s\d\d_\w+)", "".join(path.read_text("utf-8") for path in HERE.glob("browser/*.py")), re.M
    )

    assert [test for test in tests if f"`{test}`" not in table] == []
