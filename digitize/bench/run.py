"""What ``digitize bench`` does, apart from parsing and printing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.bench import tables
from digitize.bench.contenders import PEERS, Digitize, Wishes
from digitize.bench.machine import cores
from digitize.bench.model import BenchPage, Contender, Results, Scaling
from digitize.bench.pages import blanks, gathered
from digitize.bench.rounds import Course, Standing, held, summary
from digitize.errors import ExitCode, NothingUsableError
from digitize.ocr import EngineSettings, make

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``jobs``: each number is measured; none: one process, one a core."""

    inputs: tuple[str, ...]
    references: str | None = None
    engines: tuple[str, ...] = ("rapidocr",)
    languages: tuple[str, ...] = ()
    jobs: tuple[int, ...] = ()
    peers: tuple[str, ...] = ()
    rounds: int = 3
    copies: int = 1
    as_json: bool = False


def run(plan: Plan, show: Say, tell: Say) -> ExitCode:
    """Measure; tables go to ``show``, progress and what is missing to ``tell``.

    SOME_FAILED where a contender failed. Raises MissingEngineError for an engine of ours that is
    not installed; of the others the ones that are missing are told and left out.
    """
    jobs = plan.jobs or tuple(sorted({1, cores()}))
    ours = [Digitize(e, count, plan.languages) for e in plan.engines for count in jobs]
    for one in ours:  # what is missing is told before anything is measured
        make(one.engine, EngineSettings(one.languages))
    wishes = Wishes(max(jobs), plan.languages)
    peers = _there([PEERS[name](wishes) for name in plan.peers], tell)
    pages, found = _measured(plan, [*ours, *peers], max(jobs), tell)
    results = _results(plan, pages, found)
    if not results.ours and not results.peers:
        raise NothingUsableError("nothing could be measured; see the messages above")
    if plan.as_json:
        show(json.dumps(tables.record(results), ensure_ascii=False, indent=1))
    else:
        show(tables.told(results))
    return ExitCode.SOME_FAILED if any(s.fault for s in found) else ExitCode.OK


def _measured(
    plan: Plan, contenders: Sequence[Contender], jobs: int, tell: Say
) -> tuple[tuple[BenchPage, ...], list[Standing]]:
    """The pages, and what every contender took for them. No file stays behind."""
    with tempfile.TemporaryDirectory(prefix="digitize-bench-") as name:
        folder = Path(name)
        pages = gathered(plan.inputs, plan.references, plan.copies, folder / "pages")
        if len(pages) < jobs:
            keep = "does not keep" if len(pages) == 1 else "do not keep"
            few = f"{tables.counted(len(pages))} {keep} {jobs} processes busy"
            tell(f"digitize: {few}; see --copies")
        course = Course(pages, blanks(jobs, folder / "blank"), folder)
        return pages, held(contenders, course, plan.rounds, tell)


def _there(peers: Sequence[Contender], tell: Say) -> list[Contender]:
    """Those that are installed; the others are told, with the command that brings them."""
    for peer in peers:
        if peer.missing():
            tell(f"digitize: {peer.missing()}; left out")
    return [peer for peer in peers if not peer.missing()]


def _results(plan: Plan, pages: tuple[BenchPage, ...], found: Sequence[Standing]) -> Results:
    done = {s.contender: summary(s, len(pages)) for s in found if s.trials}
    ours = {c: one for c, one in done.items() if isinstance(c, Digitize)}
    seconds = {(c.engine, c.jobs): one.seconds for c, one in ours.items()}
    peers = tuple(one for c, one in done.items() if not isinstance(c, Digitize))
    return Results(pages, plan.rounds, tuple(ours.values()), peers, tuple(_scaling(seconds)))


def _scaling(seconds: dict[tuple[str, int], float]) -> Iterator[Scaling]:
    """Every number of processes against the least, engine by engine."""
    for (engine, jobs), own in seconds.items():
        fewer = min(count for name, count in seconds if name == engine)
        if jobs > fewer:
            yield Scaling(engine, jobs, fewer, seconds[engine, fewer] / own)
