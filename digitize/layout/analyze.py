"""Layout of one flattened page: type size, lines of text, rules, pictures, frames."""

from __future__ import annotations

from collections.abc import Iterable

from digitize import typesize
from digitize.geometry import Box
from digitize.image import PageImage, Pixels
from digitize.layout import detect, lines, pictures, separators
from digitize.model import Layout, Line, Region, RegionKind, Separator


def analyze(image: PageImage, threads: int = 1) -> Layout:
    """Find everything on ``image``; a page without type gives an empty layout.

    ``threads`` is for the detector. Raises MissingEngineError where its model is not installed.
    """
    gray = image.gray
    mask = typesize.ink(gray)
    em = typesize.body_em(gray)
    if em == 0:
        return Layout()
    factor = detect.DETECT_EM / em
    small = typesize.resized(gray, factor)
    text = lines.find_lines(detect.rectangles(detect.text_map(small, threads)), factor, mask)
    return _with_rules(text, small, factor, em)


def _with_rules(text: tuple[Line, ...], small: Pixels, factor: float, em: float) -> Layout:
    """Rules, pictures and frames are found on the ``small`` picture: they are larger than type."""
    boxes = [_scaled(line.polygon.box, factor) for line in text]
    mask = typesize.ink(small) | separators.thin_ink(small, detect.DETECT_EM)
    across, down = separators.find_rules(mask, detect.DETECT_EM, boxes)
    photos = pictures.find_pictures(typesize.ink(small), detect.DETECT_EM, boxes, [*across, *down])
    across, down = (separators.outside(rules, photos) for rules in (across, down))
    frames = pictures.find_frames(across, down, detect.DETECT_EM)
    return Layout(
        lines=text,
        separators=(*_rules(across, factor, False), *_rules(down, factor, True)),
        regions=(
            *_regions(photos, factor, RegionKind.PICTURE),
            *_regions(frames, factor, RegionKind.FRAME),
        ),
        em=em,
    )


def _scaled(box: Box, factor: float) -> Box:
    return Box(box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor)


def _rules(boxes: Iterable[Box], factor: float, vertical: bool) -> list[Separator]:
    return [Separator(_scaled(box, 1 / factor).polygon(), vertical) for box in boxes]


def _regions(boxes: Iterable[Box], factor: float, kind: RegionKind) -> list[Region]:
    return [
        Region(f"{kind.value}{i}", kind, _scaled(box, 1 / factor).polygon())
        for i, box in enumerate(boxes, 1)
    ]
