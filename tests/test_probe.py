"""probe.py: after an upload, what phones would meet at the public address is compared with what was built."""

import hashlib
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from guide import cli, headers
from guide.media import TYPES
from guide.publish import precache
from guide.publish.asking import Answer
from guide.serving import HOST_FILES, headers_of
from tests import hosting

PNG = b"\x89PNG\r\n\x1a\n"
HTML = b"<!DOCTYPE html><title>Elsewhere</title>"
ICON = "assets/icons/icon-192.0123456789.png"
PAGE = '<!DOCTYPE html><meta property="og:url" content="{url}{path}">' + (
    '<meta property="og:image" content="{url}cards/en/home.0123456789.png">{more}'
)


def write_build(folder, url, more="", serial=1000, former=None):
    """A build of few files that has one of each kind; differences lead to its packs from those of a former build."""
    worker = (hosting.ROOT / "static/sw.js").read_text("utf-8")
    for name, body in {
        **{
            name: PAGE.format(url=url, path=name.removesuffix("index.html"), more=more)
            for name in ("index.html", "404.html", "en/index.html", "en/404.html", "es/index.html", "es/404.html")
        },
        "sw.js": worker,
        "sw-retire.js": worker,
        "robots.txt": "User-agent: *",
        "sitemap.xml": "<urlset/>",
        "en/guide.webmanifest": json.dumps({"icons": [{"src": f"../{ICON}"}]}),
        "assets/js/main.0123456789.js": "export {}",
        "assets/css/guide.0123456789.css": "p{}",
        "assets/drawings/day-1.0123456789.svg": "<svg/>",
        ICON: PNG,
        "cards/en/home.0123456789.png": PNG + b"card",
        **dict.fromkeys(HOST_FILES, "#"),
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
    precache.write(folder, headers.PAGE, precache.Release(serial), None, headers.ASSET, former=former)


Change = Callable[[str, Answer], Answer]


@dataclass
class Host:
    """A host that answers well unless `change` makes another answer of it. A status of 0 ends the connection."""

    folder: object
    change: Change = lambda path, answer: answer
    url: str = ""
    prefix: str = "/lab/"

    def answer(self, path):
        name = unquote(path).removeprefix(self.prefix)
        file = precache.file_of(self.folder, name)
        if file.is_dir():
            return self.change(name, Answer(301, {"Location": f"{path}/"}, b""))
        if not file.is_file():
            tag = name.split("/")[0]
            body = (self.folder / (tag if tag in ("en", "es") else "") / "404.html").read_bytes()
            return self.change(name, Answer(404, {"Content-Type": TYPES[".html"], **headers.ERROR}, body))
        found = {"Content-Type": TYPES[file.suffix], **headers_of(name, ["en", "es"])}
        return self.change(name, Answer(200, found, file.read_bytes()))


@pytest.fixture(scope="module")
def serving():
    """One server for every case of this module."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer = self.server.host.answer(self.path)
            self.close_connection = True
            if not answer.status:
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def host(serving, tmp_path):
    url = f"http://127.0.0.1:{serving.server_address[1]}/lab/"
    write_build(tmp_path / "build", url)
    serving.host = Host(tmp_path / "build", url=url)
    return serving.host


def freeze(*arguments):
    """The exit status of `freeze.py …`."""
    with pytest.raises(SystemExit) as ended:
        cli.freeze(arguments)
    return ended.value.code


def probed(host, capsys, out="build"):
    """Exit status, and what was said on both."""
    status = freeze("--probe", host.url, "--out", str(host.folder.parent / out))
    found = capsys.readouterr()
    assert "Traceback" not in found.err
    return status, found.out, found.err


def on(pattern: str, **changes: object) -> Change:
    """Another answer for the paths that end or begin like this; headers are added, None takes one away."""

    def change(path, answer):
        if not (path.endswith(pattern) if pattern[:1] in ".s" else path.startswith(pattern)) or answer.status == 404:
            return answer
        more = {name.replace("_", "-"): value for name, value in changes.items() if name not in ("status", "body")}
        kept = {name: value for name, value in {**answer.headers, **more}.items() if value is not None}
        return replace(answer, headers=kept, status=changes.get("status", 200), body=changes.get("body", answer.body))

    return change


def missing(start: str) -> Change:
    return lambda path, answer: Answer(404, {}, b"no") if path.startswith(start) else answer


def all_pages(**more: object) -> Change:
    return lambda path, answer: on("", **more)(path, answer) if path.endswith(("/", ".html")) or not path else answer


def pointer(**changes: object) -> Change:
    def change(path, answer):
        if path != precache.POINTER:
            return answer
        return replace(answer, body=json.dumps({**json.loads(answer.body), **changes}).encode())

    return change


YEAR = {"Cache_Control": "public, max-age=31536000"}
OF_TYPE = "which browsers refuse. Let the host serve files in .js as text/javascript."
CASES: list[tuple[str, Change, str]] = [
    ("scripts without a type", on(".js", Content_Type="application/octet-stream"), OF_TYPE),
    ("scripts as pages", on(".js", Content_Type="text/html"), f"it is served as text/html, {OF_TYPE}"),
    ("everything as text", on("", Content_Type="text/plain", X_Content_Type_Options="nosniff"), "served as text/plain"),
    ("scripts of no type at all", on(".js", Content_Type=None), f"it is served as nothing, {OF_TYPE}"),
    ("style of another type", on(".css", Content_Type="text/plain"), "files in .css as text/css."),
    ("drawings of another type", on(".svg", Content_Type="text/xml"), "files in .svg as image/svg+xml."),
    ("a worker that is a page", on("sw.js", body=HTML, Content_Type="text/html"), "sw.js: it is a web page."),
    ("another worker", on("sw.js", body=b"self"), "sw.js: its 4 bytes are not those of the build."),
    ("no worker", missing("sw.js"), "sw.js: it is missing (404)."),
    ("no spare worker", missing("sw-retire.js"), "sw-retire.js: it is missing (404)."),
    ("a pointer that halts", pointer(halt=True), "it tells phones to take their saved guide away (halt)."),
    ("damaged packs", on(".bin", body=b"?"), ".bin: its 1 bytes are not those of the build."),
    ("no packs", missing(precache.REVISIONS), ".json: it is missing (404)."),
    (
        "a pointer to other packs",
        pointer(packs={"path": "robots.txt", "sha256": "0" * 64, "bytes": 13}),
        "robots.txt: its 13 bytes are not those of the build.",
    ),
    ("a pointer to half a manifest", pointer(packs={"path": "x"}), "this is not the file of a guide."),
    ("a pointer to packs that are none", pointer(packs=[]), "this is not the file of a guide."),
    ("no pictures for shared links", missing("cards/"), "home.0123456789.png: it is missing (404)."),
    ("no icons", missing("assets/icons"), "icon-192.0123456789.png: it is missing (404)."),
    ("no page for what is missing", missing("404.html"), "/404.html: it is missing (404)."),
    ("no robots.txt", missing("robots.txt"), "robots.txt: it is missing (404)."),
    ("no site map", missing("sitemap.xml"), "sitemap.xml: it is missing (404)."),
    ("an unknown address is a page", lambda path, answer: replace(answer, status=200), "yet answered with 200"),
    ("pages kept for a year", all_pages(**YEAR), "it may be kept for more than a day"),
    ("the pointer kept for a year", on(precache.POINTER, **YEAR), "current.json: it may be kept for more than a day"),
    ("the worker kept for a year", on("sw.js", **YEAR), "sw.js: it may be kept for more than a day"),
    (
        "the old way of keeping",
        on("sw.js", Cache_Control=None, Expires="Thu, 31 Dec 2099 00:00:00 GMT"),
        "sw.js: it may be kept for more than a day",
    ),
    (
        "errors kept for a year",
        lambda path, answer: (
            replace(answer, headers={"Cache-Control": "max-age=99999999"}) if answer.status == 404 else answer
        ),
        "no-such-page-of-the-guide.js: it may be kept for more than a day",
    ),
    ("letters of another alphabet", all_pages(Content_Type="text/html; charset=LATIN1"), "said to be in latin1"),
    ("pages as downloads", all_pages(Content_Disposition="attachment"), "it is offered as a download."),
    ("a host that wipes phones", all_pages(Clear_Site_Data='"*"'), "it makes browsers delete what they saved."),
    ("a stale packed copy", on(".css", Content_Encoding="gzip"), "it says that it is packed (gzip) and is not."),
    ("rewritten pages", all_pages(body=b"<!DOCTYPE html>minified"), "its 23 bytes are not those of the build."),
    ("a body cut off", on(".css", Content_Length="99"), "it ends after 3 of 99 bytes. Upload this file again"),
    ("a connection cut off", on(".css", status=0), "the connection ended before an answer came."),
    ("a password", lambda path, answer: Answer(401, {}, b""), "it asks for a password (401). Take the password off"),
    ("a part behind a password", on("es/", status=401), "it asks for a password (401). Take the password off"),
    ("unreadable files", on(".svg", status=403), "it is refused (403). Let everybody read it"),
    ("a broken host", lambda path, answer: Answer(500, {}, b""), "the host has an error of its own (500)."),
    ("a host that is asked too often", on(".css", status=429), "the host wants fewer questions (429)."),
    ("a page that leads away", on("es/", status=302, Location="https://example.org/"), "leads to https://example.org/"),
    (
        "an unknown address leads home",
        lambda path, answer: Answer(302, {"Location": "/lab/"}, b"") if answer.status == 404 else answer,
        "no-such-page-of-the-guide.js: it leads to",
    ),
    ("no guide", lambda path, answer: Answer(404, {}, b""), "there is no guide at this address"),
    ("a sign-in page", lambda path, answer: Answer(200, {}, HTML), "this is not the file of a guide."),
    ("something else", on(precache.POINTER, body=b"[]"), "this is not the file of a guide."),
    ("a pointer of half its fields", on(precache.POINTER, body=b'{"format":1}'), "this is not the file of a guide."),
    ("a pointer to something else", pointer(manifest="robots.txt"), "its 13 bytes are not those of the build."),
    (
        "the former build",
        pointer(serial=900, sha256="0" * 64, revision="former"),
        "the host still serves a former build: revision former, serial 900.",
    ),
    ("a later build", pointer(serial=1100, sha256="0" * 64), "the host serves a later build"),
    ("another build of the same serial", pointer(sha256="0" * 64), "another build of the same serial"),
]


def test_a_good_host_is_confirmed_in_one_line(host, capsys):
    """Who publishes sees how many files were compared, which revision is there, and what was not looked at."""
    status, said, wrong = probed(host, capsys)

    revision = precache.read_pointer(host.folder)["revision"]
    assert (status, wrong) == (0, "")
    assert said.splitlines() == [
        f"{host.url}: 22 files (0.0 MB) are those of revision {revision}, serial 1000",
        "not compared: the 4 files that only hosts and builds read "
        "(_headers, nginx-headers.conf, caddy-headers.conf, offline/built.json)",
    ]


@pytest.mark.parametrize(("change", "sentence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_broken_host_is_found_out(host, capsys, change, sentence):
    """With the sentence that is true of it, and exit status 1."""
    host.change = change

    status, _, wrong = probed(host, capsys)

    assert status == 1
    assert sentence in wrong


@pytest.mark.parametrize("out", ["build", "elsewhere"])
@pytest.mark.parametrize("kind", ["manifest", "pack", "difference"])
def test_every_pack_and_every_difference_is_asked_for(host, capsys, tmp_path, kind, out):
    """A phone without its difference downloads the whole pack, and one without the pack all files one by one."""
    words = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(64))
    write_build(tmp_path / "former", host.url, words)
    write_build(host.folder, host.url, f"{words} new", serial=1001, former=tmp_path / "former")
    named = precache.read_pointer(host.folder)["packs"]["path"]
    found = json.loads((host.folder / named).read_bytes())["packs"]
    paths = {
        "manifest": {named},
        "pack": {pack["path"] for pack in found if "path" in pack},
        "difference": {step["path"] for pack in found for step in pack["steps"]},
    }[kind]
    assert probed(host, capsys, out)[0] == 0
    assert paths

    for path in paths:
        host.change = missing(path)
        gone = probed(host, capsys, out)
        host.change = on(path, body=b"?")
        damaged = probed(host, capsys, out)

        assert (gone[0], damaged[0]) == (1, 1)
        assert f"{path}: it is missing (404)." in gone[2]
        assert f"{path}: its 1 bytes are not those of the build." in damaged[2]


@pytest.mark.parametrize("out", ["build", "elsewhere"])
def test_a_host_that_serves_a_build_without_packs_is_probed_as_before(host, capsys, out):
    """Its list names one bundle, or none."""
    bundle = host.folder / precache.REVISIONS / f"{hashlib.sha256(b'bundle').hexdigest()[:16]}.bin"
    shutil.rmtree(host.folder / precache.REVISIONS)
    bundle.parent.mkdir()
    bundle.write_bytes(b"bundle")
    files = {entry.path: [entry.sha256, entry.bytes, entry.media_type] for entry in precache.saved_files(host.folder)}
    core = {"bundle": {"path": bundle.relative_to(host.folder).as_posix()}}
    listing = json.dumps({"notFound": {"en": "", "es": ""}, "packs": {"core": core}, "files": files}).encode()
    (bundle.parent / "list.json").write_bytes(listing)
    found = precache.read_pointer(host.folder)
    del found["packs"]
    found |= {"manifest": f"{precache.REVISIONS}list.json", "sha256": hashlib.sha256(listing).hexdigest()}
    (host.folder / precache.POINTER).write_text(json.dumps(found))

    good = probed(host, capsys, out)
    host.change = missing(core["bundle"]["path"])
    gone = probed(host, capsys, out)

    assert (good[0], gone[0]) == (0, 1)
    assert f"{core['bundle']['path']}: it is missing (404)." in gone[2]


WITHOUT_A_BUILD = {
    "a worker that is a page", "another worker", "no worker", "a pointer that halts", "damaged packs", "no packs",
    "no icons",
    "no pictures for shared links", "no site map", "rewritten pages", "an unknown address is a page",
}  # fmt: skip


@pytest.mark.parametrize("change", [pytest.param(case[1], id=case[0]) for case in CASES if case[0] in WITHOUT_A_BUILD])
def test_a_broken_host_is_found_out_without_a_build_at_hand(host, capsys, change):
    """What the guide's own list tells is enough for that."""
    host.change = change

    status, _, _ = probed(host, capsys, out="elsewhere")

    assert status == 1


def test_without_a_build_at_hand_it_says_what_to_compare(host, capsys):
    """The build prints its revision and serial, too."""
    status, said, _ = probed(host, capsys, out="elsewhere")

    revision = precache.read_pointer(host.folder)["revision"]
    assert status == 0
    assert f"see whether the build said revision {revision}, serial 1000, too." in said
    assert "; 8 more are there" in said


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (all_pages(Content_Security_Policy=None), "note: the host does not send Content-Security-Policy (6 files)."),
        (
            on("sw.js", Content_Security_Policy="default-src 'none'"),
            "of its own kind Content-Security-Policy (1 ",
        ),
        (all_pages(Cache_Control="max-age=14400"), "note: 6 files may be kept for 4 hours"),
        (
            lambda path, answer: Answer(403, {}, b"") if answer.status == 404 else answer,
            "is not there and is refused (403) where 404 would be true.",
        ),
        (
            lambda path, answer: replace(answer, body=b"no") if answer.status == 404 else answer,
            "the host shows another page than the guide's 404.html.",
        ),
    ],
)
def test_what_is_weak_is_told_and_no_fault(host, capsys, change, note):
    """Many hosts can't send what a guide would like."""
    host.change = change

    status, said, wrong = probed(host, capsys)

    assert (status, wrong) == (0, "")
    assert note in said


