"""An engine that comes to harm on pages of certain widths, in a package of its own.

It is registered as any other package's engine is: its folder, put on PYTHONPATH, has the metadata
that pip would leave. A page whose width is in HARM meets that; every other one is read as TEXT.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pool_work

from digitize.image import PageImage
from digitize.model import Line
from digitize.ocr import EngineSettings

TEXT = "渠水绕村而过。"
MARKS = "FAULTY_ENGINE_MARKS"  # names a folder in which it notes whom it has harmed already


class FaultyEngine:
    """Reads what every line says alike; harms pages by their width."""

    name = "faulty"

    def __init__(self, settings: EngineSettings) -> None:
        del settings

    def version(self) -> str:
        """Its version."""
        return "1.0"

    def languages(self) -> tuple[str, ...]:
        """Whatever is asked for."""
        return ()

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> Any:
        """Read ``lines``, or come to harm."""
        read = tuple(replace(line, text=TEXT, confidence=0.9) for line in lines)
        harm = HARM.get(image.width)
        return harm(read) if harm is not None else read


def _done(task: str) -> Callable[[Any], Any]:
    return lambda read: pool_work.work(task) and read


def _once(read: Any) -> Any:
    """Crash, but not again when the page is tried again."""
    pool_work.work(f"once:{Path(os.environ[MARKS]) / 'crashed'}:segfault")
    return read


def _half_written(read: Any) -> Any:
    """Crash as if in the midst of writing a file."""
    (Path(os.environ[MARKS]) / "out" / ".digitize-0a1b2c3d").write_bytes(b"hal")
    return pool_work.work("segfault")


def _undecodable(read: Any) -> Any:
    return b"\xc7\xfe\xcb".decode("utf-8")


HARM: dict[int, Callable[[Any], Any]] = {
    301: _done("segfault"),
    302: _done("hang"),
    303: _done("native"),
    304: _done("child"),
    305: _done("balloon"),
    306: _once,
    307: _undecodable,
    308: lambda read: tuple(replace(line, text="\udcc7\udcfe") for line in read),
    309: lambda read: read[:-1],
    310: lambda read: tuple(replace(line, confidence=float("nan")) for line in read),
    311: lambda read: tuple(replace(line, text=b"\xe6\xb8\xa0") for line in read),
    312: lambda read: [line.text for line in read],
    313: lambda read: None,
    314: _done("raise"),
    315: _half_written,
}
