"""markdown.py: one dialect, no HTML, ids that do not depend on the language."""

import re
from collections.abc import Iterable

import pytest

from guide.text.markdown import Skeleton, parse, slug_of, split
from guide.text.pieces import Html
from tests.paper import pieces_of


def filled(skeleton: Skeleton, messages: Iterable[str]) -> str:
    """A text with these in place of its messages."""
    return pieces_of(skeleton.pieces([Html(message)] for message in messages))


RENDERED = [
    ("plain words", "plain words"),
    ("*soft* and **strong**", "<em>soft</em> and <strong>strong</strong>"),
    ("[the hill](site:moravia)", '<a href="site:moravia">the hill</a>'),
    ("[out](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2" rel="external">out</a>'),
    ("[write](mailto:a@example.org)", '<a href="mailto:a@example.org">write</a>'),
    ("[call](tel:+57604)", '<a href="tel:+57604">call</a>'),
    ("[la abuela](lang:es)", '<i lang="es">la abuela</i>'),
    ("[a](lang:es) [b](site:x)", '<i lang="es">a</i> <a href="site:x">b</a>'),
    ("100 % {sure} %(of)s it", "100 % {sure} %(of)s it"),
    ("AT&T", "AT&amp;T"),
    ("one\ntwo", "one\ntwo"),
]


@pytest.mark.parametrize(("message", "html"), RENDERED)
def test_a_message_becomes_html(message, html):
    """Emphasis, links to things and language marks are all the markup there is."""
    rendered = pieces_of(parse(message).pieces)

    assert rendered == html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</span><b>x</b>",
    "<!-- x -->",
    "<https://example.org>",
    "<javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "&#x3c;script&#x3e;",
    "\\<script\\>",
    "`<script>`",
    "**<script>**",
    "[<script>](site:moravia)",
    "[x](<site:moravia><script>)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/)",
    "[x](/evil)",
    "[x](#evil)",
    "[x](site:moravia/../../evil)",
    "[x](site:moravia?x)",
    "![x](https://example.org/y.png)",
    "![x](y)",
    "![x](site:moravia)",
    "[x][y]",
    "[x]\n\n[x]: javascript:alert(1)",
    '[x](site:moravia "onclick=alert(1)")',
    "[x](site:moravia 'onclick=alert(1)')",
    '[x](https://example.org/"onclick="alert(1))',
    "[x](https://example.org/'onclick='alert(1))",
    "[x](https://example.org/`onclick=`)",
    '[x](lang:es"onclick="x)',
    "[[x](javascript:alert(1))](site:moravia)",
    "[[x](site:moravia)](javascript:alert(1))",
    "[a [b](site:x) c](site:y)",
    "[x](site:moravia)<script>",
    "[x](lang:es)<script>",
    "*" * 500 + "<script>",
    "[" * 500 + "<script>",
    "\x00<script>",
]
ALLOWED_TAG = re.compile(
    r"</?(?:em|strong|code|a|i)>"
    r'|<a href="(?:https?:|mailto:|tel:|(?:site|day|page|lesson|group):[\w-]+")[^"<>]*"?(?: rel="external")?>'
    r'|<i lang="[\w-]+">'
)


@pytest.mark.parametrize("message", HOSTILE)
def test_nothing_hostile_becomes_a_tag(message):
    """Whatever a text tries, only our few tags come out, with no other attribute."""
    html = pieces_of(parse(message).pieces)

    left = ALLOWED_TAG.sub("", html)

    assert "<" not in left
    assert ">" not in left


@pytest.mark.parametrize("message", HOSTILE)
def test_nothing_hostile_leads_anywhere_else(message):
    """A link leads to a thing of the guide or to an outside address, never to a script."""
    targets = parse(message).targets

    assert all(target.startswith(("site:moravia", "site:x", "https://example.org/", "lang:es")) for target in targets)


@pytest.mark.parametrize("message", HOSTILE)
def test_a_whole_text_is_as_safe_as_one_message(message):
    """The literal parts around messages hold no markup from the text either."""
    skeleton = split(f"{message}\n\n- {message}\n\n## {message}\n")

    literals = re.sub(r' id="[a-z0-9-]+"', "", "".join(skeleton.literals))

    assert "script" not in literals
    assert "onerror" not in literals


