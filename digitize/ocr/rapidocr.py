"""PP-OCR's recogniser, run on the weights inside the rapidocr wheel: the default engine.

Lines are scaled to the network's height and read one by one (Du et al. 2020, PP-OCR, describe the
recogniser). Batches would gain nothing on a CPU: their activations do not fit its cache, and what
is read in a line would depend on the padding that its neighbours ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from digitize import weights
from digitize.image import PageImage, Pixels
from digitize.model import Glyph, Line
from digitize.ocr import crops, ctc, flattened, sideways
from digitize.ocr.engine import EngineSettings
from digitize.ocr.upright import Strip, reading_strips, restacked
from digitize.threads import spread

HEIGHT = 48  # px, the network's input
MIN_WIDTH = 48  # px: one glyph; shorter pictures are padded
PADDING = 128  # grey: the middle, as in the network's training
# Lines are narrowed by this: time falls with the width, and the network reads Han characters of
# half their width as well as whole ones, those of 0.6 to 0.85 better (README.md).
NARROW = 0.65
DOUBT = 0.9  # a line read with less confidence is read again as wide as it is, the surer kept
# px: lower lines, of an em of 23 px or less, are enlarged by more than half, and what cubic then
# sharpens is not the strokes but the grain and the pixels between them (README.md).
SMALL = 32
MAX_WIDTH = 2016  # px: about 60 glyphs; longer lines are read in overlapping parts
OVERLAP = 104  # px: three glyphs of a long line are seen by both parts
MIN_CONFIDENCE = 0.35  # below it the reading is texture, not text


@dataclass(frozen=True, slots=True)
class _Job:
    """A picture as the network sees it and the glyph range it answers for."""

    line: int
    pixels: Pixels
    offset: int  # px, as the network sees them, from where its line starts


class RapidOcrEngine:
    """Reads with PP-OCRv6; simplified, traditional and Latin in one model."""

    name = "rapidocr"

    def __init__(self, settings: EngineSettings) -> None:
        self._threads = settings.threads
        weights.session("rec")  # what is missing is told before the first page
        self._alphabet = weights.alphabet()

    def version(self) -> str:
        """Package version and model name."""
        return weights.version()

    def languages(self) -> tuple[str, ...]:
        """One model reads them all."""
        return ("chi_sim", "chi_tra", "eng", "jpn")

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Read ``lines``; see :class:`digitize.ocr.engine.Engine`."""
        gray = image.gray
        read = self._read_twice(lines, reading_strips(gray, lines))
        self._read_flattened(gray, lines, read)
        doubtful = [i for i, line in enumerate(read) if sideways.doubtful(line)]
        again = [lines[i] for i in doubtful]
        strips = [crops.turned(crops.cut(gray, line)) for line in again]
        # Latin words at most, whose letters are narrow already.
        for i, line in zip(doubtful, self._read_strips(again, strips, 1.0), strict=True):
            read[i] = sideways.merged(read[i], line)
        return tuple(read)

    def _read_twice(self, lines: Sequence[Line], strips: Sequence[Strip]) -> list[Line]:
        """The lines read narrowed, those in doubt at their own width as well."""
        read = self._read_strips(lines, strips, NARROW)
        doubtful = [i for i, line in enumerate(read) if line.confidence < DOUBT]
        again = self._read_strips([lines[i] for i in doubtful], [strips[i] for i in doubtful], 1.0)
        for i, line in zip(doubtful, again, strict=True):
            read[i] = max(read[i], line, key=lambda one: one.confidence)
        return read

    def _read_flattened(self, gray: Pixels, lines: Sequence[Line], read: list[Line]) -> None:
        """Put what is read of stretched lines in place of what was read of them as they are."""
        flat = [i for i, line in enumerate(read) if flattened.suspected(line)]
        again = [lines[i] for i in flat]
        cuts = [(crops.cut(gray, line), line.em) for line in again]
        for factor in flattened.FACTORS:
            strips = restacked([(flattened.stretched(cut, factor), em) for cut, em in cuts])
            for i, line in zip(flat, self._read_strips(again, strips, NARROW), strict=True):
                read[i] = flattened.better(read[i], line)

    def _read_strips(
        self, lines: Sequence[Line], strips: Sequence[Strip], narrow: float
    ) -> list[Line]:
        jobs = [job for i, strip in enumerate(strips) for job in _jobs(i, strip.pixels, narrow)]
        parts: dict[int, list[tuple[_Job, list[ctc.Decoded]]]] = {}
        for job, decoded in zip(jobs, spread(self._read, jobs, self._threads), strict=True):
            parts.setdefault(job.line, []).append((job, decoded))
        return [
            _filled(line, strip, _stitched(parts.get(i, [])), narrow)
            for i, (line, strip) in enumerate(zip(lines, strips, strict=True))
        ]

    def _read(self, job: _Job) -> list[ctc.Decoded]:
        missing = max(0, MIN_WIDTH - job.pixels.shape[1])
        padded = np.pad(job.pixels, ((0, 0), (0, missing)), constant_values=PADDING)
        width = padded.shape[1]
        decoded = ctc.decode(weights.run("rec", padded), self._alphabet)
        return [replace(d, center=d.center * width) for d in decoded]


