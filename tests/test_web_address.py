"""The public address: what can be one, how browsers write it, and what is said of anything else."""

import pytest

from guide.config import Settings
from guide.problems import GuideError
from guide.site import library
from guide.site.web_address import NoAddress, normalised

GOOD = {
    "": "",
    "https://example.org": "https://example.org/",
    "HTTPS://Example.ORG/Guide": "https://example.org/Guide/",
    "https://example.org/guide///": "https://example.org/guide/",
    "https://example.org:443/a/b": "https://example.org/a/b/",
    "http://example.org:8080/": "http://example.org:8080/",
    "https://example.org:/": "https://example.org/",
    "https://example.org/~lab/v1.0/": "https://example.org/~lab/v1.0/",
    "https://example.org/guía/": "https://example.org/gu%C3%ADa/",
    "https://example.org/gu%c3%ada/%41/": "https://example.org/gu%C3%ADa/A/",
    "https://example.org/गाइड/": "https://example.org/%E0%A4%97%E0%A4%BE%E0%A4%87%E0%A4%A1/",
    "https://münchen.example/": "https://xn--mnchen-3ya.example/",
    "https://xn--mnchen-3ya.example/": "https://xn--mnchen-3ya.example/",
    "http://[::1]:8000/a/": "http://[::1]:8000/a/",
    "http://192.168.0.1/": "http://192.168.0.1/",
    "https://localhost/": "https://localhost/",
}

BAD = {
    "example.org": "does not begin with https://",
    "www.example.org/guide": "does not begin with https://",
    "ftp://example.org/": "does not begin with https://",
    "https:/example.org/": "does not begin with https://",
    "file:///srv/www/": "does not begin with https://",
    "https://": "has no host name",
    "https:///guide/": "has no host name",
    "https:// /": "has a space",
    "https://example.org/my guide/": "has a space",
    " https://example.org/": "has a space",
    "https://example.org/\n": "has a space",
    "https://example.org/a\u200bb/": "invisible character in it, U+200B",
    "https://example.org/\x00": "invisible character in it, U+0000",
    "https://example.org/\u202egro/": "invisible character in it, U+202E",
    "https://user:pw@example.org/": "has a user or password",
    "https://user@example.org/": "has a user or password",
    "https://example.org/?a=b": "has a ? or #",
    "https://example.org/?": "has a ? or #",
    "https://example.org/#top": "has a ? or #",
    "https://example.org\\guide": "has a \\",
    "https://example.org:99999/": "is not a web address",
    "https://example.org:port/": "is not a web address",
    "https://example.org:0/": "has a port that no host",
    "https://[::1/": "is not a web address",
    "https://[::zz]/": "",
    "https://[fe80::1%eth0]/": "",
    "https://256.1.1.1/": "has no host name",
    "https://1234/": "has no host name",
    "https://exa_mple.org/": "has no host name",
    "https://-example.org/": "has no host name",
    "https://example..org/": "has no host name",
    "https://example.org./": "has no host name",
    "https://" + "a" * 64 + ".org/": "has no host name",
    "https://straße.example/": "has no host name",
    "https://example.org/a//b/": "two slashes in a row",
    "https://example.org/a/../b/": "only dots",
    "https://example.org/%2e%2e/": "only dots",
    "https://example.org/a%2Fb/": "with '/' in its name",
    "https://example.org/%zz/": "has a % in it that encodes nothing",
    "https://example.org/100%/": "has a % in it that encodes nothing",
    "https://example.org/%ff/": "encoded in an old way",
    "https://example.org/%00/": "with '\\x00' in its name",
    "https://example.org/a%20b/": "with ' ' in its name",
    "https://example.org/a;b/": "with ';' in its name",
    "https://example.org/{guide}/": "with '{' in its name",
    'https://example.org/"a"/': "with '\"' in its name",
    "https://example.org/o'clock/": 'with "\'" in its name',
    "https://example.org/$uri/": "with '$' in its name",
    "https://example.org/*/": "with '*' in its name",
    "https://example.org/<b>/": "with '<' in its name",
    "https://example.org/🏔/": "with '🏔' in its name",
    "https://example.org/index.html": "is the address of a file, index.html",
    "https://example.org/guide/Index.HTM": "is the address of a file, Index.HTM",
    "https://example.org/guide/404.html/": "is the address of a file, 404.html",
    "https://example.org/sw.js": "is the address of a file, sw.js",
    "https://example.org/" + "a" * 600: "is too long",
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_is_written_as_browsers_write_it(text):
    """With a final slash, its host in small letters, its folders encoded; again normalised it stays."""
    found = normalised(text)

    assert found == GOOD[text]
    assert normalised(found) == found


@pytest.mark.parametrize("text", BAD)
def test_what_can_not_work_is_refused_in_a_sentence(text):
    """What is wrong, and what to do: a host is no developer."""
    with pytest.raises(NoAddress) as caught:
        normalised(text)

    assert BAD[text] in caught.value.what
    assert caught.value.what.endswith(".")
    assert caught.value.remedy


def told(paths, base_url=""):
    try:
        library.load(Settings(paths=paths, base_url=base_url))
    except GuideError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    "page", ["en/", "es", "es/days/2/", "en/offline", "en/sites/market/", "en/glossary/", "es/lessons/"]
)
def test_the_address_of_a_page_is_not_that_of_the_guide(miniature, page):
    """Hosts copy what stands in the browser; the sentence says what to leave away."""
    found = told(miniature, f"https://example.org/guide/{page}")

    what = f'"https://example.org/guide/{page}" is the address of a page of the guide, not of the whole guide.'
    assert found == [f"--base-url: {what} Write https://example.org/guide/"]


def test_a_folder_that_is_called_like_a_language_is_a_good_place(miniature):
    """A Spanish site may keep the guide in a folder of its own."""
    assert told(miniature, "https://example.org/es/lab/") == []


def test_the_address_in_the_file_is_looked_at_with_everything_else(miniature, edit):
    """File, field, remedy; together with the other problems of the run."""
    edit("content/edition.toml", 'time_zone = "', 'web_address = "https://user:pw@example.org/"\ntime_zone = "No/')

    found = told(miniature, "example.org")

    assert [line.partition(": ")[0] for line in found].count("content/edition.toml") >= 2
    assert any(line.startswith("content/edition.toml: web_address: 'https://user:pw@") for line in found)
    assert any(line.startswith("--base-url: 'example.org' is not a web address") for line in found)
