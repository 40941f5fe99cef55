"""The guides that a run of the benchmark has built, each of them once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.costs import Cost
from bench.guides import ADDRESS, Guide, copy_guide, generate, in_languages


@dataclass(frozen=True)
class Made:
    """A guide with the cost of its first build, in a fresh folder. Only its Python code was compiled before."""

    guide: Guide
    cold: Cost


@dataclass(frozen=True)
class Workshop:
    """A temporary folder in which guides are built."""

    folder: Path
    _made: dict[Path, Made] = field(default_factory=dict)

    def real(self, address: str = ADDRESS) -> Made:
        """The real guide."""
        return self._guide("real", address, copy_guide)

    def with_sites(self, sites: int, address: str = ADDRESS) -> Made:
        """The real guide with so many sites more."""
        return self._guide(f"sites-{sites}", address, lambda root: generate(root, sites))

    def with_languages(self, languages: int) -> Made:
        """The real guide in so many languages."""
        return self._guide(f"languages-{languages}", ADDRESS, lambda root: in_languages(root, languages))

    def room(self, name: str) -> Path:
        """A folder of this name that is not there yet."""
        return self.folder / name

    def _guide(self, name: str, address: str, make: Callable[[Path], Guide]) -> Made:
        root = self.room(f"{name}-{'published' if address else 'local'}")
        if root not in self._made:
            guide = make(root)
            self._made[root] = Made(guide, guide.freeze(address))
        return self._made[root]