PLAIN = [
    ("*soft* and **strong**", "soft and strong"),
    ("[the hill](site:moravia) & more", "the hill & more"),
    ("[la abuela](lang:es)", "la abuela"),
    ("one\ntwo", "one two"),
    ("`code`", "code"),
    ("5 < 6", "5 < 6"),
]


@pytest.mark.parametrize(("message", "words"), PLAIN)
def test_titles_and_attributes_get_plain_words(message, words):
    """The same message without its marks."""
    found = parse(message).plain

    assert found == words


def test_every_block_is_a_message():
    """Headings, paragraphs, list items, quotes and table cells are split, and line breaks are no part of them."""
    source = (
        "## Head\n\nOne\nsentence.\n\n- item\n  - inner\n\n> quote\n\n1. first\n\n| a | b |\n|---|---|\n| c | d |\n"
    )

    skeleton = split(source)

    assert skeleton.messages == (
        "Head", "One sentence.", "item", "inner", "quote", "first", "a", "b", "c", "d",
    )  # fmt: skip


def test_a_skeleton_is_filled_in_order():
    """The structure comes from the source, the words from somewhere else."""
    skeleton = split("## Who organised it?\n\nFive.\n\n- one\n- two\n")

    html = filled(skeleton, ["¿Quién?", "Cinco.", "uno", "dos"])

    assert html == (
        '<h2 id="who-organised-it">¿Quién?</h2><p>Cinco.</p><ul><li>uno</li><li>dos</li></ul>'
    )  # fmt: skip


def test_two_headings_of_one_text_have_two_ids():
    """An id is there once in a text."""
    skeleton = split("## Why?\n\nx\n\n## Why?\n\ny\n")

    assert [re.findall('id="(.*?)"', literal) for literal in skeleton.literals if "id=" in literal] == [
        ["why"],
        ["why-2"],
    ]


def test_a_reference_does_not_swallow_its_line():
    """A line like `[x]: …` stays visible, because links are written in place."""
    skeleton = split("[x]: https://example.org\n")

    assert skeleton.messages == ("[x]: https://example.org",)


def test_an_empty_table_cell_is_no_message():
    """There is nothing to translate in it."""
    skeleton = split("| a | b |\n|---|---|\n|   | c |\n")

    assert skeleton.messages == ("a", "b", "c")


def test_a_line_with_four_spaces_is_no_code():
    """An indented line is a paragraph like any other."""
    skeleton = split("One.\n\n    Two.\n")

    assert skeleton.messages == ("One.", "Two.")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Who organised it?", "who-organised-it"),
        ("Árbol y niño", "arbol-y-nino"),
        ("**Strong** [link](site:x)", "strong-link"),
        ("中文", "part"),
        ("", "part"),
    ],
)
def test_an_id_is_made_of_words(text, slug):
    """Ids hold small letters, figures and hyphens, and are never empty."""
    found = slug_of(text)

    assert found == slug


def test_a_slug_after_a_minus_is_traced_and_shows_no_mark():
    """What a part that follows the record tells is counted, without a number behind every sentence."""
    skeleton = split("It rained. [^-d2-08 cnmh -d2-09]\n\nIt stopped. [^-d2-10]\n")

    html = filled(skeleton, skeleton.messages)

    assert [block.rests_on for block in skeleton.blocks] == [("d2-08", "cnmh", "d2-09"), ("d2-10",)]
    assert html == '<p>It rained.<sup data-sources="cnmh"></sup></p><p>It stopped.</p>'


def test_a_heading_with_a_plus_folds_its_section():
    """The section runs to the next heading of its rank; the sign is no part of the message."""
    inside = "## More [+]\n\nInside.\n\n### Deeper\n\nStill.\n\n"
    skeleton = split(f"Before.\n\n{inside}## After\n\nOut.\n\n## End [+]\n\nLast.\n")

    html = filled(skeleton, skeleton.messages)

    assert skeleton.messages[1] == "More"
    assert html == (
        "<p>Before.</p>"
        '<details class="fold"><summary><h2 id="more">More</h2></summary>'
        '<p>Inside.</p><h3 id="deeper">Deeper</h3><p>Still.</p></details>'
        '<h2 id="after">After</h2><p>Out.</p>'
        '<details class="fold"><summary><h2 id="end">End</h2></summary><p>Last.</p></details>'
    )