def _jobs(index: int, whole: Pixels, narrow: float) -> Iterator[_Job]:
    """The pictures to read for one line: one, or several overlapping ones if it is long."""
    height, width = whole.shape
    scaled = max(1, round(width * narrow * HEIGHT / height))
    how = _interpolation(height)
    pixels = np.asarray(cv2.resize(whole, (scaled, HEIGHT), interpolation=how), np.uint8)
    if scaled <= MAX_WIDTH:
        yield _Job(index, pixels, 0)
        return
    count = -(-(scaled - OVERLAP) // (MAX_WIDTH - OVERLAP))
    step = -(-(scaled - OVERLAP) // count)
    for i in range(count):
        start = i * step
        yield _Job(index, pixels[:, start : start + step + OVERLAP], start)


def _interpolation(height: int) -> int:
    """How a line of that height (px) is scaled to the network's."""
    if height > HEIGHT:
        return cv2.INTER_AREA
    return cv2.INTER_LINEAR if height < SMALL else cv2.INTER_CUBIC


def _stitched(parts: list[tuple[_Job, list[ctc.Decoded]]]) -> list[ctc.Decoded]:
    """The characters of a line from its parts; each part answers up to mid-overlap."""
    parts = sorted(parts, key=lambda part: part[0].offset)
    result = []
    for i, (job, decoded) in enumerate(parts):
        start = job.offset + OVERLAP / 2 if i else 0.0
        end = parts[i + 1][0].offset + OVERLAP / 2 if i + 1 < len(parts) else float("inf")
        placed = [replace(d, center=d.center + job.offset) for d in decoded]
        result += [d for d in placed if start <= d.center < end]
    return result


def _filled(line: Line, strip: Strip, decoded: list[ctc.Decoded], narrow: float) -> Line:
    """``line`` with its text, its glyphs and their mean confidence; ``strip`` was narrowed."""
    height, width = strip.pixels.shape
    scale = height / HEIGHT / narrow
    if not decoded:
        return replace(line, text="", confidence=0.0)
    confidence = sum(d.confidence for d in decoded) / len(decoded)
    if confidence < MIN_CONFIDENCE:
        return replace(line, text="", confidence=confidence)
    centers = [d.center * scale for d in decoded]
    spans = ctc.extents(centers, width, line.em)
    glyphs = tuple(
        Glyph(d.text, strip.outline(a, b), round(d.confidence, 4), d.others)
        for d, (a, b) in zip(decoded, spans, strict=True)
    )
    text = "".join(d.text for d in decoded)
    return replace(line, text=text, confidence=round(confidence, 4), glyphs=glyphs)
