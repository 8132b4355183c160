"""Pages read on other machines: what must be there as it is here, and how that is made sure."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from digitize import remote
from digitize.batch.cluster import Cluster
from digitize.batch.job import Job, Outcome
from digitize.batch.pages import Way
from digitize.batch.plan import Finished, Plan, nothing
from digitize.batch.work import warm_up
from digitize.errors import ClusterError, UsageError, shown
from digitize.ocr import EngineSettings, told
from digitize.options import BatchOptions, OcrOptions
from digitize.storage import store_at
from digitize.versions import versions

MARK = ".digitize/cluster"  # in OUT: what it holds is known to the machines that share its disk
SHARE = "let all machines share the disk, or name inputs and OUT by URLs such as s3://"
_WITHIN = "memory://"  # a store that is in a process, and in every process another


@dataclass(frozen=True, slots=True)
class Ready:
    """What a process on another machine makes sure of before its first page.

    ``made_with`` are the versions that engine by engine have a part in a page. ``folder`` is where
    relative paths begin, "" where there are none; OUT on a disk is ``out``, with ``mark`` in it.
    """

    engines: tuple[OcrOptions, ...]
    made_with: tuple[Mapping[str, str], ...]
    folder: str = ""
    out: str = ""
    mark: str = ""

    def __call__(self) -> None:
        """Get ready; ClusterError or MissingEngineError where this is no place for the run."""
        if self.folder:
            try:
                os.chdir(self.folder)
            except OSError as error:
                raise ClusterError(f"there is no folder {shown(self.folder)}; {SHARE}") from error
        if self.out and store_at(self.out).read(MARK) != self.mark.encode():
            raise ClusterError(f"{shown(self.out)} is another folder there; {SHARE}")
        warm_up(self.engines)
        for options, wanted in zip(self.engines, self.made_with, strict=True):
            _compare(_made_with(options), wanted)


def _made_with(options: OcrOptions) -> dict[str, str]:
    return versions(told(options.engine, EngineSettings(options.languages)))


def _compare(have: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for name in sorted(have.keys() | wanted.keys()):
        if have.get(name) != wanted.get(name):
            there, here = have.get(name, "missing"), wanted.get(name, "missing")
            raise ClusterError(f"{name} is {there} there and {here} here; install the same")


@dataclass(frozen=True, slots=True)
class Away:
    """Has jobs done by a cluster, as :func:`digitize.batch.pool.run` has them done here.

    ``out`` is OUT where that is a folder on a disk, else "".
    """

    cluster: Cluster
    engines: tuple[OcrOptions, ...]
    folder: str
    out: str

    def __call__(
        self, tasks: Iterable[Job], work: Callable[[Job], Outcome], plan: Plan
    ) -> Iterator[Finished[Job, Outcome]]:
        """Do all ``tasks``; what the machines lack is told before a page is read there."""
        made_with = tuple(_made_with(one) for one in self.engines)
        with _marked(self.out) as mark:
            ready = Ready(self.engines, made_with, self.folder, self.out, mark)
            yield from self.cluster(tasks, work, replace(plan, warm=ready))


def by_cluster(
    options: BatchOptions,
    engines: Iterable[OcrOptions],
    places: tuple[Iterable[str], str | None],
    tell: Callable[[str], None],
) -> Way:
    """How to read by a cluster. ``places`` are the inputs, and OUT (None: stdout).

    UsageError where these cannot be reached from another machine.
    """
    inputs, out = places
    named = [*inputs, *([out] if out is not None else [])]
    within = next((one for one in named if one.startswith(_WITHIN)), None)
    if within is not None:
        raise UsageError(f"{shown(within)} is in this process alone; name another with --cluster")
    on_disk = any(not remote.is_url(one) for one in named)
    here = out if out is not None and not remote.is_url(out) else ""
    cluster = Cluster(options.cluster, tell)
    runner = Away(cluster, tuple(engines), os.getcwd() if on_disk else "", here)
    limits = (options.timeout, options.memory, options.pages_per_worker)
    return Way(runner, Plan(0, nothing, *limits), options.retries)


@contextmanager
def _marked(out: str) -> Iterator[str]:
    """A mark in ``out`` meanwhile, by which other machines know it; "" where there is no need."""
    if not out:
        yield ""
        return
    store, mark = store_at(out), uuid.uuid4().hex
    store.write(MARK, mark.encode())
    try:
        yield mark
    finally:
        store.remove(MARK, hashlib.sha256(mark.encode()).hexdigest())
