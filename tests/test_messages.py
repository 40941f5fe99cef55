"""cli.py and i18n/progress.py: what translators run."""

import re

import pytest

PO = "translations/es/LC_MESSAGES/messages.po"


def content_rows(output):
    """The rows of `messages status` about content, without what stands before the file."""
    return [row.strip() for row in output.splitlines() if row.startswith("  content/")]


def test_extract_says_what_it_wrote(run):
    """One fact a line: the POT, then each language."""
    status, output = run("extract")

    assert status == 0
    assert re.fullmatch(
        r"translations/messages\.pot: \d+ messages\nes: \d+ of \d+ messages, 1 stale, \d+ missing\n", output
    )


def test_extract_twice_writes_the_same_bytes(miniature, es, run):
    """A second run changes nothing."""
    run("extract")
    first = es.read_bytes(), (miniature.translations / "messages.pot").read_bytes()

    run("extract")

    assert (es.read_bytes(), (miniature.translations / "messages.pot").read_bytes()) == first


def test_status_counts_every_file(run):
    """Whatever is stale or missing is named with its file."""
    status, output = run("status")

    assert status == 0
    assert content_rows(output) == ["content/sites/lighthouse.md: 9 of 11, 1 stale, 1 missing"]


def test_a_changed_paragraph_makes_exactly_its_entry_stale(edit, es, run):
    """The entry keeps its translation and gets the old wording; every other line of content stays."""
    run("extract")
    before = es.read_text("utf-8")
    edit("content/days/2.md", "since the morning.", "since the early morning.")

    run("extract")
    status, output = run("status")

    assert content_rows(output) == [
        "content/days/2.md: 7 of 8, 1 stale, 0 missing",
        "content/sites/lighthouse.md: 9 of 11, 1 stale, 1 missing",
    ]
    after = es.read_text("utf-8")
    assert '#| msgid "Each of us named one thing that had changed since the morning."\n' in after
    added = set(after.splitlines()) - set(before.splitlines())
    assert added == {
        '#| msgid "Each of us named one thing that had changed since the morning."',
        'msgid "Each of us named one thing that had changed since the early morning."',
    }


def test_a_deleted_translation_makes_exactly_its_entry_missing(edit, run):
    """An empty msgstr counts where it stands."""
    edit(PO, '"Mareas"', '""')

    status, output = run("status")

    assert content_rows(output) == [
        "content/lessons/tides.md: 4 of 5, 0 stale, 1 missing",
        "content/sites/lighthouse.md: 9 of 11, 1 stale, 1 missing",
    ]


def test_a_removed_text_is_kept_and_comes_back(miniature, edit, es, run):
    """What a translator wrote is not lost when an author changes their mind."""
    run("extract")
    before = es.read_text("utf-8")
    edit("content/sites/market.md", "- The scales at the door.\n", "")

    run("extract")
    gone = es.read_text("utf-8")
    edit("content/sites/market.md", "- The painted numbers.\n", "- The painted numbers.\n- The scales at the door.\n")
    run("extract")

    assert '#~ msgid "The scales at the door."\n#~ msgstr "Las balanzas de la puerta."\n' in gone
    assert es.read_text("utf-8") == before


def test_complete_fails_while_something_is_stale_or_missing(run):
    """A release can insist on whole languages."""
    status, _ = run("status", "--complete")

    assert status == 1


