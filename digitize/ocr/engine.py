"""What an OCR engine must do: turn outlines of lines on a page into lines with text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from digitize.image import PageImage
from digitize.model import Line


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What a run asks of its engine: the languages and how many threads it may use."""

    languages: tuple[str, ...] = ()
    threads: int = 1


@runtime_checkable
class Engine(Protocol):
    """An OCR engine. It is made once a worker and reads many pages."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    def version(self) -> str:
        """Version of the program or package and of its models, for the provenance."""
        ...

    def languages(self) -> tuple[str, ...]:
        """The languages that are installed."""
        ...

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Read ``lines`` (outlines on ``image``); the same lines with text, glyphs, confidence.

        Lines keep their ids, order and outlines; a line that could not be read has text "".
        Raises EngineError where the engine breaks.
        """
        ...


def identity(engine: Engine) -> str:
    """The engine with its version, as provenance names it."""
    return f"{engine.name} {engine.version()}"
