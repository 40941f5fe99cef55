"""Work shared by two processes, where the system can copy this one as it is; else done by one."""

import fcntl
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

_LEAST = 24
"""Fewer pieces of work are not worth a second process."""
_BUFFER = 1_000_000
"""Bytes that the second process may be ahead; a page has up to 50,000."""


def in_order(items: Sequence[I], make: Callable[[I], R]) -> Generator[R]:
    """What is made of each item, in order. A second process makes three of five, the caller the others as it asks.

    What `make` does beside its result is lost where the second process calls it. When anything fails there, the caller
    makes that item and the rest, so it meets the same error. The second process ends with the iterator, and with this
    process however that ends.
    """
    if len(items) < _LEAST or not _can_share():
        yield from map(make, items)
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    fcntl.fcntl(there.fileno(), fcntl.F_SETPIPE_SZ, _BUFFER)
    process = context.Process(target=_work, args=(items, make, here, there), daemon=True)
    process.start()
    there.close()
    alone = False
    try:
        for number, item in enumerate(items):
            if alone or not _is_theirs(number):
                yield make(item)
                continue
            try:
                result = here.recv()
            except EOFError:  # it failed
                alone = True
                result = make(item)
            yield result
    finally:
        here.close()
        process.terminate()
        process.join()


def _is_theirs(number: int) -> bool:
    return number % 5 in (1, 3, 4)


def _can_share() -> bool:
    """Whether a copy of this process works, and there is a core for it: Linux, and no threads that would be lost."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _work(items: Sequence[I], make: Callable[[I], R], here: Connection, there: Connection) -> None:
    """Make the items of the second process; silently end when one fails, or when nobody wants them."""
    here.close()  # else the pipe would outlive the first process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        for number, item in enumerate(items):
            if _is_theirs(number):
                there.send(make(item))
    except BaseException:
        os._exit(1)
