"""merge.py: a PO file is brought up to date, and nothing else in it is touched."""

from textwrap import dedent

import pytest

from guide.i18n.extract import Occurrence, template
from guide.i18n.merge import new, pot_text, updated
from guide.i18n.po import read, written

HEADER = """\
# Translations of the field guide.
# Text: CC BY-SA 4.0, like the guide.
msgid ""
msgstr ""
"Project-Id-Version: Guide\\n"
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def message(text, file, plural=None, **more):
    return Occurrence(id=text, file=file, plural_id=plural, **more)


KEEPER = message("The keeper lights the lamp every evening.", "content/days/1.md", comment="story")
SHIP = message("%(n)s ship", "guide/templates/home.html", plural="%(n)s ships")
MARKET = message("The market burned down once.", "content/sites/market.md", comment="story")


def po(text):
    return HEADER + dedent(text).lstrip("\n")


def merge(text, *messages):
    return written(updated(read(text), template(messages), "es"))


TRANSLATED = po("""
    #. story
    #: content/days/1.md
    msgid "The keeper lights the lamp every evening."
    msgstr "La guardiana enciende la lámpara cada noche."

    #. story
    #: content/sites/market.md
    msgid "The market burned down once."
    msgstr "El mercado se quemó una vez."
    """)


def test_a_new_file_holds_every_message_once_and_the_rule_for_plurals():
    """A new language begins with a header and empty translations, without line numbers."""
    text = written(new(template([KEEPER, SHIP, KEEPER]), "de", "Guide"))

    assert text == po("""
        #. story
        #: content/days/1.md
        msgid "The keeper lights the lamp every evening."
        msgstr ""

        #: guide/templates/home.html
        msgid "%(n)s ship"
        msgid_plural "%(n)s ships"
        msgstr[0] ""
        msgstr[1] ""
        """).replace("Language: es", "Language: de")


@pytest.mark.parametrize(("locale", "forms"), [("ja", 1), ("de", 2), ("pl", 3), ("ar", 6)])
def test_a_language_gets_as_many_plural_forms_as_it_has(locale, forms):
    """The header and the entries agree about the forms."""
    text = written(new(template([SHIP]), locale, "Guide"))

    assert text.count("msgstr[") == forms
    assert f"nplurals={forms};" in text


def test_the_pot_is_the_same_for_the_same_messages():
    """No clock and no order of chance reach the file."""
    first = pot_text(template([KEEPER, SHIP, MARKET]), "Guide")
    second = pot_text(template([KEEPER, SHIP, MARKET]), "Guide")

    assert first == second
    assert "Date" not in first


def test_merging_twice_changes_nothing():
    """A file that is up to date keeps its bytes."""
    once = merge(TRANSLATED, KEEPER, MARKET)

    twice = merge(once, KEEPER, MARKET)

    assert once == TRANSLATED
    assert twice == once


OTHER_LINES = [
    ("wrapped elsewhere", 'msgstr "La guardiana', 'msgstr ""\n"La "\n"guardiana'),
    ("spaces at line ends", 'cada noche."', 'cada noche."  '),
    ("line numbers", "#: content/days/1.md", "#: content/days/1.md:12"),
    ("other notes", "#. story\n#: content/days", "#. Story.\n#: content/days"),
    ("flags of the wrong kind", "#: content/days/1.md", "#: content/days/1.md\n#, python-format"),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in OTHER_LINES], ids=[row[0] for row in OTHER_LINES])
def test_an_entry_comes_back_to_its_own_lines(old, new):
    """However another editor wrote the entry, the merge writes it as before."""
    text = TRANSLATED.replace(old, new)

    merged = merge(text, KEEPER, MARKET)

    assert text != TRANSLATED
    assert merged == TRANSLATED


KEPT = [
    ("flags of an editor", "#: content/days/1.md", "#: content/days/1.md\n#, no-wrap"),
    ("a flag of two words", "#: content/days/1.md", "#: content/days/1.md\n#, range: 0..9"),
    ("a translator's comment", "#. story\n#: content/days", "# ¿«guardiana» o «farera»?\n#. story\n#: content/days"),
    ("a long comment", "#. story\n#: content/days", f"# {'¿Sí? ' * 40}Sí.\n#. story\n#: content/days"),
    ("a comment with two gaps", "#. story\n#: content/days", "# a\n#\n# b\n#\n# c\n#. story\n#: content/days"),
    ("a comment with a gap", "#. story\n#: content/days", "# a\n#\n#   b\n#. story\n#: content/days"),
    ("a comment that looks like an older wording", "#. story\n#: content/days", "# | x\n#. story\n#: content/days"),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_what_a_translator_noted_is_kept(old, new):
    """Comments and flags of an entry are the translator's."""
    text = TRANSLATED.replace(old, new)

    merged = merge(text, KEEPER, MARKET)

    assert text != TRANSLATED
    assert merged == text


