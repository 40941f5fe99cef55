"""The documents: whatever they link to, name or list exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
DOCUMENTS = sorted(
    path for folder in (".", "docs", "docs/adr", "guide/fonts", "tests") for path in (ROOT / folder).glob("*.md")
)
LIVING = [path for path in DOCUMENTS if path not in RECORDS]
"""Documents that follow the code. A decision record keeps the names of its day."""

FOLDERS = ("content", "docs", "guide", "static", "tests", "translations")
FENCED = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MAKE = re.compile(r"(?:`|^ {4})make ([a-z-]+)", re.MULTILINE)
PATH = re.compile(
    r"[\w<>.-]+(?:/[\w<>.-]+)*/|(?:[\w<>-]+/)*[\w<>-]+\.(?:py|md|toml|html|css|js|svg|json)|[\w<>/-]+/\w+\.po"
)
"""What counts as a path: it ends in a slash, or in the suffix of a file of the project."""
ELSEWHERE = ("build/", "assets/", "booklets/", "cards/", "offline/", "directions.json", ".well-known/")
"""What only a build or a host contains."""


def shown(path):
    return path.relative_to(ROOT).as_posix()


def without_code(text):
    """A document without its code, in which nothing is a link."""
    return CODE.sub("", re.sub(r"^ {4}.*$", "", FENCED.sub("", text), flags=re.MULTILINE))


def anchors(path):
    """The ids that its headings get on the web: lower case, hyphens for spaces, no other punctuation."""
    headings = HEADING.findall(FENCED.sub("", path.read_text("utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def paths():
    """Everything in the project's folders and beside them, as `/file` and `/folder/`."""
    found = [*ROOT.iterdir(), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    return {f"/{shown(path)}{'/' if path.is_dir() else ''}" for path in found}


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_relative_link_leads_to_a_file_or_heading(path):
    """Whoever follows a link arrives."""
    broken = []
    for link in LINK.findall(without_code(path.read_text("utf-8"))):
        if ":" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", LIVING, ids=shown)
def test_every_make_target_that_a_document_names_exists(path):
    """Whoever types a command gets what the document promises."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(MAKE.findall(path.read_text("utf-8"))) <= targets


@pytest.mark.parametrize("path", LIVING, ids=shown)
def test_every_path_that_a_document_names_exists(path, paths):
    """Whoever looks for a file finds it, from the root or by the end of its path; `<n>` stands for any name."""
    named = {code for code in CODE.findall(FENCED.sub("", path.read_text("utf-8"))) if PATH.fullmatch(code)}
    missing = []
    for name in sorted(named):
        pattern = re.compile(".*/" + re.sub("<[^>]*>", "[^/]+", re.escape(name)))
        if not name.startswith(ELSEWHERE) and not any(map(pattern.fullmatch, paths)):
            missing.append(name)

    assert missing == []


@pytest.mark.parametrize("path", RECORDS, ids=shown)
def test_every_decision_record_is_listed_and_has_date_status_and_sections(path):
    """A decision can be found in both lists, and says when it was taken, whether it stands, and what it costs."""
    text = path.read_text("utf-8")
    title = re.match(r"# (\d+)\. (.+)\n", text)
    date = re.search(r"^- Date: (\d{4}-\d\d-\d\d)(?:, changed \d{4}-\d\d-\d\d)?$", text, re.MULTILINE)
    status = re.search(r"^- Status: (?:accepted|withdrawn|superseded by \d{4})$", text, re.MULTILINE)

    assert title and date and status
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Price"]
    assert f"{int(title[1]):04}" == path.name[:4]
    row = f"| [{path.name[:4]}]({path.name}) | {title[2]} | {date[1]} |"
    assert row in (ROOT / "docs" / "adr" / "README.md").read_text("utf-8").splitlines()
    link = f"- [{title[2]}](docs/adr/{path.name})"
    assert link in (ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()


def test_decision_records_are_numbered_without_a_gap():
    """The next number is free."""
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
