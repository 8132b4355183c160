"""The engine that repeats what another has read: recorded results, for fast tests.

A recording is a JSON file ``{"lines": [{"box": [x0, y0, x1, y1], "text": …, "confidence": …}]}``
in the coordinates of the scan. ``DIGITIZE_REPLAY`` names it, or a folder that holds one for every
page by the hash of its pixels (see :func:`fingerprint`).
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from digitize.errors import EngineError, MissingEngineError
from digitize.geometry import Box
from digitize.image import PageImage
from digitize.model import Line
from digitize.ocr.engine import EngineSettings

VARIABLE = "DIGITIZE_REPLAY"
MIN_OVERLAP = 0.5  # of the smaller box: a recorded line is that line


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line of a recording."""

    box: Box
    text: str
    confidence: float


class ReplayEngine:
    """Reads from recordings; every line takes the recorded text that lies over it most."""

    name = "replay"

    def __init__(self, settings: EngineSettings, where: Path | None = None) -> None:
        del settings
        named = where or (Path(os.environ[VARIABLE]) if VARIABLE in os.environ else None)
        if named is None or not named.exists():
            raise MissingEngineError(
                f"engine replay needs recorded results: set {VARIABLE} to a JSON file or a folder"
            )
        self._where = named

    def version(self) -> str:
        """Where it reads from."""
        return self._where.name

    def languages(self) -> tuple[str, ...]:
        """Whatever was recorded."""
        return ()

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Fill in ``lines``; EngineError where there is no recording of this page."""
        recorded = _read(self._file(image))
        return tuple(_filled(line, recorded, image) for line in lines)

    def _file(self, image: PageImage) -> Path:
        if self._where.is_file():
            return self._where
        return self._where / f"{fingerprint(image)}.json"


def fingerprint(image: PageImage) -> str:
    """A short name for the pixels of a page, by which its recording is found."""
    return hashlib.sha256(image.pixels.tobytes()).hexdigest()[:16]


def _read(file: Path) -> list[Recorded]:
    try:
        data = json.loads(file.read_text("utf-8"))
        return [_recorded(row) for row in data["lines"]]
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise EngineError(f"no usable recording at {file}: {error}") from error


def _recorded(row: Any) -> Recorded:
    box = Box(*map(float, row["box"]))
    if not all(map(math.isfinite, (box.x0, box.y0, box.x1, box.y1))):
        raise ValueError("a box lies nowhere")
    return Recorded(box, row["text"], row["confidence"])


def record(lines: Sequence[Line]) -> str:
    """The recording of ``lines`` (in scan coordinates) as JSON text."""
    rows = [
        {
            "box": [round(v, 1) for v in (b.x0, b.y0, b.x1, b.y1)],
            "text": line.text,
            "confidence": line.confidence,
        }
        for line in lines
        for b in [line.polygon.box]
    ]
    return json.dumps({"lines": rows}, ensure_ascii=False, indent=0) + "\n"


def _filled(line: Line, recorded: Sequence[Recorded], image: PageImage) -> Line:
    box = image.to_scan.polygon(line.polygon).box
    best = max(recorded, key=lambda r: r.box.intersection(box), default=None)
    if best is None or best.box.intersection(box) < MIN_OVERLAP * min(best.box.area, box.area):
        return replace(line, text="", confidence=0.0)
    return replace(line, text=best.text, confidence=best.confidence)