ASLEEP = [
    ("fuzzy", "#, fuzzy\n"),
    ("flags of newer tools", "#, fuzzy, no-wrap\n"),
    ("comment", "# ¿Se quemó o la quemaron?\n"),
]


@pytest.mark.parametrize("lines", [row[1] for row in ASLEEP], ids=[row[0] for row in ASLEEP])
def test_what_a_translator_noted_outlives_the_text(lines):
    """A doubt, a flag and a comment are still there when a removed text comes back."""
    head = "#. story\n#: content/sites/market.md\n"
    text = TRANSLATED.replace(head, lines + head if lines.startswith("# ") else head + lines)

    gone = merge(text, KEEPER)
    back = merge(merge(gone, KEEPER), KEEPER, MARKET)

    assert f"{lines}#~ msgid" in gone
    assert back == text


def test_flags_in_the_lines_of_newer_tools_are_read():
    """GNU gettext writes some flags behind #= since version 0.26; older tools take that for a comment."""
    flagged = TRANSLATED.replace("#: content/days/1.md", "#: content/days/1.md\n#, fuzzy\n#= no-wrap")

    merged = merge(flagged, KEEPER, MARKET)

    assert merged == TRANSLATED.replace("#: content/days/1.md", "#: content/days/1.md\n#, fuzzy, no-wrap")


def test_two_obsolete_entries_of_one_text_stay():
    """None of two old translations is thrown away; the first comes back with its text, the other waits."""
    second = '\n#~ msgid "The market burned down once."\n#~ msgstr "Una vez ardió el mercado."\n'
    gone = merge(TRANSLATED, KEEPER) + second

    kept = merge(gone, KEEPER)
    back = merge(gone, KEEPER, MARKET)

    assert kept == gone
    assert back == TRANSLATED + second


def test_comments_after_the_last_entry_stay():
    """A note at the end of the file belongs to nobody and is kept all the same."""
    text = TRANSLATED + "\n# vim: set tw=0:\n# Hasta aquí.\n"

    merged = merge(text, KEEPER, MARKET)
    gone = merge(text, KEEPER)

    assert merged == text
    assert gone.endswith('#~ msgstr "El mercado se quemó una vez."\n\n# vim: set tw=0:\n# Hasta aquí.\n')


def test_the_fields_of_other_tools_stay_in_the_header():
    """Weblate, Poedit and Crowdin keep what they need in the header."""
    fields = '"X-Generator: Weblate 5.4\\n"\n"X-Source-Language: en\\n"\n"X-Crowdin-File-ID: 7\\n"\n'
    text = TRANSLATED.replace('"Plural-Forms', f'{fields}"Plural-Forms')

    merged = merge(text, KEEPER, MARKET)

    assert merged == text


def test_a_rule_of_the_file_decides_how_many_forms_a_new_text_gets():
    """Where a tool wrote three forms for Spanish, a new message has three."""
    rule = "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
    text = HEADER.replace("nplurals=2; plural=(n != 1);", rule)

    merged = merge(text, SHIP)

    assert merged.count("msgstr[") == 3


def test_entries_without_blank_lines_between_them_stay_whole():
    """A file without blank lines is neither doubled nor mixed up."""
    text = TRANSLATED.replace('noche."\n\n', 'noche."\n')

    merged = merge(text, KEEPER, MARKET)

    assert merged == TRANSLATED


def test_a_header_of_another_editor_is_kept():
    """Who translated last, and every other field of the header, is theirs."""
    text = TRANSLATED.replace('"Language: es\\n"', '"Last-Translator: Ada <ada@example.org>\\n"\n"Language: es\\n"')

    merged = merge(text, KEEPER, MARKET)

    assert merged == text


def test_a_header_that_names_another_encoding_spoils_no_letter():
    """The file is UTF-8 whatever its header says."""
    text = TRANSLATED.replace("charset=utf-8", "charset=iso-8859-1")

    merged = merge(text, KEEPER, MARKET)

    assert merged == text


def test_a_reworded_text_becomes_stale_and_keeps_its_older_wording():
    """Exactly the entry whose text changed is marked, with the old wording as #|."""
    reworded = message("The keeper lights the lamp every single evening.", KEEPER.file, comment="story")

    merged = merge(TRANSLATED, reworded, MARKET)

    assert merged == po("""
        #. story
        #: content/days/1.md
        #, fuzzy
        #| msgid "The keeper lights the lamp every evening."
        msgid "The keeper lights the lamp every single evening."
        msgstr "La guardiana enciende la lámpara cada noche."

        #. story
        #: content/sites/market.md
        msgid "The market burned down once."
        msgstr "El mercado se quemó una vez."
        """)


