"""The engine that reads nothing: for layout alone, and to measure what the rest costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.image import PageImage
from digitize.model import Line
from digitize.ocr.engine import EngineSettings


class NullEngine:
    """Gives every line back without text."""

    name = "null"

    def __init__(self, settings: EngineSettings) -> None:
        del settings  # no language and no thread is needed

    def version(self) -> str:
        """There is nothing to have a version."""
        return "-"

    def languages(self) -> tuple[str, ...]:
        """None."""
        return ()

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines with empty text and no confidence."""
        del image
        return tuple(replace(line, text="", confidence=0.0) for line in lines)
