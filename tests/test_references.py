"""What makes a build not whole: references that lead nowhere, ids twice, names that can't be told apart."""

import pytest

from guide.publish import links


@pytest.fixture
def folder(tmp_path):
    """A build of two pages and a script."""
    (tmp_path / "en").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<a href="en/">in</a>')
    (tmp_path / "en/index.html").write_text('<h1 id="top">in</h1><script src="../assets/a.0123456789.js"></script>')
    (tmp_path / "en/404.html").write_text("lost")
    (tmp_path / "assets/a.0123456789.js").write_text("1")
    (tmp_path / "sw.js").write_text("2")
    return tmp_path


def test_a_whole_build_has_no_faults(folder):
    """The ground on which the next tests stand."""
    assert list(links.faults(folder)) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="gone/">x</a>', '"gone/" leads to no file'),
        ('<a href="en/#gone">x</a>', '"en/#gone" leads to no heading'),
        ('<a href="../x">x</a>', '"../x" leads to no file'),
        ('<div data-network="gone.json"></div>', '"gone.json" leads to no file'),
        ('<div data-sentences="gone/"></div>', '"gone/" leads to no file'),
        ('<a href="site:gone">x</a>', '"site:gone" leads outside the guide'),
        ('<a href="javascript:alert(1)">x</a>', '"javascript:alert(1)" leads outside the guide'),
        ('<script src="https://example.org/a.js"></script>', '"https://example.org/a.js" leads outside the guide'),
        ('<script src="sw.js"></script>', '"sw.js" has no fingerprint in its name'),
        ('<p id="a"></p><p id="a"></p>', 'the id "a" is there twice'),
    ],
)
def test_a_build_that_is_not_whole_says_where(folder, html, fault):
    """Every reference of every page leads somewhere."""
    (folder / "index.html").write_text(html)

    assert list(links.faults(folder)) == [("index.html", fault)]


def test_files_that_differ_only_by_capitals_are_a_fault(folder):
    """Some hosts and phones can't tell them apart."""
    (folder / "EN").mkdir()
    (folder / "EN/index.html").write_text("x")

    assert list(links.faults(folder)) == [("en/index.html", "its path differs from EN/index.html only by capitals")]
