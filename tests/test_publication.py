"""What is newer: order comes from what is published; what can't be known is said."""

import datetime as dt
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.problems import BuildError
from guide.publish import folder, precache, publication
from guide.publish.build import build
from guide.publish.publication import Published

NOW = 1_795_000_000  # 2026-11-18 11:06:40 UTC
POINTER = {"format": 1, "serial": NOW - 5000, "revision": "aaaaaaaaaaaa", "sha256": "a" * 64, "date": "2026-11-18"}
MADE = {**POINTER, "serial": NOW, "sha256": "b" * 64}
BY_CLOCK = "Phones take this build for newer only if this computer's clock is right: it says 2026-11-18 11:06 UTC."


@contextmanager
def host(status: int = 200, body: bytes = b"", date: str = "") -> Iterator[str]:
    """A public address that answers everything alike; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(status)
            self.send_header("Content-Length", str(len(body)))
            if date:
                self.send_header("Date", date)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/guide/"
        finally:
            server.shutdown()


def notices(paths: Paths, published: Published, last: object = None, made: object = None, **more: object) -> list[str]:
    settings = Settings(paths=paths, base_url="https://example.org/", **more)
    return list(publication.notices(settings, NOW, made or MADE, last, published))


@pytest.fixture
def old_files(miniature):
    """A guide whose files are older than NOW."""

    for path in miniature.root.rglob("*"):
        os.utime(path, (NOW - 9999, NOW - 9999))
    return miniature


def test_what_is_published_is_known():
    """Pointer and the host's clock."""
    with host(200, json.dumps(POINTER).encode(), "Wed, 18 Nov 2026 11:06:40 GMT") as address:
        found = publication.ask(address)

    assert found == Published(POINTER, "", NOW)


