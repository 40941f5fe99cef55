"""i18n/catalogs.py, lint.py and po.py: translations are input, and whatever hides in them is named."""

import re
import subprocess

import pytest

from guide.i18n import catalogs, plurals, po
from guide.i18n.catalogs import Catalog, State, Translation
from guide.i18n.lint import faults
from guide.i18n.po import Entry
from guide.problems import CatalogError

PO = "translations/es/LC_MESSAGES/messages.po"
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def faults_of(source, translation, locale="es", file="content/sites/market.md"):
    return faults_in(Entry(id=source, strings=(translation,), references=(file,)), locale)


def faults_in(entry, locale="es"):
    return [what for what, _ in faults(entry, locale, plurals.of_language(locale))]


# What a translation may hold


ACCEPTED = [
    ("It cost 17,000 pesos.", "Costó 17.000 pesos."),
    ("It cost 17,000 pesos.", "Costó 17 000 pesos."),
    ("It cost 17,000 pesos.", "Costó 17\u00a0000 pesos."),
    ("It cost 3,820 pesos.", "Costó 3820 pesos."),
    ("It took 12.5 minutes.", "Tardó 12,5 minutos."),
    ("It cost 1,234,567.5 pesos.", "Costó 1.234.567,5 pesos."),
    ("It opens at 4 p.m.", "Abre a las 4:00 p. m."),
    ("It opens at 4 p.m.", "Abre a las 4 p. m."),
    ("It opens at 4 p.m.", "Abre a las 16:00."),
    ("From 9:00 a.m. to 12 p.m.", "De 9:00 a. m. a 12:00."),
    ("It closed at 12 a.m.", "Cerró a las 00:00."),
    ("In 2016, 535 people came.", "En 2016 535 personas vinieron."),
    ("On 29 May 2017", "El 29 de mayo de 2017"),
    ("40 per cent of 10", "El 10 en 40"),
    ("It fell by 40 per cent", "Bajó un 40 %"),
    ("See [the hill](site:moravia) on Day 2", "En el Día 2 vea [el morro](site:moravia)"),
    ("[Cultura Metro](lang:es) spread", "La Cultura Metro se extendió"),
    ("A **loud** word", "Una palabra **fuerte**"),
    ("An *em* word", "Una palabra"),
    ("“Yes” – she said…", "«Sí» —dijo ella—…"),
    ("Write to a@example.org", "Escriba a a@example.org"),
    ("50 % {of} it", "50 % de {of}"),
    ("A & B", "A & B"),
]


@pytest.mark.parametrize(("source", "translation"), ACCEPTED)
def test_a_sound_translation_passes(source, translation):
    """Each language writes figures and times in its way."""
    found = faults_of(source, translation)

    assert found == []