def test_every_wrong_file_is_named_and_many_are_counted(host, capsys):
    """Three are named; what is wrong with more of them is one sentence."""
    (host.folder / "en/index.html").write_text("damaged")
    shutil.rmtree(host.folder / "assets/drawings")
    host.change = all_pages(Content_Type="text/plain")

    _, _, wrong = probed(host, capsys)

    lines = wrong.splitlines()
    assert [line.removeprefix(host.url).split(":")[0] for line in lines] == [
        "",
        "assets/drawings/day-1.0123456789.svg",
        "en/",
    ]
    assert "So it is with 5 other files." in lines[0]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:1/", "nothing answers there. Start the web server, or correct the address and its port."),
        ("http://no-such-host.invalid/", "no host has this name. Compare the address with the one that you share;"),
    ],
)
def test_an_address_without_a_host_is_told(capsys, url, sentence):
    """Another upload is no remedy for a wrong name."""
    status = freeze("--probe", url)

    wrong = capsys.readouterr().err
    assert (status, wrong.count("\n")) == (1, 1)
    assert sentence in wrong
    assert "Upload" not in wrong and "Traceback" not in wrong


def test_what_is_no_web_server_is_told(capsys, monkeypatch):
    """One that speaks otherwise, one that says nothing, one that speaks no HTTPS."""
    monkeypatch.setattr("guide.publish.asking.SECONDS", 0.5)
    said = []
    for greeting, scheme in ((b"220 smtp ready\r\n\r\n", "http"), (b"", "http"), (b"HTTP/1.1 200 OK\r\n\r\n", "https")):
        with socket.create_server(("127.0.0.1", 0)) as server:
            held = []

            def greet(server=server, greeting=greeting, held=held):
                connection, _ = server.accept()
                held.append(connection)
                connection.sendall(greeting)

            threading.Thread(target=greet, daemon=True).start()
            assert freeze("--probe", f"{scheme}://127.0.0.1:{server.getsockname()[1]}/") == 1
            for connection in held:
                connection.close()
        said.append(capsys.readouterr().err)

    assert "what answers there is no web server." in said[0]
    assert "no answer came within 0.5 seconds." in said[1]
    assert "it does not speak HTTPS properly." in said[2]


