"""Fixtures that several test modules share."""

from __future__ import annotations

from collections.abc import Iterator
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