OPEN_MARK = "a mark is not closed, or a link leads nowhere allowed."
REFUSED = [
    ("It cost 17,000 pesos.", "Costó 70.000 pesos.", "the figures differ: 17000 only in the source, 70000 only here."),
    ("It cost 17,000 pesos.", "Costó 17,000 pesos.", "the figures differ: 17000 only in the source, 17.000 only here."),
    ("It opens at 4 p.m.", "Abre a las 4 a. m.", "the figures differ: 16:00 only in the source, 04:00 only here."),
    ("It opens at 4 p.m.", "Abre a las 5:00 p. m.", "the figures differ: 16:00 only in the source, 17:00 only here."),
    ("In 1902", "Hace mucho", "the figures differ: 1902 only in the source, none only here."),
    ("Long ago", "En 1902", "the figures differ: none only in the source, 1902 only here."),
    ("See [it](site:a)", "Véalo", "the links differ: site:a in the source, none here."),
    ("See [it](site:a)", "Vea [esto](site:b)", "the links differ: site:a in the source, site:b here."),
    (
        "See it",
        "Vea [esto](https://evil.example/)",
        "the links differ: none in the source, https://evil.example/ here.",
    ),
    ("See [it](site:a)", "Vea [esto](Site:a)", "the links differ: site:a in the source, none here."),
    ("See it", "Vea [esto](javascript:alert(1))", OPEN_MARK),
    ("See it", "Vea [esto](JaVaScRiPt:alert(1))", OPEN_MARK),
    ("See it", "Vea [esto](data:text/html,x)", OPEN_MARK),
    ("See it", "Vea ![esto](y)", OPEN_MARK),
    ("See it", "Vea [esto]()", "the links differ: none in the source, an empty one here."),
    ("See it", "Vea https://evil.example/", "the addresses differ: none in the source, https://evil.example/ here."),
    (
        "See www.example.org",
        "Vea www.evil.example",
        "the addresses differ: www.example.org in the source, www.evil.example here.",
    ),
    (
        "Write to a@example.org",
        "Escriba a b@example.org",
        "the addresses differ: a@example.org in the source, b@example.org here.",
    ),
    ("A **loud** word", "Una palabra **fuerte", OPEN_MARK),
    ("A **loud** word", "Una palabra fuerte", "the **strong** words differ from the source."),
    ("A word", "Una <script>alert()</script>", "the translation contains <."),
    ("A word", "Una <img src=x onerror=alert()>", "the translation contains <."),
    ("A word", "Una palabra>", "the translation contains >."),
    ("A word", "Una&nbsp;palabra", "the translation contains &nbsp;."),
    ("A word", "Una &#x3c;b", "the translation contains &#x3c;."),
    ("A word", "Una \u202epalabra", "U+202E (right-to-left override)."),
    ("A word", "Una \u2066palabra", "U+2066 (left-to-right isolate)."),
    ("A word", "Una \ufeffpalabra", "U+FEFF (zero width no-break space)."),
    ("A word", "Una \u2028palabra", "U+2028 (line separator)."),
    ("A word", "Una \U000e0041palabra", "U+E0041 (tag latin capital letter a)."),
    ("A word", "Una \x07palabra", "U+0007 (control character)."),
    ("A word", "Una \x00palabra", "U+0000 (control character)."),
    ("A word", "Una\tpalabra", "U+0009 (control character)."),
    ("A word", "palabra " * 100, "the translation has 800 characters, the source 6."),
    ("50 % {of} it", "50 % de {todo}", "the placeholders differ: {of} in the source, {todo} here."),
    ("A word", "%(evil)s", "the placeholders differ: none in the source, %(evil)s here."),
]


@pytest.mark.parametrize(("source", "translation", "fault"), REFUSED)
def test_a_translation_that_says_or_hides_something_else_is_refused(source, translation, fault):
    """Lost links, other figures, HTML and characters nobody sees are named."""
    found = faults_of(source, translation)

    assert fault in [what.removeprefix("the translation contains the invisible character ") for what in found]


TEMPLATE = [
    ("Saving {percent}", "Se guarda", ["the placeholders differ: {percent} in the source, none here."]),
    (
        "Saving {percent}",
        "Se guarda {per_cent}",
        ["the placeholders differ: {percent} in the source, {per_cent} here."],
    ),
    ("Day %(number)s", "Día", ["the placeholders differ: %(number)s in the source, none here."]),
    ("Day %(number)s", "Día %(number)d", ["the placeholders differ: %(number)s in the source, %(number)d here."]),
    ("Day %(number)s", "Día %(numero)s", ["the placeholders differ: %(number)s in the source, %(numero)s here."]),
    (
        "All of it",
        "El 100 %",
        ["there is a lone % in the translation.", "the figures differ: none only in the source, 100 only here."],
    ),
    ("Day %(number)s", "El %(number)s % de", ["there is a lone % in the translation."]),
    ("Day %(number)s", "Día %(number)s", []),
    ("{a} of {b}", "{b}: {a}", []),
]


@pytest.mark.parametrize(("source", "translation", "expected"), TEMPLATE)
@pytest.mark.parametrize("file", ["guide/templates/base.html", "guide/i18n/localize.py"])
def test_placeholders_of_a_template_are_kept(source, translation, expected, file):
    """What a page fills in stands in the translation under the same name, and no other % does."""
    found = faults_of(source, translation, file=file)

    assert found == expected


def test_a_text_of_content_and_template_keeps_the_rules_of_both():
    """A title that a template repeats can't hold a lone %, which would break the page."""
    files = ("content/pages/lessons.md", "guide/templates/base.html")

    found = faults_in(Entry(id="Lessons", strings=("Lecciones %",), references=files))

    assert found == ["there is a lone % in the translation."]


def test_a_message_without_a_file_keeps_the_rules_of_templates():
    """Where an editor dropped the references, the stricter rules hold."""
    found = faults_in(Entry(id="Lessons of [it](site:a)", strings=("Lecciones %",)))

    assert found == ["there is a lone % in the translation.", "the links differ: site:a in the source, none here."]


