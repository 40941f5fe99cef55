"""processes.py: two processes make what one would, in order, and nothing of them stays."""

import subprocess
import sys
import threading

import pytest

from guide.processes import in_order
from tests.conftest import ROOT

SCRIPT = """
import multiprocessing, os, signal
from guide.processes import in_order

def squared(number):
    if number == FAILS:
        raise ValueError(f"{number} is too much")
    if number == ENDS and os.getpid() != main:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number

main, seen, made = os.getpid(), [], in_order(range(100), squared)
try:
    for square in made:
        seen.append(square)
        if len(seen) == STOPS:
            break
except ValueError as error:
    print(error)
made.close()
print(seen == [number * number for number in range(len(seen))], len(seen), multiprocessing.active_children())
"""

CASES = {
    "all": (-1, -1, -1, "True 100 []\n"),
    "an error here": (55, -1, -1, "55 is too much\nTrue 55 []\n"),
    "an error there": (56, -1, -1, "56 is too much\nTrue 56 []\n"),
    "a process that is killed": (-1, 56, -1, "True 100 []\n"),
    "nobody wants the rest": (-1, -1, 50, "True 50 []\n"),
}
"""Which number fails, at which one the second process ends, after how many nobody asks on; and what is said."""


@pytest.mark.parametrize("case", CASES)
def test_two_processes_make_what_one_would(case):
    """In order, with the same error, whatever happens to the second one; and none is left."""
    fails, ends, stops, said = CASES[case]
    script = f"FAILS, ENDS, STOPS = {fails}, {ends}, {stops}\n{SCRIPT}"

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == (said, "")


def test_a_process_with_threads_works_alone():
    """A copy of it would lack them: everything is made here."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()

    makers = set(in_order([None] * 100, lambda _: threading.get_native_id()))
    stop.set()
    thread.join()

    assert makers == {threading.get_native_id()}
