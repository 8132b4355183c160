"""The command line as tests call it: in this process, or as a real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result
from drawn import recorded, story

from digitize import batch, journal
from digitize.batch import pool, serial
from digitize.batch.plan import Finished, Plan, R, T
from digitize.cli import main
from digitize.ocr.replay import VARIABLE

RUN = pool.run


def digitize(*args: str | int | Path) -> Result:
    """Run the command here; an exception that escapes it fails the test."""
    batch.engine_of.cache_clear()  # it remembers the recording of another test
    with one_job_here():
        result = CliRunner().invoke(main, [str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@contextmanager
def one_job_here() -> Iterator[None]:
    """Have a single job read its pages in this process, where tests can put something in its way.

    In truth it is a process of its own, as each of several is.
    """
    with patch.object(pool, "run", _run):
        yield


def _run(tasks: Iterable[T], work: Callable[[T], R], plan: Plan) -> Iterator[Finished[T, R]]:
    return (RUN if plan.workers > 1 else serial.run)(tasks, work, plan)


def process(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "digitize", *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )


def files(folder: Path) -> list[str]:
    """What is in a folder, hidden files too; all but the report of a run and the journal."""
    own = {"report.json", journal.ROOM}
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in own)


def read_json(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_text("utf-8"))
    assert isinstance(data, dict)
    return data


@contextmanager
def story_recording(folder: Path) -> Iterator[Path]:
    """The environment in which the replay engine reads the drawn story."""
    where = recorded(folder / "story.recording.json", story())
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(where)
    try:
        yield where
    finally:
        del os.environ[VARIABLE]
        if before is not None:
            os.environ[VARIABLE] = before
