"""fuzz.py: a short run of the fuzzer, always with the same inputs."""

from itertools import islice

from guide.config import Paths
from tests import fuzz

INPUTS = 20


def test_no_input_ends_in_a_traceback_or_takes_long():
    """A few inputs of every kind; `make fuzz` tries them by the hour."""
    counts, findings = fuzz.run(seed=8, most=INPUTS, minutes=5, builds=False)

    assert findings == []
    assert counts.total() == INPUTS
    assert set(counts) == set(fuzz.TOKENS)


def test_a_seed_gives_the_same_inputs_again(miniature):
    """Whoever reads a seed and a number can try that input."""
    files = fuzz.real_files(Paths(root=miniature.root))

    first, again, other = ([*islice(fuzz.inputs(seed, files), 40)] for seed in (7, 7, 8))

    assert first == again != other
    assert max(len(found.body) for found in first) <= fuzz.LONGEST


def test_what_goes_wrong_is_found(monkeypatch):
    """An input that hangs, one that ends in a traceback, one that ends the process, and one that takes too long."""
    process = fuzz.Process(fuzz_worker)
    bodies = (b"", b"raise", b"slow", b"end")

    found = [process.judge(fuzz.Input(1, "po", "", body)) for body in bodies]
    monkeypatch.setattr(fuzz, "PATIENCE", 0.5)
    found.append(process.judge(fuzz.Input(1, "po", "", b"hang")))
    process.end()

    assert [what.splitlines()[-1] if what else "" for what in found] == [
        "",
        "ValueError: raise",
        "took 2.5 s",
        "the process ended",
        "no answer after 0 s",
    ]


def fuzz_worker(pipe):
    """Stands in the place of the guide: does what an input says."""
    while (found := pipe.recv()) is not None:
        match found.body:
            case b"hang":
                pipe.poll(600)
            case b"raise":
                pipe.send((0.1, "Traceback\nValueError: raise"))
            case b"end":
                return
            case b"slow":
                pipe.send((2.5, ""))
            case _:
                pipe.send((0.1, ""))
