"""Fixtures for tests of second runs; a module of tests names this one as its plugin."""

from __future__ import annotations

from pathlib import Path

import made_issue as made
import pytest
import told_scans as told

from digitize.model import PageResult


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []

    def read(*args: object) -> PageResult:
        names.append(Path(args[0].path).name)  # type: ignore[attr-defined]
        return told.read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("digitize.pipeline.digitize_page", read)
    return names


@pytest.fixture
def scans(tmp_path: Path, reads: list[str]) -> Path:
    """Three pages in a folder."""
    for number in (1, 2, 3):
        told.scan(tmp_path / "in" / f"{number}.png", told.story(number))
    return tmp_path / "in"


@pytest.fixture
def issue(tmp_path: Path, reads: list[str]) -> Path:
    """Two pages of an issue with a story that goes on on the other."""
    told.scan(tmp_path / "in" / "p1.png", *made.FRONT)
    told.scan(tmp_path / "in" / "p4.png", *made.FOURTH)
    return tmp_path / "in"
