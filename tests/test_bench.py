"""The benchmark measures guides like any other, and its tables hold what they say."""

import gzip
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench import costs, guides, hosts, pages, peers, saving, tables
from bench.guides import Guide, copy_guide, generate, in_languages
from bench.phone import chromium
from guide.config import Paths, Settings
from guide.site import library
from tests.paper import on_paper


def test_a_generated_guide_is_whole_and_translated(tmp_path):
    """Every check of a real build is on while it is measured."""
    generate(tmp_path / "guide", 2)

    made = library.load(Settings(paths=Paths(root=tmp_path / "guide")))

    assert {"place-0", "place-1"} <= made.source.guide.sites.keys()
    story = on_paper(made.languages["es"].guide.sites["place-1"].story)
    assert story.startswith("<p>In section story, paragraph 0, site 1: ")
    assert 'data-state="missing"' not in story


def test_a_guide_can_be_had_in_more_languages(tmp_path):
    """Each further language is a copy of Spanish with nothing missing."""
    in_languages(tmp_path / "guide", 4)

    made = library.load(Settings(paths=Paths(root=tmp_path / "guide")))

    assert list(made.languages) == ["en", "es", "es-AR", "es-BO"]
    homes = [made.languages[tag].guide.pages["home"].title for tag in ("es", "es-AR")]
    assert on_paper(homes[0]) == on_paper(homes[1])


@pytest.mark.parametrize("change", guides.CHANGES)
def test_an_edit_changes_one_file(tmp_path, change):
    """What an update costs is told of exactly the change that the table names."""
    guide = copy_guide(tmp_path / "guide")
    before = {path: path.read_bytes() for path in guide.root.rglob("*") if path.is_file()}

    guide.edit(change)

    edited = [path.relative_to(guide.root).as_posix() for path, body in before.items() if path.read_bytes() != body]
    assert edited == [guides.CHANGES[change][0]]


def test_the_peers_are_given_the_text_of_the_generated_guide(tmp_path):
    """All three build the same sites: their names and every paragraph but its link and its citation mark."""
    generate(tmp_path / "guide", 2)
    peers.write_flask(tmp_path / "flask", 2)
    peers.write_hugo(tmp_path / "hugo", 2)

    own = (tmp_path / "guide/content/sites/place-1.md").read_text("utf-8")
    flask, hugo = (
        {path.relative_to(root / "content").as_posix(): path.read_text("utf-8") for path in root.rglob("*.md")}
        for root in (tmp_path / "flask", tmp_path / "hugo")
    )

    assert (
        flask.keys() == hugo.keys() == {f"{tag}/sites/place-{number}.md" for tag in ("en", "es") for number in (0, 1)}
    )
    expected = own.split("+++\n")[2].replace(" [^d3-12]", "").replace("site:moravia", "../place-0/")
    for texts, start in ((flask, "Place number 1\n"), (hugo, '+++\ntitle = "Place number 1"\n+++\n')):
        body = texts["en/sites/place-1.md"].removeprefix(start)
        assert body.split() == expected.split()
        assert texts["es/sites/place-1.md"].removeprefix(start).replace(" Sí.", "").split() == expected.split()


def test_the_table_of_first_pages_counts_what_a_page_waits_for(tmp_path, capsys):
    """The largest page of a kind counts with its style sheet, but without sheets for paper."""
    long, sheet = "<p>" + "".join(map(str, range(500))), "p { color: red }"
    head = '<link rel="stylesheet" href="../a.css"><link rel="stylesheet" media="print" href="../paper.css">'
    for name, text in {
        "en/index.html": head + long, "en/404.html": "", "en/days/1/index.html": "<p>1", "en/days/2/index.html": long,
        "a.css": sheet, "paper.css": "q { color: blue }",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    pages.first_page(tmp_path)

    rows = dict(row.strip("| ").split(" | ")[:2] for row in capsys.readouterr().out.splitlines() if " | " in row)
    packed = {text: len(gzip.compress(text.encode(), 6)) for text in (head + long, sheet, long)}
    assert rows["home"] == f"{packed[head + long] + packed[sheet]:,}"
    assert rows["one of days"] == f"{packed[long]:,}"


def test_every_kind_of_page_is_visited(published):
    """The largest page of each kind in each language, and each of them is there."""
    addresses = pages.largest_of_kinds(published)

    assert len(addresses) == 2 * len(pages.kinds(published)) == len(set(addresses))
    assert {"en/", "es/", "es/glossary/"} <= {*addresses}
    assert all((published / address / "index.html").is_file() for address in addresses)


def test_a_cost_is_that_of_all_processes(tmp_path):
    """What a process that the command starts takes is counted, or builds on two cores would look cheap."""
    work = "import time\nwhile time.process_time() < 0.3: pass"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"]

    cost = costs.run(command, tmp_path)

    assert cost.cpu >= 0.3
    assert cost.memory > 1


def test_a_build_that_fails_says_why(tmp_path):
    """No figure comes from a build that failed."""
    (tmp_path / "freeze.py").write_text("raise SystemExit('no such guide')")

    with pytest.raises(RuntimeError, match="no such guide"):
        Guide(tmp_path).freeze()


def test_a_figure_is_a_median_with_its_spread():
    """One value stands alone; several show their least and their most."""
    assert tables.spread([2.0]) == "2.0"
    assert tables.spread([3.0, 1.0, 2.0]) == "2.0 (1.0–3.0)"
    assert tables.spread([]) == "–"
    assert [tables.percentile(range(1, 101), percent) for percent in (50, 95)] == [50, 95]


@pytest.mark.browser
def test_a_first_visit_is_followed_until_everything_is_saved(published):
    """The visitor's own language is saved no later than all of them, with no more requests and bytes."""
    with hosts.own(published, "/a/b/") as host, ThreadPoolExecutor(1) as thread:
        visit = thread.submit(_first_visit, host).result()

    assert visit.end == "saved"
    assert 0 < visit.own <= visit.all
    assert 0 < visit.own_requests <= visit.requests
    assert (published / "offline/current.json").stat().st_size < visit.own_bytes <= visit.bytes


def _first_visit(host: hosts.Host) -> saving.Saving:
    """A visit in a browser of its own; in a thread, because Playwright starts once in each."""
    with chromium(host) as browser:
        return saving.saved(browser, host, "not throttled", 1)
