"""What is measured, and how: pages, contenders, what a process used, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from digitize.evaluate.figures import Figures


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A picture of one page under a name of its own, and where its reference is, if anywhere."""

    name: str
    path: Path
    size: tuple[int, int]
    dpi: float
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A process to start: its arguments, and what is added to the environment."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memory:
    """The most resident memory in MB, as sampled; pages that processes share count for each.

    ``workers`` and ``programs`` are those of the largest process below the first one that runs the
    same program, or another. ``together``: of all processes at one time.
    """

    parent: float = 0.0
    workers: float = 0.0
    programs: float = 0.0
    together: float = 0.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process and all that it started have used: seconds and MB."""

    wall: float
    cpu: float
    memory: Memory = Memory()


class Contender(Protocol):
    """One way to read pages."""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        ...

    def missing(self) -> str:
        """What is not installed, with the command that brings it; "" where all is there."""
        ...

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        """How all ``pages`` are read into the folder ``out``; what this takes is not measured."""
        ...

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        """The text of each page, by the page's name, from what was written into ``out``."""
        ...

    def stages(self, out: Path) -> dict[str, float]:
        """Seconds a page by stage, where the contender tells them."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """One round of a contender: on a blank page, and on the pages."""

    blank: Usage
    pages: Usage
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a contender needs, in the median over the rounds. Seconds and CPU seconds are a page's.

    ``start`` is what a run takes with nothing to read; it is not part of ``seconds`` and ``cpu``.
    ``whole``: seconds a page with it.
    """

    name: str
    start: float
    seconds: float
    whole: float
    cpu: float
    memory: Memory
    stages: Mapping[str, float] = field(default_factory=dict)
    figures: Figures | None = None

    @property
    def pages_per_minute(self) -> float:
        """How many pages it reads in a minute, once it has started."""
        return 60 / self.seconds if self.seconds > 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Scaling:
    """How many times as fast ``jobs`` processes are as ``fewer`` are."""

    engine: str
    jobs: int
    fewer: int
    times: float

    def __str__(self) -> str:
        return f"{self.engine}: --jobs {self.jobs} is {self.times:.2f} times --jobs {self.fewer}"


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured, on which pages, in how many rounds."""

    pages: tuple[BenchPage, ...]
    rounds: int
    ours: tuple[Summary, ...]
    peers: tuple[Summary, ...]
    scaling: tuple[Scaling, ...] = ()
