"""Contenders measured in turn, round after round, so that a busy minute strikes them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from digitize.bench.accuracy import figures
from digitize.bench.model import BenchPage, Contender, Memory, Summary, Trial, Usage
from digitize.bench.process import measured
from digitize.errors import DigitizeError
from digitize.evaluate.figures import Figures

Say = Callable[[str], None]


@dataclass(slots=True)
class Standing:
    """What is known of a contender so far; ``fault`` is why it is out."""

    contender: Contender
    trials: list[Trial] = field(default_factory=list)
    figures: Figures | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What every contender reads: the pages, and the blank ones that show its start."""

    pages: tuple[BenchPage, ...]
    blanks: tuple[BenchPage, ...]
    folder: Path


def held(contenders: Sequence[Contender], course: Course, count: int, tell: Say) -> list[Standing]:
    """Measure all contenders ``count`` times in turn; one that fails is told and left out."""
    result = [Standing(contender) for contender in contenders]
    for number in range(1, count + 1):
        for standing in result:
            if standing.fault:
                continue
            name = standing.contender.name
            try:
                trial = _trial(standing, course)
            except DigitizeError as error:
                standing.fault = str(error)
                tell(f"digitize: {name}: {error}; left out")
                continue
            standing.trials.append(trial)
            tell(f"round {number} of {count}: {name}: {trial.pages.wall:.1f} s")
    return result


def _trial(standing: Standing, course: Course) -> Trial:
    """One round. The texts are looked at once: they are the same every time."""
    contender = standing.contender
    empty = _used(contender, course.blanks, course.folder / "start")
    out = course.folder / "out"
    used = _used(contender, course.pages, out)
    if not standing.trials:
        standing.figures = figures(course.pages, contender.texts(course.pages, out))
    return Trial(empty, used, contender.stages(out))


def _used(contender: Contender, pages: Sequence[BenchPage], out: Path) -> Usage:
    shutil.rmtree(out, ignore_errors=True)
    return measured(contender.call(pages, out))


def summary(standing: Standing, pages: int) -> Summary:
    """The medians of a contender's rounds, of which there is at least one."""
    trials = standing.trials
    start = median(t.blank.wall for t in trials)
    wall = median(t.pages.wall for t in trials)
    cpu = median(t.pages.cpu - t.blank.cpu for t in trials)
    return Summary(
        name=standing.contender.name,
        start=start,
        seconds=median(t.pages.wall - t.blank.wall for t in trials) / pages,
        whole=wall / pages,
        cpu=cpu / pages,
        memory=_memory([t.pages.memory for t in trials]),
        stages=_stages([t.stages for t in trials]),
        figures=standing.figures,
    )


def _memory(found: Sequence[Memory]) -> Memory:
    return Memory(
        median(m.parent for m in found),
        median(m.workers for m in found),
        median(m.programs for m in found),
        median(m.together for m in found),
    )


def _stages(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: median(f[name] for f in found if name in f) for name in found[0]}
