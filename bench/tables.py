"""Tables as BENCHMARKS.md shows them."""

import statistics
from collections.abc import Iterable, Sequence


def head(*columns: str) -> None:
    """Print the two lines that a table begins with, after an empty one."""
    print()
    line(columns)
    print(f"|{'---|' * len(columns)}")


def line(cells: Iterable[object]) -> None:
    """Print one line of a table at once, so that somebody who waits sees it."""
    print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """The median of some values, with the least and the most of them where there are several."""
    if not values:
        return "–"
    middle = f"{statistics.median(values):,.{digits}f}"
    return f"{middle} ({min(values):,.{digits}f}–{max(values):,.{digits}f})" if len(values) > 1 else middle


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest of some values that so many percent of them do not exceed; 0 where there are none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
