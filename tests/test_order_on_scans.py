"""Whole pages, printed, worn and scanned, read by the real pipeline: order, paragraphs, text.

One page at least of every layout family, held aside or not, on seeds that nothing is tuned on.
Beside them stands Tesseract's own page order on some of the pages. ``-s`` shows the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tesseract_reader
from PIL import Image
from scoring import Score, mean, score, text_of
from typesetter import FAMILIES, HELD_ASIDE, make_page

from digitize.model import Source
from digitize.ocr import Engine, EngineSettings
from digitize.ocr import make as engine_of
from digitize.options import OcrOptions, RunOptions
from digitize.pipeline import digitize_page

# One process: every page is read once and shared by all tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scans")]

SEED = 300
DPI = {"scan": 150, "worn": 200}  # a worn page in small type cannot be read from fewer
OPTIONS = RunOptions(ocr=OcrOptions(threads=2))


@dataclass(frozen=True)
class Scan:
    """A page that is made, and how worn it is."""

    family: str
    seed: int
    level: str

    def make(self) -> tuple[Image.Image, dict[str, Any]]:
        """The picture and its truth."""
        return make_page(self.family, self.seed, self.level, DPI[self.level])

    def __str__(self) -> str:
        return f"{self.family}-{self.seed}-{self.level}"


def _scans(families: Iterable[str], seeds: Iterable[int]) -> list[Scan]:
    """The families with every seed, scanned and worn in turn."""
    pairs = [(family, seed) for seed in seeds for family in families]
    return [Scan(f, seed, ("scan", "worn")[i % 2]) for i, (f, seed) in enumerate(pairs)]


def _beside(scan: Scan) -> bool:
    return scan.family in BESIDE and scan.seed == SEED


SCANS = {"tuned": _scans(FAMILIES, [SEED]), "held aside": _scans(HELD_ASIDE, [SEED, SEED + 1])}
# Tesseract reads horizontal pages that are little worn best, so most of these are such.
BESIDE = {"zaozhuang-2col", "lshape", "bands", "front", "columns-simple", "modular", "tiers"}
PEER = [scan for scans in SCANS.values() for scan in scans if _beside(scan)]

# A little below what was measured: next, joined, exact; the most CER may be.
FLOORS = {
    "tuned": Score(0.96, 0.85, 0.89, 0.08),
    "held aside": Score(0.94, 0.93, 0.95, 0.06),
}


@cache
def engine() -> Engine:
    """One for all pages, as a batch has it."""
    return engine_of(OPTIONS.ocr.engine, EngineSettings(threads=OPTIONS.ocr.threads))


@cache
def ours(scan: Scan) -> Score:
    """The page as the command line reads it with its usual options."""
    image, true = scan.make()
    with TemporaryDirectory(prefix="digitize-test-") as folder:
        path = Path(folder) / f"{scan}.png"
        image.save(path, dpi=(DPI[scan.level],) * 2)
        return score(true, text_of(digitize_page(Source(str(path)), engine(), OPTIONS).articles))


@cache
def peer(scan: Scan) -> tuple[Score, Score]:
    """What Tesseract reads, and the true lines in its order."""
    image, true = scan.make()
    found = tesseract_reader.words(image, vertical=true["vertical"])
    texts = (tesseract_reader.read(found), tesseract_reader.true_text(found, true))
    own, lines = (score(true, text) for text in texts)
    return own, lines


def row(name: str, *scores: Score) -> str:
    figures = (f"{s.next:7.3f}{s.joined:7.3f}{s.exact:7.3f}" for s in scores[1:])
    ours_ = scores[0]
    mine = f"{ours_.cuts:5}{ours_.next:7.3f}{ours_.joined:7.3f}{ours_.exact:7.3f}{ours_.cer:7.3f}"
    return f"{name:26}{mine}" + "".join(f" |{f}" for f in figures)


def table() -> str:
    """Every page; then the means; then the pages that Tesseract was given, ours beside it."""
    rows = [f"{'':26} cuts   next joined  exact    cer"]
    for scans in SCANS.values():
        rows += [row(str(scan), ours(scan)) for scan in scans]
    rows += [row(name, mean(ours(s) for s in scans)) for name, scans in SCANS.items()]
    rows.append(f"{'':26}{'ours':^33} |{'Tesseract':^21} |{'its order, true text':^21}")
    rows += [row(str(scan), ours(scan), *peer(scan)) for scan in PEER]
    theirs = [mean(figures) for figures in zip(*map(peer, PEER), strict=True)]
    rows.append(row("mean", mean(map(ours, PEER)), *theirs))
    return "\n".join(rows)


@pytest.mark.parametrize("name", SCANS)
def test_the_pages_are_read_as_well_as_they_were(name: str) -> None:
    found, least = mean(map(ours, SCANS[name])), FLOORS[name]
    print(name, found)
    assert found.next >= least.next
    assert found.joined >= least.joined
    assert found.exact >= least.exact
    assert found.cer <= least.cer


def test_better_than_the_order_of_tesseract() -> None:
    """Even where Tesseract is given the true text of every line that it found."""
    we = mean(map(ours, PEER))
    for they in (mean(figures) for figures in zip(*map(peer, PEER), strict=True)):
        assert we.next > they.next
        assert we.joined > they.joined
        assert we.exact > they.exact


def test_tesseract_is_no_straw_man() -> None:
    """In plain columns it finds the order of most paragraphs."""
    (plain,) = [scan for scan in PEER if scan.family == "zaozhuang-2col"]
    _, order = peer(plain)
    assert order.next > 0.5


def test_show() -> None:
    print("\n" + table())
    assert sum(map(len, SCANS.values())) >= 20
    assert len(PEER) >= 6
