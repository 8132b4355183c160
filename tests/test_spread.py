"""Which scans show two pages, where these part, and what each of them gets."""

from __future__ import annotations

from pathlib import Path

import cv2
import made_spread as made
import numpy as np
import pytest
from made_spread import Double, Laid

from digitize.geometry import WritingMode
from digitize.image import PageImage, Pixels
from digitize.model import Half, Source
from digitize.preprocess import gutters
from digitize.preprocess.direction import direction
from digitize.preprocess.glance import glance
from digitize.spreads import Look, Seen, two_pages

SAMPLES = sorted((Path(__file__).parent.parent / "samples/pages").glob("*.[pj][np]g"))
NEAR = 0.02  # of the width that the gutter may be off

LAID = {
    "in a shade": Laid(),
    "with white between": Laid(shade=0),
    "slanted": Laid((-1.0, 1.0)),
    "slanted, white between": Laid((0.8, -0.8), shade=0),
    "slanted as one": Laid((2.0, 2.0)),
    "a part cut off": Laid(cut_off=0.15),
    "faint shade": Laid(shade=25),
}


def spread(left: str = "one", right: str = "bands", laid: Laid = made.AS_SET) -> Double:
    return made.double(made.page(left, 33), made.page(right, 34), laid)


def found(scan: Pixels) -> gutters.Spread | None:
    return gutters.find_spread(PageImage(np.ascontiguousarray(scan)))


@pytest.mark.parametrize("laid", LAID.values(), ids=LAID)
@pytest.mark.parametrize(
    "families", [("one", "bands"), ("boxmid", "modular"), ("vertical", "tiers")]
)
def test_two_pages_are_found(families: tuple[str, str], laid: Laid) -> None:
    double = spread(*families, laid)
    seen = found(double.scan)
    assert seen is not None
    middle = (seen.gutter.top + seen.gutter.bottom) / 2
    assert abs(middle - double.gutter) < NEAR * double.scan.shape[1]
    upright = families[0] == "vertical"
    assert seen.mode is (WritingMode.VERTICAL if upright else WritingMode.HORIZONTAL)


def landscape(family: str, seed: int, down: float = 0.0) -> Pixels:
    """A part of a page that is broader than high, from so far ``down``."""
    page = made.page(family, seed)
    height = int(page.shape[1] / 1.4)
    start = int(down * (len(page) - height))
    return np.asarray(page[start : start + height])


