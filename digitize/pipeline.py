"""One page, from scan to articles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from digitize import language, layout
from digitize.geometry import Polygon, Projective
from digitize.image import PageImage
from digitize.model import (
    Layout,
    Line,
    Page,
    PageResult,
    PageStatus,
    Provenance,
    Region,
    RegionKind,
    Source,
)
from digitize.ocr import Engine, identity, recognized
from digitize.ocr.dots import without_dots
from digitize.ocr.glyphs import legibility
from digitize.ocr.one_script import in_one_script
from digitize.ocr.pitch import sized
from digitize.ocr.words import settled
from digitize.options import RunOptions
from digitize.paper import mode_of, paper_of
from digitize.preprocess.flatten import preprocess
from digitize.preprocess.gutters import one_page
from digitize.preprocess.load import load
from digitize.reflow import reflow
from digitize.reflow.continuity import Continuity
from digitize.source import hashed
from digitize.text_layer import layered
from digitize.versions import versions


def digitize_page(source: Source, engine: Engine, options: RunOptions) -> PageResult:
    """Read one page. Raises InputError or PageError where that cannot be done.

    A page on which no text was found has the status EMPTY.
    """
    clock = _Clock()
    with clock.stage("load"):
        source = hashed(source)
        scan = load(source)
        seen = one_page(scan, source.half)
    with clock.stage("text layer"):
        layer = layered(source, scan, engine, options.input)
    if layer.page is not None:
        page = _rounded(layer.page)
        steps: tuple[str, ...] = (*seen.steps, layer.step)
    else:
        page, steps = _read((scan, seen), engine, options, clock)
        steps = (*steps, layer.step) if layer.step else steps
    with clock.stage("reflow"):
        made = Provenance(steps=steps, sha256=source.sha256)
        result = put_in_order(source, replace(page, provenance=made), identity(engine), options)
    assert result.page is not None
    seconds = {**clock.seconds, "total": clock.total()}
    timed = replace(result.page, provenance=replace(result.page.provenance, seconds=seconds))
    return replace(result, page=timed, seconds=clock.total())


def _read(
    scans: tuple[PageImage, PageImage], engine: Engine, options: RunOptions, clock: _Clock
) -> tuple[Page, tuple[str, ...]]:
    """All that the engine reads of a page, and what was done to it before.

    ``scans`` are the whole scan and the page on it, which is all of it or one of two.
    """
    scan, seen = scans
    with clock.stage("preprocess"):
        image = preprocess(seen, options.preprocess, legibility)
    with clock.stage("layout"):
        found = layout.analyze(image, options.ocr.threads, mode_of(options.layout))
    with clock.stage("ocr"):
        read = without_dots(recognized(engine, image, found.lines))
        # The script first: a character in doubt takes others along, one that is settled does not.
        lines = sized(settled(in_one_script(read), language.Cohesion()))
    return _page(scan, image, replace(found, lines=lines)), image.steps


def _rounded(page: Page) -> Page:
    """A page from a text layer as JSON holds it; see :func:`_page`."""
    here = Projective.identity()
    return replace(
        page,
        lines=tuple(_on_scan(line, here, 1.0) for line in page.lines),
        regions=tuple(replace(r, polygon=r.polygon.rounded()) for r in page.regions),
        separators=tuple(replace(s, polygon=s.polygon.rounded()) for s in page.separators),
    )


def put_in_order(source: Source, page: Page, engine: str, options: RunOptions) -> PageResult:
    """The result of a page whose lines were read, by ``engine`` (with its version).

    What was read just now and what a JSON file holds come out the same.
    """
    mode = options.reflow.mode
    result = reflow(page, mode, _signal(page, mode), paper_of(options))
    now = versions(engine)
    made = replace(page.provenance, versions=now, options=options.model_dump(mode="json"))
    return PageResult(
        source=source,
        status=PageStatus.OK if result.articles or result.furniture else PageStatus.EMPTY,
        page=replace(result.page, provenance=made),
        articles=result.articles,
        furniture=result.furniture,
        masthead=result.masthead,
        doubts=result.doubts,
    )


def _signal(page: Page, mode: str) -> Continuity | None:
    """The language signal for a page; its tables are loaded only where it is asked."""
    return language.signal([line.text for line in page.lines]) if mode == "full" else None


def _page(scan: PageImage, image: PageImage, found: Layout) -> Page:
    """Everything that was found, in the coordinates of the scan.

    Rounded as JSON rounds it: reflow sees what the file holds, so that a page can be put in order
    anew from there, with the very same result.
    """
    back = image.to_scan
    zoom = back.scale_at((image.width / 2, image.height / 2))
    return Page(
        size=(scan.width, scan.height),
        dpi=scan.dpi,
        flat=back.inverse(),
        lines=tuple(_on_scan(line, back, zoom) for line in found.lines),
        regions=tuple(_placed(region, found, back) for region in found.regions),
        separators=tuple(replace(s, polygon=_outline(s.polygon, back)) for s in found.separators),
    )


def _on_scan(line: Line, back: Projective, zoom: float) -> Line:
    return replace(
        line,
        polygon=_outline(line.polygon, back),
        em=line.em * zoom,
        glyphs=tuple(replace(g, polygon=_outline(g.polygon, back)) for g in line.glyphs),
    )


def _outline(polygon: Polygon, back: Projective) -> Polygon:
    return back.polygon(polygon).rounded()


def _placed(region: Region, found: Layout, back: Projective) -> Region:
    """``region`` on the scan, with the lines inside it."""
    box = region.polygon.box
    inside = tuple(line.id for line in found.lines if box.contains(line.polygon.box.center))
    ids = inside if region.kind in {RegionKind.FRAME, RegionKind.PICTURE} else region.line_ids
    return replace(region, polygon=_outline(region.polygon, back), line_ids=ids)


class _Clock:
    """Seconds per stage."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begin, 3)

    def total(self) -> float:
        return round(time.perf_counter() - self._start, 3)
