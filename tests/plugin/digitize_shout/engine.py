"""An engine that counts lines instead of reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize import EngineSettings, Line
from digitize.image import PageImage


class CountingEngine:
    """Gives every line its number as text."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """The name on the command line."""
        return "counting"

    def version(self) -> str:
        """Stands in the provenance of every page."""
        return "1.0"

    def languages(self) -> tuple[str, ...]:
        """None in particular."""
        return ()

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Number the lines; a real engine would look at ``image``."""
        del image
        return tuple(
            replace(line, text=f"第{number}行。", confidence=1.0)
            for number, line in enumerate(lines, 1)
        )
