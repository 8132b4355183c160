"""Random pages for hypothesis; a page moved, scaled, turned, its lines in another order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from digitize.geometry import Box, WritingMode, from_canonical
from digitize.model import Line, Page, Region, RegionKind, Separator

# Nothing in these reads like furniture, a byline or a caption.
CHARS = "山河春秋日月星辰花木禾苗晴雨云风雷电城乡桥路学堂，。、“”（）《》"
STRANGE = CHARS + "记者图摄编辑版年１２3A% "
# Each of these does, or turns to another page.
PHRASES = (
    "（下转第四版）",
    "（上接第一版）",
    "（紧接第A2版）",
    "下转2版",
    "本报记者　何志远",
    "（记者 何志远）",
    "责任编辑：李华",
    "2024年2月6日 星期二",
    "第四版",
    "新华社电",
    "图为城乡桥路。何志远摄",
    "0.04",
    "made in",
    "——",
)
EM = 30.0
WIDE, HIGH = 80, 60  # em of a page


@st.composite
def columns(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> Page:
    """A page of columns of lines in body and head sizes, with pictures and rules anywhere."""
    width = draw(st.integers(6, 14))
    texts = st.text(CHARS, min_size=1, max_size=width) if texts is None else texts
    lines: list[Line] = []
    for column in range(draw(st.integers(1, 5))):
        x, y = column * (width + draw(st.sampled_from([1, 2, 4]))) * EM, 0.0
        for _ in range(draw(st.integers(1, 12))):
            size = draw(st.sampled_from([1.0, 1.0, 1.0, 1.0, 0.8, 1.3, 2.0])) * EM
            text = draw(texts)
            left = x + draw(st.sampled_from([0.0, 0.0, 2.0])) * EM
            outline = Box(left, y, left + len(text) * size, y + size).polygon()
            lines.append(Line(f"l{len(lines)}", outline, text, 0.9, size))
            y += size + draw(st.sampled_from([0.5, 0.5, 0.5, 3.0])) * EM
    return _with_shapes(lines, draw(_shapes("PAD")))


def strange() -> st.SearchStrategy[Page]:
    """Columns with words that mean something to reflow, in every place where they make no sense."""
    return columns(st.text(STRANGE, min_size=1, max_size=14) | st.sampled_from(PHRASES))


@st.composite
def rectangles(draw: st.DrawFn) -> Page:
    """Lines of any size and direction anywhere, over each other and over rules and pictures."""
    lines = [draw(_lines(f"l{i}")) for i in range(draw(st.integers(0, 25)))]
    return _with_shapes(lines, draw(_shapes("PADF")))


@st.composite
def _lines(draw: st.DrawFn, name: str) -> Line:
    text = draw(st.text(STRANGE, max_size=14) | st.sampled_from(PHRASES))
    em = draw(st.sampled_from([1.0, 9.0, EM, EM, EM, EM, 2 * EM, 20 * EM]))
    box = draw(boxes(least=1))
    if draw(st.booleans()):  # as long and high as its text is, as most lines are
        box = replace(box, x1=box.x0 + len(text) * em, y1=box.y0 + em)
    mode = draw(st.sampled_from([*WritingMode, WritingMode.HORIZONTAL]))
    return Line(name, box.polygon(), text, draw(st.floats(0, 1)), em, mode)


def _shapes(kinds: str) -> st.SearchStrategy[list[tuple[str, Box]]]:
    return st.lists(st.tuples(st.sampled_from(kinds), boxes()), max_size=5)


@st.composite
def boxes(draw: st.DrawFn, least: int = 3) -> Box:
    """A box somewhere on the page, its corners at whole ems."""
    x, y = draw(st.integers(0, WIDE - 20)), draw(st.integers(0, HIGH - 30))
    right, bottom = x + draw(st.integers(least, 30)), y + draw(st.integers(least, 20))
    return Box(x * EM, y * EM, right * EM, bottom * EM)


def _with_shapes(lines: Sequence[Line], shapes: Sequence[tuple[str, Box]]) -> Page:
    """A page; P are pictures, F frames, A and D rules across and down."""
    kinds = {"P": RegionKind.PICTURE, "F": RegionKind.FRAME}
    return Page(
        size=(int(WIDE * EM), int(HIGH * EM)),
        lines=tuple(lines),
        regions=tuple(
            Region(f"r{i}", kinds[kind], box.polygon())
            for i, (kind, box) in enumerate(shapes)
            if kind in kinds
        ),
        separators=tuple(_thin(box, kind == "D") for kind, box in shapes if kind not in kinds),
    )


def _thin(box: Box, vertical: bool) -> Separator:
    thin = replace(box, x1=box.x0 + 3) if vertical else replace(box, y1=box.y0 + 3)
    return Separator(thin.polygon(), vertical)


def one_column(texts: Sequence[str], sizes: Sequence[float]) -> Page:
    """Lines under each other, all flush."""
    lines: list[Line] = []
    y = 0.0
    for text, size in zip(texts, sizes, strict=True):
        outline = Box(0, y, len(text) * size * EM, y + size * EM).polygon()
        lines.append(Line(f"l{len(lines)}", outline, text, 0.9, size * EM))
        y += (size + 0.5) * EM
    return Page(size=(int(20 * EM), int(y + EM)), lines=tuple(lines))


def in_other_order(page: Page, random: Random) -> Page:
    """The page with its lines as another detector would list them."""
    lines = list(page.lines)
    random.shuffle(lines)
    return replace(page, lines=tuple(lines))


def renamed(page: Page, ids: Sequence[str]) -> tuple[Page, dict[str, str]]:
    """The page with its lines in the order of ``ids``, named anew in it; new names by old ones."""
    lines = {line.id: line for line in page.lines}
    names = {old: f"n{i:05d}" for i, old in enumerate(ids)}
    return replace(page, lines=tuple(replace(lines[i], id=names[i]) for i in ids)), names


def _mapped(page: Page, change: Callable[[Box], Box]) -> Page:
    return replace(
        page,
        lines=tuple(replace(x, polygon=change(x.polygon.box).polygon()) for x in page.lines),
        separators=tuple(
            replace(s, polygon=change(s.polygon.box).polygon()) for s in page.separators
        ),
        regions=tuple(replace(r, polygon=change(r.polygon.box).polygon()) for r in page.regions),
    )


def scaled(page: Page, zoom: float) -> Page:
    """The page scanned in another resolution."""
    made = _mapped(page, lambda b: Box(*(zoom * v for v in (b.x0, b.y0, b.x1, b.y1))))
    size = (int(page.size[0] * zoom), int(page.size[1] * zoom))
    return replace(made, size=size, lines=tuple(replace(x, em=x.em * zoom) for x in made.lines))


def moved(page: Page, dx: int, dy: int) -> Page:
    """The page on a larger sheet, as much white at the left and above as at the right and below."""
    made = _mapped(page, lambda b: Box(b.x0 + dx, b.y0 + dy, b.x1 + dx, b.y1 + dy))
    return replace(made, size=(page.size[0] + 2 * dx, page.size[1] + 2 * dy))


def turned(page: Page) -> Page:
    """The page set in vertical lines: its canonical image is the page as it was, moved."""

    def turn(box: Box) -> Box:
        made = from_canonical(box, WritingMode.VERTICAL)
        return replace(made, x0=made.x0 + page.size[1], x1=made.x1 + page.size[1])

    made = _mapped(page, turn)
    return replace(
        made,
        size=(page.size[1], page.size[0]),
        lines=tuple(replace(x, writing_mode=WritingMode.VERTICAL) for x in made.lines),
        separators=tuple(replace(s, vertical=not s.vertical) for s in made.separators),
    )