def test_a_certificate_and_the_way_to_https(host, capsys, tmp_path, monkeypatch):
    """One that nobody vouches for is a fault; from http to https is a way to tell, and no fault."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    with hosting.own(host.folder, "/lab/", tls=context) as port:
        secure = f"https://127.0.0.1:{port}/lab/"
        host.change = lambda path, answer: Answer(301, {"Location": secure + path}, b"")

        refused = probed(host, capsys)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
        taken = probed(host, capsys)

    assert refused[0] == 1
    assert "its certificate does not hold: self" in refused[2]
    assert taken[0] == 0
    assert f"note: {host.url} leads to {secure}: that is the address to share." in taken[1]


def plain(path: str, answer: Answer) -> Answer:
    """Python's own server, and others that know nothing of headers."""
    return replace(
        answer, headers={name: value for name, value in answer.headers.items() if name in ("Content-Type", "Location")}
    )


def ten_minutes(path: str, answer: Answer) -> Answer:
    """GitHub Pages."""
    return replace(plain(path, answer), headers={**plain(path, answer).headers, "Cache-Control": "max-age=600"})


def clean(path: str, answer: Answer) -> Answer:
    """Hosts that shorten addresses, such as Cloudflare Pages and `serve`."""
    if answer.status == 200 and path.endswith(".html"):
        return Answer(308, {"Location": f"/lab/{path.removesuffix('.html').removesuffix('index')}"}, b"")
    return answer


