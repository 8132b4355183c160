"""Fixtures that several test modules share."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import story_recording
from drawn import story


@pytest.fixture
def replay_story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let the replay engine read the drawn story."""
    with story_recording(tmp_path_factory.mktemp("recorded")) as where:
        yield where


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The drawn story as a file, alone in its folder."""
    path = tmp_path / "page.png"
    story().image.save(path)
    return path


def pytest_configure() -> None:
    """Let SIGINT in, here and in what tests start: a shell's background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let a test that measures time have the machine to itself, whatever ``-n`` says."""
    with _turn(_shared_folder(item.config), alone=item.get_closest_marker("alone") is not None):
        return (yield)


def _shared_folder(config: pytest.Config) -> Path:
    """A folder that all processes of one test run have in common."""
    base = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return Path(base).parent if "PYTEST_XDIST_WORKER" in os.environ else Path(base)


@contextmanager
def _turn(folder: Path, alone: bool) -> Iterator[None]:
    """Hold the run's lock: together with other tests, or alone.

    The gate is shut while a test waits to be alone, so that later ones do not keep it waiting.
    """
    with (folder / "gate.lock").open("wb") as gate, (folder / "turn.lock").open("wb") as turn:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(turn, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first; with ``-n``, those of a module in one process.

    Slow tests come in the groups that their modules name, long ones first, or one by one.
    """
    items.sort(key=_turn_of)
    for item in items:
        if not (item.get_closest_marker("slow") or item.get_closest_marker("xdist_group")):
            item.add_marker(pytest.mark.xdist_group(Path(item.path).stem))


def _turn_of(item: pytest.Item) -> int:
    """0 for quick tests, 1 for slow ones that share what they have read, 2 for other slow ones."""
    if not item.get_closest_marker("slow"):
        return 0
    return 1 if item.get_closest_marker("xdist_group") else 2