@pytest.mark.parametrize("down", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "family", ["front", "zaozhuang-4col", "zaozhuang-2col", "modular", "briefs", "vertical"]
)
def test_one_broad_page_is_one(family: str, down: float) -> None:
    assert found(landscape(family, 50, down)) is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_one_page_even_if_shape_did_not_tell(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert two_pages(Look(Source(str(sample)), sure=False, mode=None)) is None
    monkeypatch.setattr(gutters, "may_be_spread", lambda width, height: True)
    page = glance(Source(str(sample)))
    assert gutters.find_spread(page) is None
    assert found(np.rot90(page.pixels)) is None


def columns(count: int, gap: int) -> Pixels:
    """A landscape page of that many columns of a story."""
    text = made.page("one", 33)[400:1250, 100:300]
    page = np.full((1000, 1400), made.PAPER, np.uint8)
    wide = (1300 - (count - 1) * gap) // count
    for number in range(count):
        x = 50 + number * (wide + gap)
        page[80:930, x : x + wide] = cv2.resize(text, (wide, 850), interpolation=cv2.INTER_AREA)
    return page


@pytest.mark.parametrize("count", [2, 4, 6])
def test_an_even_number_of_columns_is_one_page_though_folded(count: int) -> None:
    page = columns(count, 24)
    assert found(page) is None
    assert found(made.shaded(page, 700, 80, wide=0.003)) is None  # a crease
    if count > 2:
        assert found(made.shaded(page, 700, 80)) is None


def test_an_advert_in_the_middle_of_even_columns_makes_no_double_page() -> None:
    page = made.framed(columns(6, 30), (500, 350, 900, 650), "家具大展销")
    for levels, wide in ((0, 0.03), (70, 0.003), (60, 0.03)):
        assert found(made.shaded(page, 700, levels, wide)) is None


@pytest.mark.parametrize("shade", [0.0, 90.0])
def test_what_runs_across_makes_it_one_page(shade: float) -> None:
    double = spread(laid=Laid(shade=shade))
    assert found(double.scan) is not None
    x, (height, width) = int(double.gutter), double.scan.shape
    head = made.written(double.scan, x, height // 2, 60, "两岸同庆水渠全线通水")
    line = made.written(double.scan, x, height // 2, 14, "水渠长四十公里从山脚的水库绕过两座小山")
    ruled = double.scan.copy()
    ruled[height // 3 : height // 3 + 2, 100 : width - 100] = 30
    assert [found(scan) for scan in (head, line, ruled)] == [None] * 3


def with_advert() -> tuple[Double, tuple[int, int, int, int]]:
    """Two pages with an advert over both at the foot, more of it on the right; and where it is."""
    high = 1400
    left, right = (made.tall(made.page("briefs", seed), high) for seed in (6, 9))
    double = made.double(left, right, Laid(shade=0))
    x = int(double.gutter)
    box = (x - 300, 1000, x + 500, 1320)
    scan = made.framed(double.scan, box, "春季家具大展销")
    return Double(made.shaded(scan, x, 90), double.gutter), box


def test_an_advert_over_the_fold_stays_whole() -> None:
    double, (x0, y0, x1, y1) = with_advert()
    seen = found(double.scan)
    assert seen is not None
    assert abs(seen.gutter.top - double.gutter) < NEAR * double.scan.shape[1]
    scan = PageImage(double.scan)
    left, right = (gutters.one_page(scan, which) for which in (Half.LEFT_FIRST, Half.RIGHT_SECOND))
    shift, _ = right.to_scan.point((0, 0))
    there = right.pixels[y0:y1, int(x0 - shift) : int(x1 - shift)]
    assert np.array_equal(there, double.scan[y0:y1, x0:x1])
    assert left.pixels[y0:y1, x0:].min() > 100  # nothing of it is left there but the shade
    assert np.array_equal(left.pixels[:900, :600], double.scan[:900, :600])


def test_a_strip_of_adverts_in_the_gutter_stays_whole() -> None:
    left, right = (made.tall(made.page("one", seed), 1350) for seed in (12, 13))
    strip = np.full((1350, 90), made.PAPER, np.uint8)
    for number, char in enumerate("遗失声明身份证一张作废招聘电工两名月薪面议"):
        strip = made.written(strip, 45, 100 + 56 * number, 20, char)
    x = left.shape[1] + 45
    scan = PageImage(made.shaded(np.hstack([left, strip, right]), x, 70))
    seen = gutters.find_spread(scan)
    assert seen is not None
    assert 25 < abs(seen.gutter.top - x) < 110  # beside the strip
    assert 25 < abs(seen.gutter.bottom - x) < 110


def test_each_half_leads_back_to_the_scan() -> None:
    double = spread(laid=Laid(slants=(-1.0, 1.0)))
    scan = PageImage(double.scan)
    halves = [gutters.one_page(scan, which) for which in (Half.LEFT_FIRST, Half.RIGHT_SECOND)]
    assert [one.steps[-1] for one in halves] == ["left page", "right page"]
    for one in halves:
        x, y = (int(v) for v in one.to_scan.point((0, 0)))
        part = scan.pixels[y : y + one.height, x : x + one.width]
        same = one.pixels == part
        assert same.mean() > 0.95
        assert (one.pixels[~same] > 200).all()  # paper, where the other page is
    inked = [np.count_nonzero(one.pixels < 100) for one in halves]
    assert sum(inked) == pytest.approx(np.count_nonzero(scan.pixels < 100), rel=0.001)


def saved(path: Path, pixels: Pixels) -> Source:
    cv2.imwrite(str(path), pixels)
    return Source(str(path))


def test_asked_for_every_broad_scan_is_parted(tmp_path: Path) -> None:
    broad = saved(tmp_path / "broad.png", landscape("modular", 50))
    high = saved(tmp_path / "high.png", made.page("one", 33))
    grey = saved(tmp_path / "grey.png", np.full((300, 500), 128, np.uint8))
    seen = [two_pages(Look(source, sure=True, mode=None)) for source in (broad, high, grey)]
    assert seen[0] is not None
    assert seen[1:] == [None, Seen(WritingMode.HORIZONTAL, clear=False)]
    told = two_pages(Look(broad, sure=True, mode=WritingMode.VERTICAL))
    assert told is not None
    assert told.mode is WritingMode.VERTICAL


def test_a_headline_is_not_cut_where_the_scan_must_be_parted() -> None:
    double = spread(laid=Laid(shade=0))
    x, blank = int(double.gutter), double.scan.copy()
    blank[440:560] = made.PAPER
    head = made.written(blank, x + 60, 500, 60, "两岸同庆水渠全线通水")  # more of it on the right
    assert found(head) is None
    scan = PageImage(made.shaded(head, x, 90))
    left, right = (gutters.one_page(scan, which) for which in (Half.LEFT_FIRST, Half.RIGHT_SECOND))
    rows = np.s_[470:530]
    inked = np.flatnonzero((head[rows] < 100).any(axis=0))
    shift = int(right.to_scan.point((0, 0))[0])
    kept = right.pixels[rows, inked[0] - shift : inked[-1] + 1 - shift]
    headline = scan.pixels[rows, inked[0] : inked[-1] + 1]
    assert np.array_equal(kept[headline < 100], headline[headline < 100])
    assert left.pixels[rows].min() > 100


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (30, 40), (199, 300), (200, 300), (210, 230)])
def test_any_picture_can_be_looked_at(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for pixels in (rng.integers(0, 256, size, np.uint8), np.zeros(size, np.uint8)):
        scan = PageImage(pixels)
        assert gutters.find_spread(scan) is None
        halves = [gutters.one_page(scan, which) for which in (Half.LEFT_FIRST, Half.RIGHT_SECOND)]
        assert all(one.width and one.height for one in halves)


@pytest.mark.parametrize("dpi", [100, 200])
@pytest.mark.parametrize(
    ("family", "mode"),
    [
        ("vertical", WritingMode.VERTICAL),
        ("tiers", WritingMode.VERTICAL),
        ("zaozhuang-4col", WritingMode.HORIZONTAL),
        ("modular", WritingMode.HORIZONTAL),
        ("mixed", WritingMode.HORIZONTAL),
    ],
)
def test_how_lines_run(family: str, mode: WritingMode, dpi: int) -> None:
    assert direction(PageImage(made.page(family, 31, dpi))) is mode


def test_paper_alone_has_no_direction() -> None:
    assert direction(PageImage(np.full((300, 500), 240, np.uint8))) is WritingMode.HORIZONTAL