HARMLESS = [
    ("fa", "می\u200cرویم"),
    ("he", "\u200fה-ZOO\u200e"),
    ("ar", "\u061cأب"),
    ("km", "យើង\u200bទៅ"),
    ("de", "Donau\u00addampf"),
    ("hi", "क्\u200dष"),
    ("th", "ไป\u2060ไหน"),
    ("ar", "نحن \u2068Metro\u2069 هنا"),
    ("he", "\u2067א \u2066b\u2069 ג\u2069"),
]


@pytest.mark.parametrize(("locale", "translation"), HARMLESS)
def test_invisible_characters_pass_that_a_language_needs(locale, translation):
    """Joiners, places to break a line, and marks of direction that end where they began."""
    found = faults_of("We go", translation, locale=locale)

    assert found == []


OPEN = ["Una \u2066palabra", "Una \u2069palabra\u2066", "Una \u2067pa\u2067la\u2069bra", "Una \u202apalabra\u202c"]


@pytest.mark.parametrize("translation", OPEN)
def test_a_change_of_direction_that_does_not_end_is_refused(translation):
    """It would turn round whatever follows on the page."""
    found = faults_of("A word", translation)

    assert found
    assert all("invisible character" in what for what in found)


MARKED = [
    ("zh_Hans", "**末班车：**在十点"),
    ("ja", "彼は**「止まれ」**と"),
    ("ko", "**막차:**는"),
    ("th", "**รถเที่ยวสุดท้าย:**ออก"),
    ("tr", "**(Metro)**da"),
    ("fi", "**”Metro”**on"),
    ("zh_Hans", "（**末班车**）"),
]


@pytest.mark.parametrize(("locale", "translation"), MARKED)
def test_strong_words_need_no_space_beside_them(locale, translation):
    """Languages without spaces, and endings behind a quotation mark."""
    found = faults_of("**The last train:** on time", translation, locale=locale)

    assert found == []


def test_two_versions_that_msgcat_joined_are_found():
    """Whoever joins two files is asked by msgcat to choose; the page must not show both."""
    text = "#-#-#-#-#  a.po  #-#-#-#-#\nRegla\n#-#-#-#-#  b.po  #-#-#-#-#\nNorma"

    found = faults_of("Rule", text)

    assert found == ["the translation holds two versions, joined by the mark #-#-#-#-# of msgcat."]


def test_a_letter_that_was_lost_on_the_way_is_found():
    """U+FFFD is what tools put for a letter that they could not read."""
    found = faults_of("Rule", "Norma espa\ufffdola")

    assert found == ["the translation contains \ufffd, which stands for a letter that was lost."]


def test_a_stale_translation_is_compared_with_the_wording_it_was_made_from():
    """A changed figure in the source does not make the old translation a fault."""
    stale = Entry(
        id="18,000 ships",
        strings=("17.000 barcos",),
        flags=frozenset({"fuzzy"}),
        previous_ids=("17,000 ships",),
    )

    found = faults_in(stale)

    assert found == []


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        (("%(n)s Schiff", "%(n)s Schiffe"), []),
        (("ein Schiff", "%(n)s Schiffe"), ["the placeholders differ: %(n)s in the source, none here."]),
        (("%(n)s Schiff",), ["there are 1 plural forms, the plural rule of the file has 2."]),
        (("%(n)s Schiff", "%(n)s Schiffe", "x"), ["there are 3 plural forms, the plural rule of the file has 2."]),
    ],
)
def test_plural_forms_are_as_many_as_the_language_has(translation, expected):
    """Each form keeps its placeholder, and none is lost or added."""
    found = faults_in(Entry(id="%(n)s ship", plural_id="%(n)s ships", strings=translation), "de")

    assert found == expected


# Whole files


def entry(msgid, msgstr, file="content/pages/about.md"):
    return f'#: {file}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