def test_a_stale_entry_is_stable():
    """A second run leaves a stale entry as the first one wrote it."""
    reworded = message("The keeper lights the lamp every single evening.", KEEPER.file, comment="story")
    once = merge(TRANSLATED, reworded, MARKET)

    twice = merge(once, reworded, MARKET)

    assert twice == once


def test_a_text_reworded_twice_keeps_the_wording_that_was_translated():
    """The older wording is the one the translation was made from, not the one in between."""
    once = merge(TRANSLATED, message("The keeper lights the lamp every single evening.", KEEPER.file), MARKET)

    twice = merge(once, message("The old keeper lights the lamp every single evening.", KEEPER.file), MARKET)

    assert '#| msgid "The keeper lights the lamp every evening."\n' in twice
    assert twice.count("#|") == 1


def test_a_text_that_gets_its_wording_back_is_translated_again():
    """What was changed and changed back needs no second look."""
    once = merge(TRANSLATED, message("The keeper lights the lamp every single evening.", KEEPER.file), MARKET)

    back = merge(once, KEEPER, MARKET)

    assert back == TRANSLATED


def test_a_long_older_wording_may_take_several_lines():
    """Older wording is read and written across lines."""
    long = message("The keeper lights the lamp every evening, " * 4 + "always.", KEEPER.file)
    text = merge(po(""), long, MARKET).replace('always."\nmsgstr ""', 'always."\nmsgstr "Siempre."')
    once = merge(text, message(long.id + " Always.", KEEPER.file), MARKET)

    twice = merge(once, message(long.id + " Always.", KEEPER.file), MARKET)

    assert '#| msgid ""\n#| "The keeper lights' in once
    assert twice == once


def test_a_translators_own_doubt_survives():
    """An entry marked as needing work keeps its mark, without an older wording being made up."""
    text = TRANSLATED.replace("#: content/days/1.md", "#: content/days/1.md\n#, fuzzy")

    merged = merge(text, KEEPER, MARKET)

    assert merged == text


def test_a_translators_comment_survives_a_new_wording():
    """What one translator tells the next stays with the text."""
    text = TRANSLATED.replace("#. story\n#: content/days", "# ¿«guardiana» o «farera»?\n#. story\n#: content/days")

    merged = merge(text, message("The keeper lights the lamp every single evening.", KEEPER.file), MARKET)

    assert "# ¿«guardiana» o «farera»?\n" in merged


def test_a_removed_text_becomes_obsolete():
    """A translation outlives its text, behind #~."""
    merged = merge(TRANSLATED, KEEPER)

    assert merged == po("""
        #. story
        #: content/days/1.md
        msgid "The keeper lights the lamp every evening."
        msgstr "La guardiana enciende la lámpara cada noche."

        #~ msgid "The market burned down once."
        #~ msgstr "El mercado se quemó una vez."
        """)


def test_an_obsolete_entry_is_stable():
    """A second run leaves obsolete entries as they are."""
    once = merge(TRANSLATED, KEEPER)

    twice = merge(once, KEEPER)

    assert twice == once


def test_a_text_that_comes_back_finds_its_translation():
    """What was removed and put back is translated at once, and not stale."""
    gone = merge(TRANSLATED, KEEPER)

    back = merge(gone, KEEPER, MARKET)

    assert back == TRANSLATED


def test_a_text_that_comes_back_reworded_is_stale():
    """An obsolete translation is better than none."""
    gone = merge(TRANSLATED, KEEPER)

    back = merge(gone, KEEPER, message("The market burned down only once.", MARKET.file))

    assert '#, fuzzy\n#| msgid "The market burned down once."\n' in back
    assert "#~" not in back


def test_a_stale_text_that_is_removed_keeps_the_wording_it_was_translated_from():
    """An old translation never returns as the translation of a newer wording."""
    reworded = message("The market burned down only once.", MARKET.file)
    stale = merge(TRANSLATED, KEEPER, reworded)

    gone = merge(stale, KEEPER)
    back = merge(gone, KEEPER, reworded)

    assert '#~ msgid "The market burned down once."\n' in gone
    assert '#, fuzzy\n#| msgid "The market burned down once."\nmsgid "The market burned down only once."' in back


def test_a_removed_text_without_a_translation_leaves_nothing():
    """There is nothing to keep."""
    merged = merge(TRANSLATED.replace("El mercado se quemó una vez.", ""), KEEPER)

    assert "market" not in merged


def test_a_removed_text_keeps_its_comment():
    """What a translator noted stays with the obsolete entry and comes back with it."""
    text = TRANSLATED.replace("#. story\n#: content/sites", "# Ojo.\n#. story\n#: content/sites")

    gone = merge(text, KEEPER)
    back = merge(gone, KEEPER, MARKET)

    assert "# Ojo.\n#~ msgid" in gone
    assert back == text


