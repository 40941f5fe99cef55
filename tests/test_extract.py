"""extract.py: every text of content and templates is found, once, with its file."""

from guide.content import loader
from guide.i18n import extract
from guide.text.markdown import has_words
from guide.text.walk import walk


def test_every_text_of_the_walk_is_extracted(miniature):
    """What is visible can be translated."""
    guide = loader.load(miniature)
    shown = set()
    walk(guide, lambda text, slot: shown.update(filter(has_words, slot.skeleton(text).messages)) or text)

    found = {message.id for message in extract.occurrences(guide)}

    assert shown <= found


def test_a_message_names_its_file_and_tells_what_it_is_for(miniature):
    """A translator knows where a text stands."""
    found = {message.id: message for message in extract.occurrences(loader.load(miniature))}

    assert found["Walk among the stalls"].file == "content/days/1.md"
    assert found["Walk among the stalls"].comment == "a line of the day's itinerary"
    assert found["Ask the keeper about storms."].file == "content/sites/lighthouse.md"
    assert found["Ask the keeper about storms."].comment == "ask"
    assert found["Care for the shore"].file == "content/model.toml"
    assert found["Welcome to the harbour."].file == "content/edition.toml"
    assert found["Harbour field guide"].file == "content/guide.toml"


def test_templates_and_modules_are_searched(miniature):
    """A message of a template and one named in Python are found with their comments."""
    found = {message.id: message for message in extract.occurrences(loader.load(miniature))}

    assert found["Skip to the text"].file == "guide/templates/base.html"
    assert found["Translated from older wording"].file == "guide/i18n/localize.py"
    assert found["Saving: keep this page open"].comment == "a bar beside it shows how much is saved"


def test_what_is_not_translated_is_not_extracted(miniature):
    """Names on signs, addresses and slugs are no messages."""
    found = {message.id for message in extract.occurrences(loader.load(miniature))}

    assert not found & {"Mercado del Puerto", "faro", "Ada Stone", "https://example.org/logbook", "market", ""}


def test_equal_texts_are_one_message_with_all_their_files(miniature, edit):
    """A text is translated once, wherever it stands."""
    edit("content/sites/lighthouse.md", 'district = "North pier"', 'district = "Old town"')

    pot = {entry.id: entry for entry in extract.template(extract.occurrences(loader.load(miniature)))}

    assert pot["Old town"].references == ("content/sites/lighthouse.md", "content/sites/market.md")


def test_messages_come_in_the_order_of_the_files(miniature):
    """Templates first, then content sorted by file."""
    files = [message.file for message in extract.occurrences(loader.load(miniature))]

    of_content = [file for file in files if file.startswith("content/")]
    assert of_content == sorted(of_content)
    assert files[-len(of_content) :] == of_content


def test_prose_with_a_per_cent_sign_is_no_format(miniature, edit):
    """Content may hold % and {}; a translation tool must not check it as a format."""
    edit("content/sites/lighthouse.md", "Leave the lamp alone.", "Leave 40 % of {the} lamp %s alone.")

    pot = {entry.id: entry for entry in extract.template(extract.occurrences(loader.load(miniature)))}

    assert pot["Leave 40 % of {the} lamp %s alone."].flags == set()
    assert pot["From {station}:"].flags == {"python-brace-format"}