def test_complete_passes_when_nothing_is(miniature, run):
    """A guide in its own language alone is whole."""
    for path in sorted(miniature.translations.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()

    status, output = run("status", "--complete")

    assert (status, output) == (0, "")


@pytest.mark.parametrize("locale", ["pt_BR", "ar", "ja", "zh_Hant_TW"])
def test_a_new_language_begins_with_every_message_missing(miniature, run, problems, locale):
    """init writes a file that can be built at once, and extract leaves it alone."""
    status, output = run("init", locale)
    path = miniature.translations / locale / "LC_MESSAGES" / "messages.po"
    first = path.read_bytes()
    run("extract")

    assert status == 0
    assert output.startswith(f"translations/{locale}/LC_MESSAGES/messages.po: {locale}: 0 of ")
    assert problems() == []
    assert path.read_bytes() == first


@pytest.mark.parametrize("locale", ["klingon", "en", "../es", "", "."])
def test_a_language_that_does_not_exist_is_not_begun(miniature, run, locale):
    """The sentence says what a code looks like, and nothing is written."""
    status, output = run("init", locale)

    assert status == 1
    assert output == f'"{locale}": this is not a locale to translate into. Write a code like pt or pt_BR.\n'
    assert [path.name for path in miniature.translations.iterdir()] == ["es"]


@pytest.mark.parametrize(("code", "name"), [("pt-BR", "pt_BR"), ("zh_TW", "zh_Hant")])
def test_a_code_of_another_tool_leads_to_ours(run, code, name):
    """The sentence is the command to write."""
    status, output = run("init", code)

    assert status == 1
    assert output == (
        f'"{code}": this is not a locale to translate into. Write: flask --app guide messages init {name}\n'
    )


def test_status_tells_what_is_the_source_again_and_which_plural_rule_is_unusual(es, run):
    """What no fault is, but worth a look, stands under the language."""
    es.write_text(es.read_text("utf-8").replace("(n != 1)", "n > 1"), "utf-8")

    _, output = run("status")

    assert re.search(r"\n  equal to the source: \d+\n", output)
    assert "  the plural rule is its own: here msgstr[0] for 0, 1, msgstr[1] for 2, 3, 4, 5 …; usually" in output


def test_a_language_is_not_begun_twice(es, run):
    """init never writes over what a translator did."""
    before = es.read_bytes()

    status, output = run("init", "es")

    assert status == 1
    assert output == f"{PO}: this file is there already. Edit it, or run: messages extract\n"
    assert es.read_bytes() == before


def test_a_language_can_begin_in_a_folder_that_is_there(miniature, run):
    """A folder without a file is what the sentence about it sends people to init for."""
    (miniature.translations / "pt" / "LC_MESSAGES").mkdir(parents=True)

    status, _ = run("init", "pt")

    assert status == 0


def test_check_finds_no_fault_in_sound_files(run):
    """Silence is not a result."""
    status, output = run("check")

    assert (status, output) == (0, "no faults in the translations\n")


def test_check_names_every_fault(edit, run):
    """All faults come together, each with its line."""
    edit(PO, "Mareas", "<b>Mareas")
    edit(PO, "17.000", "70.000")

    status, output = run("check")

    assert status == 1
    assert [re.sub(r"line \d+", "line N", line) for line in output.splitlines()] == [
        f"{PO}: line N: the figures differ: 17000 only in the source, 70000 only here. "
        "Compare the numbers, dates and times.",
        f"{PO}: line N: the translation contains <. Write it in words; HTML is not allowed.",
        f"{PO}: line N: the translation contains >. Write it in words; HTML is not allowed.",
    ]


WRONG = [
    (["nothing"], "flask --app guide messages: no such command 'nothing'. See: flask --app guide messages --help"),
    (
        ["init"],
        "flask --app guide messages init: missing argument 'LOCALE'. See: flask --app guide messages init --help",
    ),
    (
        ["status", "--fast"],
        "flask --app guide messages status: unrecognized arguments: --fast. "
        "See: flask --app guide messages status --help",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_wrong_argument_is_one_sentence(run, arguments, sentence):
    """It names the command and where its arguments are told."""
    status, output = run(*arguments)

    assert (status, output) == (1, f"{sentence}\n")


@pytest.mark.parametrize("command", ["extract", "status", "check"])
def test_a_broken_file_stops_a_command_with_a_sentence(miniature, es, run, command):
    """No command guesses what a broken catalog means."""
    es.write_text('msgid "x\n', "utf-8")

    status, output = run(command)

    assert status == 1
    assert output.splitlines()[-1].startswith(f"{PO}: line 1: this line can't be read")


def test_extract_writes_nothing_while_a_file_is_broken(miniature, es, run):
    """Either everything is brought up to date or nothing is."""
    es.write_text('msgid "x\n', "utf-8")

    run("extract")

    assert es.read_text("utf-8") == 'msgid "x\n'
    assert not (miniature.translations / "messages.pot").exists()


def test_a_slip_in_content_stops_a_command_with_a_sentence(edit, run):
    """Messages come from content that can be read."""
    edit("content/days/1.md", 'theme = "A', 'teme = "A')

    status, output = run("extract")

    assert status == 1
    assert output.splitlines()[-1] == 'content/days/1.md: unknown field "teme". Did you mean "theme"?'
