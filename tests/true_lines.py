"""Pages as a reader without any error would find them: the typesetter's own lines and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typesetter import set_truth

from digitize.geometry import Box, WritingMode
from digitize.model import Line, Page, Region, RegionKind, Separator

DPI = 200
FRAME_LINE = 3.0  # px of a drawn frame's sides


def set_page(family: str, seed: int) -> dict[str, Any]:
    """The truth of a page of any family, held aside or not: its lines stand where they were set."""
    return set_truth(family, seed, DPI)


def page_of(true: dict[str, Any]) -> Page:
    """All that is on the page, nothing read wrong and nothing overlooked."""
    width, height = true["size"]
    frames = [Box(*box) for box in true["boxes"]]
    rules = [rule(Box(*box)) for box in true["rules"]]
    pictures = [Box(*box) for box in true["pictures"]]
    return Page(
        size=(width, height),
        dpi=true["dpi"],
        lines=tuple(_line(i, line) for i, line in enumerate(true["lines"])),
        separators=(*rules, *(side for frame in frames for side in sides(frame))),
        regions=(*regions(RegionKind.PICTURE, pictures), *regions(RegionKind.FRAME, frames)),
    )


def _line(number: int, line: dict[str, Any]) -> Line:
    mode = WritingMode.VERTICAL if line["vertical"] else WritingMode.HORIZONTAL
    outline = Box(*line["box"]).polygon()
    return Line(f"l{number:04d}", outline, line["text"], 0.99, line["size_px"], mode)


def rule(box: Box) -> Separator:
    """A printed rule."""
    return Separator(box.polygon(), vertical=box.height > box.width)


def sides(frame: Box) -> list[Separator]:
    """The four rules of a drawn frame."""
    x0, y0, x1, y1 = frame.x0, frame.y0, frame.x1, frame.y1
    boxes = [
        Box(x0, y0, x1, y0 + FRAME_LINE),
        Box(x0, y1 - FRAME_LINE, x1, y1),
        Box(x0, y0, x0 + FRAME_LINE, y1),
        Box(x1 - FRAME_LINE, y0, x1, y1),
    ]
    return [rule(box) for box in boxes]


def regions(kind: RegionKind, boxes: Sequence[Box]) -> tuple[Region, ...]:
    """Areas of one kind."""
    return tuple(Region(f"{kind.value}{i}", kind, box.polygon()) for i, box in enumerate(boxes))
