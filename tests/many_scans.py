"""Hundreds of small scans, and runs over them as real processes, which tests put in trouble."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import made_issue as made
from drawn import Drawn, sheet
from made_issue import head, text
from PIL import Image

from digitize import atomic, journal
from digitize.ocr.replay import VARIABLE

ROWS = (
    [*head(made.CANAL)[1:2], *text(made.CANAL_CUT, end="（下转第四版）")],
    ["（上接第一版）", *text(made.CANAL_REST, False), *text(made.CANAL_LAST)],
)


def white(folder: Path, count: int) -> None:
    """Scans without text, each another file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        Image.new("L", (60 + number, 40), 255).save(folder / f"w{number:03d}.png")


def issues(folder: Path, count: int) -> Path:
    """Pages 1 and 4 of as many issues, a story going on from one to the other; their recording."""
    pages = [_drawn(rows, top) for rows, top in zip(ROWS, (60, 300), strict=True)]
    for number in range(count):
        day = folder / f"1980-05-{number + 1:02d}"
        day.mkdir(parents=True)
        for name, page in zip(("p1", "p4"), pages, strict=True):
            page.image.save(day / f"{name}.png")
    lines = [line for page in pages for line in json.loads(page.recording())["lines"]]
    recording = folder.parent / "recording.json"
    recording.write_text(json.dumps({"lines": lines}), "utf-8")
    return recording


def _drawn(rows: list[str], top: int) -> Drawn:
    """The rows from ``top`` on: pages that share no height can share a recording."""
    canvas = sheet(640, 540)
    canvas.text(40, top, rows)
    return canvas


def started(recording: Path, *args: str | Path) -> subprocess.Popen[str]:
    """``digitize run`` as a process of its own, with the replay engine."""
    return subprocess.Popen(
        [sys.executable, "-m", "digitize", "run", *args, "--engine", "replay", "-q"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, VARIABLE: str(recording)},
    )


def finished(recording: Path, *args: str | Path) -> tuple[int, str]:
    """The exit code of such a run, and what it told."""
    process = started(recording, *args)
    _, told = process.communicate(timeout=300)
    return process.returncode, told


def results(out: Path) -> dict[str, bytes]:
    """The files of all pages."""
    found = (path for path in out.rglob("*") if path.is_file() and journal.ROOM not in path.parts)
    return {str(p.relative_to(out)): p.read_bytes() for p in found if p.name != "report.json"}


def remains(out: Path) -> list[str]:
    """Files that somebody was killed over."""
    return [path.name for path in out.rglob("*") if atomic.is_temporary(path.name)]
