"""The scan of a page, found again and made small enough to lie inside a report."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from digitize.errors import InputError, shown
from digitize.geometry import Box
from digitize.image import Pixels
from digitize.model import Source
from digitize.opening import open_file

HEIGHT = 1600  # px: the page is seen as a whole, its body type can just be read
WIDTH = 2400  # px, of strips and spreads
QUALITY = 62  # of the JPEG: about 400 kB a page
REDUCED = 0.8  # above this share of its size the picture serves for close looks as well
STRIPS = 600_000  # characters of base64 for the lines of one page in the scan's own size


@dataclass(frozen=True, slots=True)
class Strip:
    """A line cut out in the scan's own size: a data URI, and where it was, in scan pixels."""

    uri: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A scan reduced, as a data URI; ``size`` is that of the scan itself, (width, height).

    ``strips`` are lines by their id.
    """

    uri: str
    size: tuple[int, int]
    strips: dict[str, Strip] = field(default_factory=dict)


def find(source: Source, page_file: str) -> Source | None:
    """The scan that ``source`` names, where it can still be found.

    The path is tried as it is, then from the folder of ``page_file`` (the page's JSON) and the one
    above it. A file with other content than was read is another scan.
    """
    for path in dict.fromkeys(_places(source.path, page_file)):
        if os.path.isfile(path) and _same(path, source.sha256):
            return replace(source, path=path)
    return None


def _places(path: str, page_file: str) -> Iterator[str]:
    folder = os.path.dirname(os.path.abspath(page_file))
    yield path
    for start in (folder, os.path.dirname(folder)):
        yield os.path.normpath(os.path.join(start, path))
        yield os.path.join(start, os.path.basename(path))


def _same(path: str, sha256: str) -> bool:
    if not sha256:
        return True
    try:
        with open_file(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except (InputError, OSError):
        return False


def picture(source: Source, close: Mapping[str, Box]) -> Picture:
    """The scan as a JPEG of at most 2,400 × 1,600 px; InputError where it cannot be read.

    The boxes ``close`` are cut out in full size as well where the picture is much reduced, the
    first ones first, as long as they do not make the report too large.
    """
    from digitize.preprocess.load import load  # noqa: PLC0415 - heavy; texts need no pictures
    from digitize.typesize import resized  # noqa: PLC0415

    pixels = load(source).pixels
    height, width = pixels.shape[:2]
    factor = min(1.0, HEIGHT / height, WIDTH / width)
    strips: dict[str, Strip] = {}
    room = STRIPS if factor < REDUCED else 0
    for line_id, box in close.items():
        strip = _strip(pixels, box) if room > 0 else None
        if strip is None:
            continue
        room -= len(strip.uri)
        strips[line_id] = strip
    return Picture(_jpeg(resized(pixels, factor), source), (width, height), strips)


def _strip(pixels: Pixels, box: Box) -> Strip | None:
    """The part of the scan in ``box``, in grey; None where there is none."""
    height, width = pixels.shape[:2]
    x0, x1 = (max(0, min(width, round(x))) for x in (box.x0, box.x1))
    y0, y1 = (max(0, min(height, round(y))) for y in (box.y0, box.y1))
    if x0 >= x1 or y0 >= y1:
        return None
    part = pixels[y0:y1, x0:x1]
    grey = part if part.ndim == 2 else part[..., 1]  # green: ink shows as well as in any mixture
    return Strip(_jpeg(grey), x0, y0, x1 - x0, y1 - y0)


def _jpeg(pixels: Pixels, source: Source | None = None) -> str:
    import cv2  # noqa: PLC0415 - heavy

    ordered = pixels[..., ::-1] if pixels.ndim == 3 else pixels
    done, data = cv2.imencode(".jpg", ordered, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        what = shown(source.label) if source else "a line"
        raise InputError(f"{what} cannot be written as JPEG; scan it again")
    return f"data:image/jpeg;base64,{base64.b64encode(data.tobytes()).decode()}"