ANSWERS = {
    "nothing yet": (404, b"", "nothing is published there yet; if something is, the address is not written as"),
    "gone": (410, b"", "nothing is published there yet"),
    "a password": (401, b"", "it refuses to say what is published there (status 401): behind a password phones save"),
    "forbidden": (403, b"", "it refuses to say what is published there (status 403)"),
    "out of order": (503, b"", "it could not be asked what is published there (status 503)."),
    "round in circles": (302, b"", "it could not be asked what is published there (status 302)."),
    "a page": (200, b"<!DOCTYPE html>", "what stands at offline/current.json there is not the file of a guide."),
    "a list": (200, b"[]", "is not the file of a guide."),
    "another format": (200, b'{"serial": "12"}', "is not the file of a guide."),
    "a serial that is a truth": (200, b'{"serial": true}', "is not the file of a guide."),
    "a broken number": (200, b'{"serial": 1.5}', "is not the file of a guide."),
    "no number": (200, b'{"serial": NaN}', "is not the file of a guide."),
    "a negative number": (200, b'{"serial": -1}', "is not the file of a guide."),
    "a number beyond scripts": (200, b'{"serial": 9007199254740993}', "is not the file of a guide."),
    "digits without end": (200, b'{"serial": ' + b"9" * 90_000 + b"}", "is not the file of a guide."),
    "brackets without end": (200, b"[" * 90_000, "is not the file of a guide."),
    "letters of no alphabet": (200, b"\xff\xfe{", "is not the file of a guide."),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_can_not_be_known_is_said(old_files, case):
    """The build goes on by the clock, and says what that means."""
    status, body, sentence = ANSWERS[case]
    with host(status, body) as address:
        found = publication.ask(address)

    (told,) = notices(old_files, found)

    assert found.pointer is None
    assert told.startswith("https://example.org/: ") and sentence in told
    assert told.endswith(BY_CLOCK)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://no-such-host.invalid/"])
def test_without_a_network_the_build_goes_on(old_files, address):
    """A host on a train learns what phones will do."""
    (told,) = notices(old_files, publication.ask(address))

    assert "it could not be asked what is published there (" in told
    assert told.endswith(BY_CLOCK)


def test_without_an_address_nobody_is_asked(old_files):
    """One sentence says what is missing and in which file."""
    settings = Settings(paths=old_files)

    (told,) = publication.notices(settings, NOW, MADE, None, publication.ask(""))

    assert told.startswith("no web_address in content/edition.toml: ")


CLOCKS = {
    "the folder's last build": ({"last": {**POINTER, "serial": NOW + 4000}}, "the last build in this folder is of"),
    "what is published": ({"published": Published({**POINTER, "serial": NOW + 4000})}, "what is published is of"),
    "the host's clock": ({"published": Published(POINTER, "", NOW + 4000)}, "the host's clock says"),
    "a clock far behind": ({"published": Published(POINTER, "", NOW + 10**9)}, "the host's clock says 2058-07-27"),
    "a serial beyond the calendar": ({"last": {**POINTER, "serial": 10**15}}, f"is of {10**15}. Set the clock"),
    "a clock a year ahead": ({"published": Published(POINTER, "", NOW - 4 * 10**7)}, "but the host's says 2025-08-1"),
}


@pytest.mark.parametrize("case", CLOCKS)
def test_a_wrong_clock_is_said(old_files, case):
    """Whatever shows that it is wrong."""
    given, sentence = CLOCKS[case]

    told = notices(old_files, given.get("published", Published(POINTER)), given.get("last"))

    assert len([line for line in told if line.startswith("this computer's clock says 2026-11-18 11:06 UTC")]) == 1
    assert any(sentence in line for line in told)


def test_files_from_the_future_show_a_wrong_clock(old_files):
    """A file that somebody saves is not from next week; an archive without zones may be hours off."""

    os.utime(old_files.content / "edition.toml", (NOW + 50_000, NOW + 50_000))
    hours = notices(old_files, Published(POINTER))
    os.utime(old_files.content / "edition.toml", (NOW + 600_000, NOW + 600_000))
    days = notices(old_files, Published(POINTER))

    assert hours == []
    assert len(days) == 1 and "the newest file of the guide is of 2026-11-25 09:46 UTC" in days[0]


def test_a_build_that_would_replace_somebody_elses_is_said(old_files):
    """Two hosts who publish in turn learn of each other; who publishes the same, or alone, hears nothing."""
    there = Published({**POINTER, "serial": NOW - 100})

    other = notices(old_files, there, {**POINTER, "serial": NOW - 9000, "sha256": "c" * 64})
    own = notices(old_files, there, there.pointer)
    same = notices(old_files, there, {**POINTER, "serial": NOW - 9000, "sha256": "c" * 64}, there.pointer)

    assert len(other) == 1 and "If somebody else published it, take over their edits and build again" in other[0]
    assert own == same == []


def test_the_end_of_a_halt_is_said(old_files):
    """A guide that was taken off phones does not come back by oversight."""
    told = notices(old_files, Published({**POINTER, "halt": True}))

    assert len(told) == 1 and "tells phones to take it away; this build ends that" in told[0]


def test_an_address_that_phones_save_nothing_from_is_said(old_files):
    """Browsers save only what comes encrypted, or from the same machine."""
    settings = Settings(paths=old_files, base_url="http://example.org/")

    (told,) = publication.notices(settings, NOW, MADE, None, Published(POINTER))

    assert told == "http://example.org/: browsers save a guide only from an address that begins with https://."


ORDERS = {
    "nothing known": ([], NOW),
    "older ones": ([(NOW - 9, "x"), (NOW - 5, "y")], NOW),
    "two builds of one second": ([(NOW, "x")], NOW + 1),
    "a clock behind the folder": ([(NOW + 9, "x"), (NOW, "y")], NOW + 10),
    "a clock behind what is published": ([(NOW, "x"), (NOW + 9, "y")], NOW + 10),
    "the same as the folder": ([(NOW - 9, "same")], NOW - 9),
    "the same as published": ([(NOW - 9, "x"), (NOW - 5, "same")], NOW - 5),
    "the same as an older one": ([(NOW - 9, "same"), (NOW - 5, "y")], NOW),
    "the same as one that was told later": ([(NOW + 9, "same"), (NOW - 5, "y")], NOW + 9),
    "one order, two contents": ([(NOW + 9, "same"), (NOW + 9, "y")], NOW + 10),
    "a commit's time": ([(NOW - 10**6, "x")], NOW),
    "words": ([("9", "same"), (None, "same")], NOW),
    "no whole number": ([(True, "same"), (1.5, "same")], NOW),
}


@pytest.mark.parametrize("case", ORDERS)
def test_the_order_follows_what_is_published(tmp_path, case):
    """Later than everything known, and the same as before when nothing changed."""
    (tmp_path / "index.html").write_text("front")
    precache.write(tmp_path, {}, precache.Release(1), None)
    same = precache.read_pointer(tmp_path)["sha256"]
    former, serial = ORDERS[case]
    pointers = [{"serial": number, "sha256": same if hash == "same" else hash} for number, hash in former]
    last, published = [*pointers, None, None][:2]

    precache.write(tmp_path, {}, publication.release(NOW, "America/Bogota", False), last, published=published)

    assert precache.read_pointer(tmp_path)["serial"] == serial


def test_a_build_bears_the_date_of_the_lab():
    """At nine in the evening of Medellín it is the next day already where most servers stand."""
    evening = int(dt.datetime(2027, 5, 21, 2, tzinfo=dt.UTC).timestamp())

    dates = [publication.release(evening, zone, False).date for zone in ("America/Bogota", "Europe/Berlin")]

    assert dates == ["2027-05-20", "2027-05-21"]


def test_a_build_in_the_place_of_one_that_knew_its_address_needs_it(miniature, tmp_path):
    """A build that forgets the address is refused and says how to write it; one for another address says so."""
    target = tmp_path / "out"
    build(create_app(Settings(paths=miniature)), target)
    text = (target / folder.LIST).read_text("utf-8")
    (target / folder.LIST).write_text(text.replace('"address": ""', '"address": "https://example.org/lab/"'), "utf-8")

    with pytest.raises(BuildError) as caught:
        build(create_app(Settings(paths=miniature)), target)
    moved = build(
        create_app(Settings(paths=miniature, base_url="https://new.example/")), target, published=Published(POINTER)
    )

    assert "the last build here was made for https://example.org/lab/, and this one has no address" in str(caught.value)
    assert 'Write web_address = "https://example.org/lab/" into content/edition.toml' in str(caught.value)
    assert "https://new.example/: the last build here was made for https://example.org/lab/" in moved.notices[0]
    assert folder.written(target).address == "https://new.example/"


def test_the_address_stands_in_the_hosts_file(miniature, edit):
    """It is written once, and every build has it; an address that is typed goes first."""
    edit("content/edition.toml", 'time_zone = "', 'web_address = "https://example.org/lab"\ntime_zone = "')

    written = create_app(Settings(paths=miniature)).extensions["guide"]().settings.base_url
    typed = (
        create_app(Settings(paths=miniature, base_url="https://new.example")).extensions["guide"]().settings.base_url
    )

    assert (written, typed) == ("https://example.org/lab/", "https://new.example/")