def test_an_unlike_text_in_the_same_file_is_new():
    """A stranger's translation is not offered."""
    merged = merge(TRANSLATED, KEEPER, message("Nobody sells fish here any more.", MARKET.file))

    assert "fuzzy" not in merged
    assert '#~ msgid "The market burned down once."' in merged


def test_a_text_that_moves_to_another_file_stays_translated():
    """Only the reference changes."""
    merged = merge(TRANSLATED, KEEPER, message(MARKET.id, "content/pages/about.md", comment="story"))

    assert merged == TRANSLATED.replace("content/sites/market.md", "content/pages/about.md")


def test_a_new_text_waits_empty_where_it_stands():
    """New messages are put in the order of the guide."""
    merged = merge(TRANSLATED, KEEPER, message("Hello.", "content/days/1.md"), MARKET)

    assert merged == TRANSLATED.replace(
        '#. story\n#: content/sites',
        '#: content/days/1.md\nmsgid "Hello."\nmsgstr ""\n\n#. story\n#: content/sites',
    )  # fmt: skip


def test_contexts_keep_equal_texts_apart():
    """A text with a context never takes the translation of another context."""
    sea, bag = (message("Light", "guide/x.html", context=context) for context in ("sea", "bag"))
    text = merge(po(""), sea).replace('msgid "Light"\nmsgstr ""', 'msgid "Light"\nmsgstr "Faro"')

    merged = merge(text, bag)
    back = merge(merged, sea)

    assert 'msgctxt "bag"\nmsgid "Light"\nmsgstr ""\n' in merged
    assert '#~ msgctxt "sea"\n#~ msgid "Light"\n#~ msgstr "Faro"\n' in merged
    assert back == text


def test_plurals_survive():
    """All forms of a plural are kept, removed and found again together."""
    text = merge(po(""), KEEPER, SHIP).replace('[0] ""', '[0] "%(n)s barco"').replace('[1] ""', '[1] "%(n)s barcos"')

    gone = merge(text, KEEPER)
    back = merge(gone, KEEPER, SHIP)

    assert '#~ msgid_plural "%(n)s ships"\n#~ msgstr[0] "%(n)s barco"\n#~ msgstr[1] "%(n)s barcos"\n' in gone
    assert back == text


def test_a_reworded_plural_shows_both_older_forms():
    """Singular and plural of the older wording are kept."""
    text = merge(po(""), SHIP).replace('[0] ""', '[0] "%(n)s barco"').replace('[1] ""', '[1] "%(n)s barcos"')
    reworded = message("%(n)s big ship", SHIP.file, plural="%(n)s big ships")

    once = merge(text, reworded)
    twice = merge(once, reworded)

    assert '#, fuzzy\n#| msgid "%(n)s ship"\n#| msgid_plural "%(n)s ships"\nmsgid "%(n)s big ship"\n' in once
    assert twice == once


def test_a_text_that_becomes_a_plural_keeps_its_translation_for_a_second_look():
    """The old translation fills all forms and is stale."""
    single = message("%(n)s ship", SHIP.file)
    text = merge(po(""), single).replace('msgstr ""\n', 'msgstr "%(n)s barco"\n').replace(
        'msgid ""\nmsgstr "%(n)s barco"', 'msgid ""\nmsgstr ""'
    )  # fmt: skip

    merged = merge(text, SHIP)

    assert '#, fuzzy\nmsgid "%(n)s ship"\nmsgid_plural "%(n)s ships"\n' in merged
    assert 'msgstr[0] "%(n)s barco"\nmsgstr[1] "%(n)s barco"\n' in merged


def test_a_stale_text_that_becomes_a_plural_and_is_removed_leaves_a_file_that_can_be_read():
    """The obsolete entry has the wording that was translated, in one form as that had."""
    stale = TRANSLATED.replace(
        'msgid "The market burned down once."',
        '#, fuzzy\n#| msgid "The market burned."\nmsgid "The market burned down once."',
    )
    plural = merge(stale, KEEPER, message(MARKET.id, MARKET.file, plural="The markets burned down once."))

    gone = merge(plural, KEEPER)

    assert '\n#~ msgid "The market burned."\n#~ msgstr "El mercado se quemó una vez."\n' in gone
    assert merge(gone, KEEPER) == gone


def test_lines_that_only_look_like_line_ends_change_nothing():
    """A line separator inside a translation does not shift the lines of the file."""
    text = TRANSLATED.replace("cada noche", "cada\u2028\x85\x0cnoche")

    merged = merge(text, KEEPER, MARKET)

    assert read(merged).entries[0].strings[0] == "La guardiana enciende la lámpara cada\u2028\x85\x0cnoche."
    assert merge(merged, KEEPER, MARKET) == merged
