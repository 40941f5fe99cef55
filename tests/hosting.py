"""Real web servers on free ports of this machine, each with a folder of its own to serve."""

import contextlib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from guide.publish import hosts
from guide.publish.server import Handler, Server

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Answer:
    """Status, headers by their names in lower case, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Host:
    """A running web server: its port, and the folder that lies behind the guide's address."""

    port: int
    folder: Path
    base: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def ask(self, path: str, method: str = "GET", **asked: str) -> Answer:
        """The answer to a path below the guide's address, as it is written in a request."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, f"{self.base}{path}", headers={"Accept-Encoding": "identity", **asked})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())


NGINX = """
server {{
    listen 127.0.0.1:{port};
    root {root};
    gzip on;
    gzip_vary on;
    gzip_types text/css text/javascript application/json image/svg+xml;
    location ~* \\.(css|js|png|svg|html)$ {{ expires max; add_header X-Of-The-Server yes always; }}
    include "{root}{folder}nginx-headers.conf";
}}
"""
"""A server that has rules of its own for files, as most have."""

CADDY = """
http://127.0.0.1:{port} {{
    root * {root}
    encode gzip
    import "{root}{folder}caddy-headers.conf"
    file_server
}}
"""


@contextlib.contextmanager
def hosted(kind: str, build: Path, base: str, folder: str) -> Iterator[Host]:
    """A copy of a build behind an address: its `base` as it is asked for, its `folder` as it lies on the disk."""
    with room() as place:
        there = Path(f"{place}/srv{folder}")
        shutil.copytree(build, there)
        there.chmod(0o755)
        write_configurations(there, base)
        if kind == "own":
            with own(there, folder) as port:
                yield Host(port, there, base)
            return
        text, run = {"nginx": (NGINX, nginx), "caddy": (CADDY, caddy)}[kind]
        port = free_port()
        with run(place, text.format(port=port, root=place / "srv", folder=folder), port):
            yield Host(port, there, base)


def write_configurations(folder: Path, base: str) -> None:
    """What a build for this address holds for nginx and for Caddy."""
    for name, written in {"nginx-headers.conf": hosts.nginx, "caddy-headers.conf": hosts.caddy}.items():
        (folder / name).write_text(written(["en", "es"], base), encoding="utf-8")


@contextlib.contextmanager
def own(folder: Path, prefix: str = "/", tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """The project's own server, with HTTPS if it has a context for that."""
    with Server(folder, 0, type("Placed", (Handler,), {"prefix": prefix})) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextlib.contextmanager
def nginx(room: Path, text: str, port: int) -> Iterator[None]:
    """nginx with these server blocks, and with nothing that a distribution adds."""
    kept = "".join(
        f"{name}_temp_path {room}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (room / "nginx.conf").write_text(
        f"daemon off;\nworker_processes 1;\npid {room}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}{text}\n}}\n",
        encoding="utf-8",
    )
    with _running(["nginx", "-e", "stderr", "-p", str(room), "-c", str(room / "nginx.conf")], room, port):
        yield


@contextlib.contextmanager
def caddy(room: Path, text: str, port: int) -> Iterator[None]:
    """Caddy with these sites."""
    (room / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", encoding="utf-8")
    with _running(["caddy", "run", "--config", str(room / "Caddyfile"), "--adapter", "caddyfile"], room, port):
        yield


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """A folder that a server without rights can read, whoever runs the tests."""
    with tempfile.TemporaryDirectory(prefix="field-guide-host-") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@contextlib.contextmanager
def _running(command: list[str], room: Path, port: int) -> Iterator[None]:
    """A program until it answers at its port, and away with it afterwards. What it says is told when it ends early."""
    nobody = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if not os.getuid() else {}
    path = f"{os.environ['PATH']}:/usr/sbin"  # where Debian keeps nginx
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(room))
    program = shutil.which(command[0], path=path)
    assert program, f"{command[0]} is not installed: make browsers"
    with (room / "said").open("w+b") as said:
        process = subprocess.Popen(  # type: ignore[call-overload]
            [program, *command[1:]], stdout=said, stderr=said, env={**os.environ, **homes}, cwd=room, **nobody
        )
        try:
            while not _answers(port):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
                    raise AssertionError((room / "said").read_text(encoding="utf-8"))
            yield
        finally:
            process.terminate()
            process.wait(20)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