POEDIT = " Open the file in Poedit, or compare with the lines around it."
NO_HEADER = "line 1: the file has no header. Put back the first entry, with Content-Type and Plural-Forms."
USUAL = f"Write: Plural-Forms: {plurals.of_language('es').text}"
"""Versions of Babel differ in the rule that they give for Spanish."""
FILES = [
    # name, the bytes of the file, the whole report
    ("empty", b"", [NO_HEADER]),
    ("comments only", b"# x\n", [NO_HEADER]),
    ("headerless", entry("Rule", "Regla").encode(), [NO_HEADER]),
    (
        "not UTF-8",
        HEADER.encode() + entry("Rule", "Reglas").encode() + "# año\n".encode("latin-1"),
        ["line 10: this is not UTF-8 text. Save the file as UTF-8."],
    ),
    ("UTF-16", HEADER.encode("utf-16"), ["line 1: this is not UTF-8 text. Save the file as UTF-8."]),
    ("null bytes", HEADER.encode() + b"\x00\x00\n", ["line 6: this line can't be read: \\x00\\x00." + POEDIT]),
    (
        "open quotation mark",
        (HEADER + entry("Rule", "Regla") + 'msgid "Since"\nmsgstr "Desde\n').encode(),
        ["line 11: this line can't be read: msgstr \"Desde." + POEDIT],
    ),
    (
        "quotation mark inside",
        (HEADER + 'msgid "Since"\nmsgstr "Des"de"\n').encode(),
        ['line 7: this line can\'t be read: msgstr "Des"de".' + POEDIT],
    ),
    (
        "no quotation marks",
        (HEADER + 'msgid "Since"\nmsgstr Desde\n').encode(),
        ["line 7: this line can't be read: msgstr Desde." + POEDIT],
    ),
    (
        "unknown escape",
        (HEADER + 'msgid "Since"\nmsgstr "\\x"\n').encode(),
        ['line 7: this line can\'t be read: msgstr "\\x".' + POEDIT],
    ),
    (
        "merge conflict",
        (HEADER + '<<<<<<< HEAD\nmsgid "Since"\nmsgstr "Desde"\n').encode(),
        [
            "line 6: here begins or ends one of two versions that git could not join. "
            "Keep the right version of the lines and remove the marks."
        ],
    ),
    (
        "unknown keyword",
        (HEADER + 'msgid "Since"\nmsgster "Desde"\n').encode(),
        ['line 7: this line can\'t be read: msgster "Desde".' + POEDIT],
    ),
    (
        "no msgstr",
        (HEADER + 'msgid "Since"\n\nmsgid "Rule"\nmsgstr "Regla"\n').encode(),
        ["line 8: msgid does not belong here." + POEDIT],
    ),
    (
        "two msgstr",
        (HEADER + 'msgid "Since"\nmsgstr "a"\nmsgstr "b"\n').encode(),
        ["line 8: msgstr does not belong here." + POEDIT],
    ),
    ("ends early", (HEADER + 'msgid "Since"').encode(), ["line 6: the last entry has no msgstr." + POEDIT]),
    ("text alone", (HEADER + "\n# x\n" + '"Since"\n').encode(), ["line 8: this text belongs to no entry." + POEDIT]),
    (
        "huge plural index",
        (HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[99999] "x"\n').encode(),
        ['line 8: this line can\'t be read: msgstr[99999] "x".' + POEDIT],
    ),
    (
        "doubled message",
        (HEADER + entry("Rule", "Regla") + entry("Rule", "Norma")).encode(),
        ["line 11: this message stands on line 7 already." + POEDIT],
    ),
    (
        "doubled header",
        (HEADER + entry("Rule", "Regla") + HEADER).encode(),
        ["line 10: this message stands on line 1 already." + POEDIT],
    ),
    (
        "plural forms that are never asked for",
        HEADER.replace("nplurals=2", "nplurals=3").encode(),
        ["line 1: the plural rule says that there are 3 forms, but never asks for msgstr[2]. " + USUAL],
    ),
    (
        "plural forms that are not there",
        HEADER.replace("(n != 1)", "n").encode(),
        ["line 1: the plural rule asks for msgstr[3000000], but says that there are 2 forms. " + USUAL],
    ),
    (
        "endless plurals",
        ("# x\n" + HEADER.replace("nplurals=2", "nplurals=999999999").replace("Plural-Forms", "plural-forms")).encode(),
        ["line 2: the plural rule says that the language has 999999999 forms. " + USUAL],
    ),
    (
        "plural rule that is code",
        HEADER.replace("(n != 1)", "__import__('os')").encode(),
        ["line 1: the plural rule can't be read. " + USUAL],
    ),
    (
        "plural rule that divides by nothing",
        HEADER.replace("(n != 1)", "n % 0").encode(),
        ["line 1: the plural rule can't be read. " + USUAL],
    ),
    (
        "plural rule of a template",
        HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=INTEGER; plural=EXPRESSION").encode(),
        ["line 1: the plural rule can't be read. " + USUAL],
    ),
    (
        "another encoding",
        HEADER.replace("utf-8", "klingon").encode(),
        ["line 1: the header says that the text is klingon. Write: Content-Type: text/plain; charset=utf-8"],
    ),
    (
        "faulty message",
        (HEADER + entry("Since", "Desde") + entry("Rule", "Regla 5")).encode(),
        ["line 11: the figures differ: none only in the source, 5 only here. Compare the numbers, dates and times."],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_that_cannot_be_trusted_is_refused_with_the_line(miniature, es, problems, body, expected):
    """Each fault of a PO file is a sentence with its line, and no other exception."""
    es.write_bytes(body)

    found = problems()

    assert found == [f"{PO}: {problem}" for problem in expected]


MILLIONS = "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"
SOUND = [
    ("byte order mark", b"\xef\xbb\xbf" + (HEADER + entry("Rule", "Norma")).encode()),
    ("Windows line ends", (HEADER + entry("Rule", "Norma")).replace("\n", "\r\n").encode()),
    (
        "no blank lines",
        (HEADER.rstrip("\n") + "\n" + entry("Since", "x").rstrip("\n") + "\n" + entry("Rule", "Norma")).encode(),
    ),
    ("no references", (HEADER + 'msgid "Rule"\nmsgstr "Norma"\n').encode()),
    (
        "header on one line",
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entry("Rule", "Norma")).encode(),
    ),
    (
        "plural rule on two lines",
        (HEADER.replace("nplurals=2; ", 'nplurals=2; "\n"') + entry("Rule", "Norma")).encode(),
    ),
    (
        "no plural rule",
        (HEADER.replace('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "") + entry("Rule", "Norma")).encode(),
    ),
    ("line numbers", (HEADER + entry("Rule", "Norma", "content/pages/about.md:17")).encode()),
    ("wrapped by another editor", (HEADER + 'msgid ""\n"Ru"\n"le"\nmsgstr ""\n"Nor"\n"ma"\n').encode()),
    (
        "older wording in obsolete entries",
        (HEADER + entry("Rule", "Norma") + '#, fuzzy\n#~| msgid "a"\n#~ msgid "b"\n#~ msgstr "c"\n').encode(),
    ),
    ("no line end", (HEADER + 'msgid "Rule"\nmsgstr "Norma"').encode()),
    ("several strings on a line", (HEADER + 'msgid "Ru" "le"\nmsgstr "Nor" "ma"\n').encode()),
    ("keyword and string on two lines", (HEADER + 'msgid\n"Rule"\n\nmsgstr\n  "Norma"\n').encode()),
    ("an entry on one line", (HEADER + 'msgid "Rule" msgstr "Norma"\n').encode()),
    ("tab after the keyword", (HEADER + 'msgid\t"Rule"\nmsgstr"Norma"\n').encode()),
    ("escapes of C", (HEADER + 'msgid "R\\x75le"\nmsgstr "N\\157rma"\n').encode()),
    ("a comment at the end of a line", (HEADER + 'msgid "Rule"\nmsgstr "Norma" # ¿?\n').encode()),
    ("flags of newer tools", (HEADER + '#= no-wrap\nmsgid "Rule"\nmsgstr "Norma"\n').encode()),
    ("comments after the last entry", (HEADER + 'msgid "Rule"\nmsgstr "Norma"\n\n# end\n').encode()),
    ("another plural rule", (HEADER.replace("(n != 1)", "n > 1") + entry("Rule", "Norma")).encode()),
    (
        "a form for millions",
        (HEADER.replace("nplurals=2; plural=(n != 1)", MILLIONS) + entry("Rule", "Norma")).encode(),
    ),
    ("line separator in a comment", (HEADER + "# a\u2028b\x85c\x0cd\n" + 'msgid "Rule"\nmsgstr "Norma"\n').encode()),
]


@pytest.mark.parametrize("body", [row[1] for row in SOUND], ids=[row[0] for row in SOUND])
def test_files_of_every_editor_read_the_same(miniature, es, body):
    """Poedit, Weblate and plain editors write PO in their ways."""
    es.write_bytes(body)

    catalog, found = catalogs.read(miniature, "es")

    assert found == []
    assert catalog.look_up("Rule") == ("Norma", State.TRANSLATED)


@pytest.mark.parametrize("body", [row[1] for row in SOUND], ids=[row[0] for row in SOUND])
def test_what_we_write_is_what_gnu_gettext_reads(tmp_path, body):
    """The same messages come out of msgcat whether it reads the file or what we make of it."""
    first, second = tmp_path / "first.po", tmp_path / "second.po"
    first.write_text(body.decode("utf-8-sig").replace("\r\n", "\n"), "utf-8")
    second.write_text(po.written(po.read(first.read_text("utf-8"))), "utf-8")

    one, other = (
        subprocess.run(["msgcat", "--no-wrap", "--sort-output", path], capture_output=True, text=True, check=True)
        for path in (first, second)
    )

    # Entries that are equal but for comments that msgcat moves or leaves out, and numbers of lines.
    said = [[line for line in out.stdout.splitlines() if not line.startswith("#")] for out in (one, other)]
    assert said[0] == said[1]


def test_escaped_letters_are_read_as_bytes(miniature, es):
    """Old tools write ó as \\303\\263."""
    es.write_text(HEADER + 'msgid "Rule"\nmsgstr "Opini\\303\\263n \\xc3\\xb1"\n', "utf-8")

    catalog, _ = catalogs.read(miniature, "es")

    assert catalog.look_up("Rule") == ("Opinión ñ", State.TRANSLATED)


def test_a_very_long_file_is_no_trouble(miniature, es):
    """Ten thousand entries are read, and an endless translation is refused and not searched."""
    rows = "".join(entry(f"Text {number}", f"Texto {number}") for number in range(10_000))
    es.write_text(HEADER + rows + entry("Rule", "a" * 1_000_000), "utf-8")

    catalog, found = catalogs.read(miniature, "es")

    assert len(catalog.translations) == 10_000
    assert [problem.what for problem in found] == ["the translation has 1,000,000 characters, the source 4."]


def test_an_obsolete_entry_is_not_used(miniature, es):
    """A translation whose message is gone shows nowhere, even if its text is still asked for."""
    es.write_text(HEADER + '#~ msgid "Rule"\n#~ msgstr "Norma"\n', "utf-8")

    catalog, found = catalogs.read(miniature, "es")

    assert found == []
    assert catalog.look_up("Rule") == ("Rule", State.MISSING)


def test_a_faulty_message_counts_as_missing(miniature, es):
    """A preview shows the source rather than something that can't be trusted."""
    es.write_text(HEADER + entry("Rule", "<b>Regla</b>"), "utf-8")

    catalog, _ = catalogs.read(miniature, "es")

    assert catalog.look_up("Rule") == ("Rule", State.MISSING)


def test_a_catalog_that_is_a_folder_is_named(miniature, es, problems):
    """A directory in the place of the PO file is no traceback."""
    es.unlink()
    es.mkdir()

    found = problems()

    assert found == [f"{PO}: this is a folder, where a file is expected. Move it elsewhere."]


def test_a_catalog_that_is_its_source_again_counts_as_missing(miniature, es):
    """Tools fill in the source where a translation is missing; readers must hear it as English."""
    es.write_text(HEADER + "".join(entry(text, text) for text in ("Rule", "The market", "At 4 p.m. 17,000")), "utf-8")

    catalog, found = catalogs.read(miniature, "es")

    assert found == []
    assert (catalog.equal, catalog.has_copies) == (3, True)
    assert catalog.look_up("The market") == ("The market", State.MISSING)


def test_a_name_may_be_equal_in_both_languages(miniature, es):
    """One name among translated texts is translated too."""
    texts = [("Moravia", "Moravia"), ("Rule", "Norma"), ("Tides", "Mareas"), ("Since", "Desde")]
    es.write_text(HEADER + "".join(entry(*text) for text in texts), "utf-8")

    catalog, _ = catalogs.read(miniature, "es")

    assert (catalog.equal, catalog.has_copies) == (1, False)
    assert catalog.look_up("Moravia") == ("Moravia", State.TRANSLATED)


RULES = [
    # a rule as some tool writes it, whether it is the language's own
    ("de", "nplurals=2; plural=n != 1", True),
    ("de", "nplurals=2; plural=(n==1 ? 0 : 1);", True),
    ("ga", "nplurals=5; plural=n==1 ? 0 : n==2 ? 1 : (n>2 && n<7) ? 2 :(n>6 && n<11) ? 3 : 4;", True),
    ("is", "nplurals=2; plural=n % 10 != 1 || n % 100 == 11;", True),
    ("lt", "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2;", True),
    ("de", "nplurals=2; plural=n > 1;", False),
    ("pl", "nplurals=2; plural=n != 1;", False),
]


@pytest.mark.parametrize(("locale", "rule", "is_usual"), RULES)
def test_plural_rules_are_compared_by_what_they_do(locale, rule, is_usual):
    """Other words for the same rule are the same rule."""
    found = plurals.same(plurals.parse(rule), plurals.of_language(locale))

    assert found is is_usual


def test_a_catalog_is_read_by_its_own_plural_rule(miniature, es):
    """Spanish with a form for millions, as CLDR has it, shows each number in its form."""
    header = HEADER.replace("nplurals=2; plural=(n != 1)", MILLIONS)
    forms = "".join(f'msgstr[{n}] "%(n)s {word}"\n' for n, word in enumerate(("barco", "de barcos", "barcos")))
    es.write_text(f'{header}msgid "%(n)s ship"\nmsgid_plural "%(n)s ships"\n{forms}', "utf-8")

    catalog, found = catalogs.read(miniature, "es")

    assert found == []
    shown = [catalog.look_up_plural("%(n)s ship", "%(n)s ships", number)[0] for number in (1, 1_000_000, 5)]
    assert shown == ["%(n)s barco", "%(n)s de barcos", "%(n)s barcos"]


# States and look-ups


def test_the_miniature_has_one_stale_and_one_missing_text(miniature):
    """The three states of a translation, as the other tests count on them."""
    catalog, _ = catalogs.read(miniature, "es")

    assert catalog.look_up("Tides") == ("Mareas", State.TRANSLATED)
    assert catalog.look_up("The tower is older than the town.") == (
        "La torre es tan antigua como el pueblo.",
        State.STALE,
    )
    assert catalog.look_up("Ask the keeper about storms.") == ("Ask the keeper about storms.", State.MISSING)


def test_the_source_language_needs_no_file(miniature):
    """In English every text is its own."""
    catalog, found = catalogs.read(miniature, "en")

    assert found == []
    assert catalog.look_up("anything") == ("anything", State.SOURCE)
    assert catalog.look_up_plural("one", "many", 2) == ("many", State.SOURCE)


def test_the_same_text_in_two_contexts_has_two_translations(miniature, es):
    """A msgctxt keeps short texts apart."""
    contexts = 'msgctxt "sea"\nmsgid "Light"\nmsgstr "Faro"\n\nmsgctxt "bag"\nmsgid "Light"\nmsgstr "Ligera"\n'
    es.write_text(HEADER + contexts, "utf-8")

    catalog, _ = catalogs.read(miniature, "es")

    assert catalog.look_up("Light", "sea") == ("Faro", State.TRANSLATED)
    assert catalog.look_up("Light", "bag") == ("Ligera", State.TRANSLATED)
    assert catalog.look_up("Light") == ("Light", State.MISSING)


PLURALS = [
    # the lines of the entry, number, what is shown
    ('msgid_plural "%(n)s ships"\nmsgstr[0] "%(n)s barco"\nmsgstr[1] "%(n)s barcos"', 1, "%(n)s barco"),
    ('msgid_plural "%(n)s ships"\nmsgstr[0] "%(n)s barco"\nmsgstr[1] "%(n)s barcos"', 0, "%(n)s barcos"),
    ('msgid_plural "%(n)s ships"\nmsgstr[0] "%(n)s barco"\nmsgstr[1] ""', 5, "%(n)s ships"),
    ('msgstr "%(n)s barco"', 5, "%(n)s ships"),
]


@pytest.mark.parametrize(("lines", "number", "shown"), PLURALS)
def test_a_plural_form_is_chosen_by_the_language(miniature, es, lines, number, shown):
    """A number picks its form, and a form that is not there shows the source."""
    es.write_text(f'{HEADER}#: guide/x.html\nmsgid "%(n)s ship"\n{lines}\n', "utf-8")

    catalog, found = catalogs.read(miniature, "es")

    assert found == []
    assert catalog.look_up_plural("%(n)s ship", "%(n)s ships", number)[0] == shown


def test_half_a_plural_counts_as_missing(miniature, es):
    """A message is translated when all its forms are."""
    es.write_text(f'{HEADER}msgid "ship"\nmsgid_plural "ships"\nmsgstr[0] "barco"\nmsgstr[1] ""\n', "utf-8")

    catalog, _ = catalogs.read(miniature, "es")

    assert catalog.state_of((None, "ship")) is State.MISSING


# Locales


def test_locales_are_the_folders_of_translations(miniature):
    """The source language comes first; files beside the folders do not matter."""
    (miniature.translations / "messages.pot").write_text("")
    (miniature.translations / ".hidden").mkdir()

    found = catalogs.locales(miniature)

    assert found == ["en", "es"]


@pytest.mark.parametrize(
    ("folder", "problem"),
    [
        (
            "klingon",
            '"klingon" is not the name of a locale here. Name the folder like es or pt_BR, or move it elsewhere.',
        ),
        ("ES", '"ES" is not the name of a locale here. Rename it to es, or move it elsewhere.'),
        ("en", "this is the language of the content. Remove the folder."),
        ("pt_BR/LC_MESSAGES/messages.po", "this file is missing. Make it with: flask --app guide messages init pt_BR"),
    ],
)
def test_a_folder_that_is_no_language_is_reported(miniature, folder, problem):
    """Whoever names a folder wrongly learns how to name it."""
    (miniature.translations / folder.split("/")[0]).mkdir()

    with pytest.raises(CatalogError) as caught:
        catalogs.locales(miniature)

    assert str(caught.value) == f"translations/{folder}: {problem}"


CODES = [
    ("pt-BR", "pt_BR"),
    ("zh_CN", "zh_Hans"),
    ("zh_TW", "zh_Hant"),
    ("zh-Hans", "zh_Hans"),
    ("zh-rTW", "zh_Hant"),
    ("zh_HK", "zh_Hant_HK"),
    ("sr@latin", "sr_Latn"),
    ("uz@Cyrillic", "uz_Cyrl"),
    ("ca@valencia", "ca"),
    ("de_DE.UTF-8", "de_DE"),
    ("tl", "fil"),
    ("kmr", "ku"),
    ("lzh", "zh_Hant"),
    ("iw", "he"),
    ("in", "id"),
    ("EN-gb", "en_GB"),
]


@pytest.mark.parametrize(("code", "name"), CODES)
def test_a_code_of_another_tool_leads_to_the_name_of_its_folder(miniature, code, name):
    """Weblate, Android, Crowdin and old standards have codes of their own."""
    (miniature.translations / code).mkdir()

    with pytest.raises(CatalogError) as caught:
        catalogs.locales(miniature)

    assert str(caught.value) == (
        f'translations/{code}: "{code}" is not the name of a locale here. Rename it to {name}, or move it elsewhere.'
    )


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../es", "e", "es_", "_es", "es_XX_YY", "C", "root", "es_419_x", "\x00", "é"]
)
def test_a_name_that_is_no_locale_is_no_traceback(name):
    """Whatever a folder is called, the answer is yes or no."""
    found = catalogs.is_locale(name)

    assert found is False


@pytest.mark.parametrize(("locale", "tag"), [("es", "es"), ("pt_BR", "pt-BR"), ("zh_Hant_TW", "zh-Hant-TW")])
def test_a_locale_is_written_as_a_tag_in_pages(locale, tag):
    """Folders use `_`, pages and addresses `-`."""
    catalog = catalogs.Catalog(locale=locale, translations={}, rule=plurals.of_language(locale))

    assert catalog.tag == tag


def test_no_problem_ever_lacks_its_line(miniature, es):
    """Each fault in a message points at the line with its msgid."""
    text = es.read_text("utf-8").replace("Mareas", "<Mareas").replace("Faro", "Faro\u202e")
    es.write_text(text, "utf-8")
    lines = text.split("\n")

    _, found = catalogs.read(miniature, "es")

    shown = {lines[int(re.fullmatch(r"line (\d+)", problem.place)[1]) - 1] for problem in found}
    assert shown == {'msgid "Tides"', 'msgid "Lighthouse"'}


@pytest.mark.parametrize(
    ("source", "older", "shown"),
    [
        ("Tomorrow", "Día %(number)s", ("Tomorrow", State.MISSING)),
        ("Day %(number)s", "Hoy, {weekday}", ("Day %(number)s", State.MISSING)),
        ("Day %(number)s", "Jornada", ("Jornada", State.STALE)),
        ("Day %(number)s of the Lab", "Día %(number)s", ("Día %(number)s", State.STALE)),
    ],
)
def test_older_wording_that_asks_for_what_is_not_given_is_not_shown(source, older, shown):
    """A translation of another sentence may hold a placeholder that this one has no words for."""
    texts = {(None, source): Translation((older,), is_stale=True)}
    catalog = Catalog(locale="es", translations=texts, rule=plurals.of_language("es"))

    assert catalog.look_up(source) == shown