@pytest.mark.parametrize("change", [plain, ten_minutes])
def test_hosts_that_send_no_headers_are_good_enough(host, capsys, change):
    """What they lack is told."""
    host.change = change

    status, said, wrong = probed(host, capsys)

    assert (status, wrong) == (0, "")
    assert "note: the host does not send Content-Security-Policy" in said


def test_hosts_that_shorten_addresses_are_good_enough(host, capsys):
    """A page without its ending is the same page."""
    found = host.answer
    host.change = clean
    host.answer = lambda path: (
        Answer(200, {"Content-Type": "text/html", **headers.PAGE, **headers.REVALIDATED}, file.read_bytes())
        if (file := host.folder / f"{path.removeprefix('/lab/')}.html").is_file()
        else found(path)
    )

    status, said, wrong = probed(host, capsys)

    assert (status, wrong) == (0, "")
    assert "note: the host leads 404.html to a shorter address (3 files)." in said


@pytest.mark.parametrize("kind", ["own", "nginx", "caddy"])
def test_real_hosts_are_good(kind, tmp_path, capsys):
    """The project's own server, nginx and Caddy, as DEPLOY.md sets them up: nothing is wrong, nothing is weak."""
    write_build(tmp_path / "build", "http://127.0.0.1")
    with hosting.hosted(kind, tmp_path / "build", "/lab/", "/lab/") as host:
        status = freeze("--probe", host.url, "--out", str(tmp_path / "build"))

    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert said.out.count("note:") == 1  # the port was not known when it was built
