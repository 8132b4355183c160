"""Layout of one flattened page: type size, lines of text, rules, pictures, frames."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from digitize import typesize
from digitize.geometry import Box, WritingMode
from digitize.image import PageImage, Pixels
from digitize.layout import (
    conflicts,
    detect,
    gutters,
    lines,
    pictures,
    ruled,
    scene_text,
    separators,
    shade,
)
from digitize.model import Layout, Line, Region, RegionKind, Separator

HUGE = 6.0  # em: no line of type in a picture is thicker
IN_PICTURE = 0.25  # of a huge line that is shaded: it may reach out over the text beside it


@dataclass(frozen=True)
class _Found:
    """The small picture, its rules and shaded areas."""

    small: Pixels
    rules: separators.Rules
    shaded: shade.Shaded


def analyze(image: PageImage, threads: int = 1, mode: WritingMode | None = None) -> Layout:
    """Find everything on ``image``; a page without type gives an empty layout.

    ``threads`` is for the detector, ``mode`` the direction of the page's lines where that is known
    beforehand. Raises MissingEngineError where its model is not installed.
    """
    gray = image.gray
    em = typesize.body_em(gray)
    if em == 0:
        return Layout()
    factor = detect.DETECT_EM / em
    small = typesize.resized(gray, factor)

    def look(part: Pixels) -> list[detect.Found]:
        return detect.rectangles(detect.text_map(part, threads))

    found = conflicts.settled(small, look(small), detect.DETECT_EM, look)
    thin = typesize.ink(small) | separators.thin_ink(small, detect.DETECT_EM)
    rules = separators.find_rules(thin, detect.DETECT_EM, [f.box for f in found])
    shaded = shade.find_shaded(small, detect.DETECT_EM)
    text = lines.find_lines(
        found, factor, _type_ink(gray, rules.ink), mode, _full_size(rules, factor)
    )
    text = tuple(line for line in text if not _of_picture(line, shaded.boxes, factor))
    return _layout(_Found(small, rules, shaded), text, em, gray)


def surroundings(image: PageImage, lines: Sequence[Line], printed: bool = False) -> Layout:
    """What stands around lines that are known: rules, pictures and frames; the lines stay.

    No network is asked. A page without lines that have a size gives an empty layout.
    ``printed``: none of the lines is scene text.
    """
    found = _around(image, lines)
    if found is None:
        return Layout(lines=tuple(lines))
    return _layout(found, tuple(lines), _em(lines), None if printed else image.gray)


def divided(image: PageImage, lines: Sequence[Line]) -> list[Line]:
    """Lines that are known, those that run over a gutter in parts that bear their ids."""
    found = _around(image, lines)
    if found is None:
        return list(lines)
    mask = _type_ink(image.gray, found.rules.ink)
    across, down = _full_size(found.rules, detect.DETECT_EM / _em(lines))
    return gutters.split(ruled.parted(lines, across, down, mask), mask)


def _around(image: PageImage, lines: Sequence[Line]) -> _Found | None:
    em = _em(lines)
    if em == 0:
        return None
    small = typesize.resized(image.gray, detect.DETECT_EM / em)
    boxes = [line.polygon.box.scaled(detect.DETECT_EM / em) for line in lines]
    thin = typesize.ink(small) | separators.thin_ink(small, detect.DETECT_EM)
    rules = separators.find_rules(thin, detect.DETECT_EM, boxes)
    return _Found(small, rules, shade.find_shaded(small, detect.DETECT_EM))


def _em(lines: Sequence[Line]) -> float:
    """The size of the body type; 0 where no line has a size."""
    return statistics.median([line.em for line in lines if line.em > 0] or [0.0])


def _of_picture(line: Line, shaded: Sequence[Box], factor: float) -> bool:
    """Whether the detector took a part of a picture for a line of huge type."""
    box = line.polygon.box.scaled(factor)
    if min(box.width, box.height) < HUGE * detect.DETECT_EM:
        return False
    return sum(box.intersection(area) for area in shaded) > IN_PICTURE * box.area


def _type_ink(gray: Pixels, rules: Pixels) -> Pixels:
    """The page's ink without its rules: a column rule must not widen the lines beside it."""
    # Pale small type is found by the local threshold, the inside of heavy type by the global one.
    mask = typesize.ink(gray) | typesize.local_ink(gray)
    size = (gray.shape[1], gray.shape[0])
    wide = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    mask[cv2.resize(wide, size, interpolation=cv2.INTER_NEAREST) > 0] = 0
    return mask


def _layout(found: _Found, text: tuple[Line, ...], em: float, gray: Pixels | None) -> Layout:
    """Pictures and frames are found on the small picture: they are larger than type.

    ``gray`` is the page itself where scene text is to be looked for on it.
    """
    factor = detect.DETECT_EM / em
    scene = [] if gray is None else _scene_text(found, text, gray)
    ids = {i for region in scene for i in region.line_ids}
    boxes = [line.polygon.box.scaled(factor) for line in text if line.id not in ids]
    tints = [area for area in found.shaded.boxes if shade.tinted(area, boxes, detect.DETECT_EM)]
    rules = [*found.rules.across, *found.rules.down]
    inked = pictures.find_pictures(typesize.ink(found.small), detect.DETECT_EM, boxes, rules)
    photos = pictures.merged([*(a for a in found.shaded.boxes if a not in tints), *inked])
    across, down = (
        separators.outside(r, photos, detect.DETECT_EM) for r in _uncreased(found, text, factor)
    )
    frames = pictures.find_frames(across, down, detect.DETECT_EM)
    frames += [t for t in tints if not any(f.contains(t.center) for f in frames)]
    return Layout(
        lines=text,
        separators=(*_rules(across, factor, False), *_rules(down, factor, True)),
        regions=(
            *_regions(photos, factor, RegionKind.PICTURE),
            *_regions(frames, factor, RegionKind.FRAME),
            *scene,
        ),
        em=em,
    )


def _scene_text(found: _Found, text: tuple[Line, ...], gray: Pixels) -> list[Region]:
    """A region for each line that stands in a photograph."""
    small = scene_text.Small(found.small, detect.DETECT_EM, found.shaded)
    ids = scene_text.find(gray, small, text)
    kind = RegionKind.SCENE_TEXT
    return [
        Region(f"{kind.value}{i}", kind, line.polygon, line.writing_mode, (line.id,))
        for i, line in enumerate((line for line in text if line.id in ids), 1)
    ]


def _uncreased(found: _Found, text: Sequence[Line], factor: float) -> tuple[list[Box], list[Box]]:
    """The rules across and down the small picture, without creases that lines run through."""
    across, down = _full_size(found.rules, factor)
    across, down = ruled.uncreased(across, text, False), ruled.uncreased(down, text, True)
    return [box.scaled(factor) for box in across], [box.scaled(factor) for box in down]


def _full_size(rules: separators.Rules, factor: float) -> tuple[list[Box], list[Box]]:
    """The rules across and down the page in its own coordinates."""
    across = [box.scaled(1 / factor) for box in rules.across]
    return across, [box.scaled(1 / factor) for box in rules.down]


def _rules(boxes: Iterable[Box], factor: float, vertical: bool) -> list[Separator]:
    return [Separator(box.scaled(1 / factor).polygon(), vertical) for box in boxes]


def _regions(boxes: Iterable[Box], factor: float, kind: RegionKind) -> list[Region]:
    return [
        Region(f"{kind.value}{i}", kind, box.scaled(1 / factor).polygon())
        for i, box in enumerate(boxes, 1)
    ]
