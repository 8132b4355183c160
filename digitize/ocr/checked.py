"""What an engine gives back, checked: engines are other people's code, and so is what they call."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.errors import EngineError
from digitize.image import PageImage
from digitize.model import Glyph, Line
from digitize.ocr.engine import Engine
from digitize.text import encodable

ADVICE = "read the page with another --engine, and tell who makes this one"


def recognized(engine: Engine, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` as ``engine`` reads them.

    Raises EngineError where it gives anything but these lines in their order, each with text that
    can be written as UTF-8 and a confidence from 0 to 1.
    """
    try:
        read: object = engine.recognize(image, lines)
    except UnicodeDecodeError as error:
        raise _wrong(engine, f"read bytes that are no UTF-8 ({error.reason})") from error
    if not isinstance(read, tuple | list):
        raise _wrong(engine, f"gave {type(read).__name__} and no lines")
    if len(read) != len(lines):
        raise _wrong(engine, f"gave {len(read)} of {len(lines)} lines")
    for asked, line in zip(lines, read, strict=True):
        fault = _fault(asked, line)
        if fault:
            raise _wrong(engine, f"gave {fault} for line {asked.id}")
    return tuple(read)


def _wrong(engine: Engine, what: str) -> EngineError:
    return EngineError(f"the engine {engine.name} {what}; {ADVICE}")


def _fault(asked: Line, line: object) -> str:
    """What is wrong with one line, in words."""
    if not isinstance(line, Line):
        return type(line).__name__
    if line.id != asked.id:
        return f"line {line.id!r}"
    if not all(isinstance(glyph, Glyph) for glyph in line.glyphs):
        return "glyphs that are none"
    parts = [(line.text, line.confidence)]
    parts += [(glyph.text, glyph.confidence) for glyph in line.glyphs]
    parts += [other for glyph in line.glyphs for other in glyph.others]
    return next((fault for part in parts if (fault := _unusable(*part))), "")


def _unusable(text: object, confidence: object) -> str:
    if not isinstance(text, str):
        return f"{type(text).__name__} as text"
    if not encodable(text):
        return "text that is no UTF-8"
    if isinstance(confidence, int | float) and 0 <= confidence <= 1:
        return ""
    return f"the confidence {confidence!r}"
