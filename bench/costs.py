"""What a command costs: processor time and memory of its whole tree of processes, and the time on the clock."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

MIB = 1024 * 1024
EVERY = 0.02
"""Seconds from one look at the memory of a command to the next."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command cost. `cpu` and `wall` are seconds, `memory` is the most it held at once, in MiB.

    `cpu` is the user and system time of the command and of all processes that it started and waited for. `memory` is
    the sum over the tree of processes; pages that two of them share count twice.
    """

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder. Raises RuntimeError with what it said when it fails."""
    with (folder / ".said").open("w+b") as said:
        started = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=said, env={**os.environ, **(environment or {})}
        )
        try:
            with _Memory(process.pid) as memory:
                _, status, used = os.wait4(process.pid, 0)
        except BaseException:  # such as Ctrl+C: nothing goes on behind
            process.kill()
            process.wait()
            raise
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    largest = used.ru_maxrss / (MIB if sys.platform == "darwin" else 1024)
    return Cost(used.ru_utime + used.ru_stime, wall, max(memory.most, largest))


def yardstick() -> float:
    """Processor seconds of a fixed piece of work; they grow with whatever else a machine does at the same time."""
    started, total = process_time(), 0
    for number in range(5_000_000):
        total += number
    return process_time() - started


class _Memory:
    """Looks at a tree of processes again and again. Where the system has no /proc, it sees nothing."""

    def __init__(self, process: int) -> None:
        self.process, self.most = process, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            self.most = max(self.most, sum(map(_resident, _tree(self.process))) / MIB)


def _tree(process: int) -> list[int]:
    """A process and all that descend from it."""
    tree = [process]
    for parent in tree:
        tree += _children(parent)
    return tree


def _children(process: int) -> list[int]:
    """What a process has started; nothing where it has ended meanwhile."""
    try:
        lists = [(thread / "children").read_text() for thread in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
    return [int(child) for text in lists for child in text.split()]


def _resident(process: int) -> int:
    """Bytes of memory that a process holds."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
