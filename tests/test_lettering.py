"""lettering.py: text in the guide's own font fits where it is set."""

import pytest
import resvg_py

from guide.site import lettering
from guide.site.lettering import Lines, Room

ROOM = Room(1080, 154, 3, range(88, 31, -2))
LONG = "A title that goes on about every day, every site, every lesson and every group of the Lab, " * 3
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def drawn(text, size, cover):
    """A text as it is drawn from 100 on, with a cover of some width over it."""
    return resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1400 120"><text x="100" y="80" '
        f'font-family="{lettering.FAMILY}" font-weight="700" font-size="{size}">{text}</text>'
        f'<rect x="96" width="{cover}" height="120" fill="#fff"/></svg>',
        font_files=[str(lettering.FONT)],
        skip_system_fonts=True,
    )


@pytest.mark.parametrize(
    "text", ["Moravia", "Cómo llegar: El Metro y", "TV VT jj 77 L/J QA", "AVAToWay", "ŁódźŞţœ—“ß”"]
)
def test_what_is_drawn_is_no_wider_than_what_was_measured(text):
    """Nothing is drawn past the sum of the advances, whatever letters meet."""
    found = lettering.width(text, 64)

    assert drawn(text, 64, found + 8) == drawn("", 64, found + 8)
    assert drawn(text, 64, found * 0.9) != drawn("", 64, found * 0.9)


@pytest.mark.parametrize(
    "text", ["Moravia", "Secretaría de Seguridad y SIES-M", WORD, LONG, f"{WORD} {LONG}", "W" * 500]
)
def test_a_text_never_leaves_its_room(text):
    """However long a title or a word is, its lines are as wide and as many as there is room for."""
    found = lettering.fit(text, ROOM)

    assert 1 <= len(found.lines) <= ROOM.lines
    assert found.height <= ROOM.height
    assert found.size in ROOM.sizes
    assert all(lettering.width(line, found.size) <= ROOM.width for line in found.lines)


@pytest.mark.parametrize(
    "text", ["Moravia", "Medellín Lab: a field guide", "How the city manages security, and what we learned"]
)
def test_a_title_that_fits_keeps_all_its_words(text):
    """Only what has no room at the smallest size is cut."""
    found = lettering.fit(text, ROOM)

    assert " ".join(found.lines) == text


@pytest.mark.parametrize("text", [WORD, LONG])
def test_what_is_cut_ends_in_an_ellipsis(text):
    """A reader sees that there is more."""
    found = lettering.fit(text, ROOM)

    assert found.size == 32
    assert found.lines[-1].endswith("…")


def test_lines_are_of_about_one_length():
    """No word is left alone on the last line."""
    found = lettering.fit("Exchanging ideas, building relations", Room(700, 200, 3, range(60, 59, -1)))

    assert found == Lines(60, ("Exchanging ideas,", "building relations"))


@pytest.mark.parametrize(
    ("text", "set_", "lacking"),
    [
        ("Cómo llegar a Łódź", "Cómo llegar a Łódź", []),
        ("e\u0301l", "él", []),
        ("Medellín Lab 🎉 2027", "Medellín Lab 2027", ["🎉"]),
        ("🇨🇴 Medellín Lab 2027❤\ufe0f", "Medellín Lab 2027", ["🇨🇴", "2027❤\ufe0f"]),
        ("Medellín ラボ 2027", "Medellín 2027", ["ラボ"]),
        ("Laboratorio Ωmega", "Laboratorio", ["Ωmega"]),
        ("メデジン 2027", "", ["メデジン"]),
        ("Ω", "", ["Ω"]),
        ("מדיין", "", ["מדיין"]),
        ("", "", []),
    ],
)
def test_what_the_font_lacks_is_left_out(text, set_, lacking):
    """A sign goes alone, a word goes whole, and where no word is left nothing is shown; no box is ever drawn."""
    found = lettering.settable(text)

    assert (found, lettering.lacking(text)) == (set_, lacking)


@pytest.mark.parametrize("text", ["W" * 64_000, "a " * 32_000, "\u0301" * 64_000, "🎉" * 64_000])
def test_a_text_without_end_is_cut_like_a_long_one(text):
    """Only as much of a text is looked at as any room could take."""
    found = lettering.fit(lettering.settable(f"A {text}"), ROOM)

    assert 1 <= len(found.lines) <= ROOM.lines
    assert sum(map(len, found.lines)) <= 1001


def test_the_font_comes_with_its_licence():
    """Whoever copies the font copies its licence."""
    assert "SIL OPEN FONT LICENSE Version 1.1" in (lettering.FONT.parent / "OFL.txt").read_text("utf-8")
