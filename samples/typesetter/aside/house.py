"""The house style of one page: everything random that its stories have in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from ..flow import BodyStyle
from ..fonts import face
from ..heads import Spot
from ..job import Job
from ..sheet import Sheet
from ..suite import HEAD, KAI, SECOND, Suite
from .prose import Copy

BODY = {
    "hans": (
        *("uming-cn", "serif-sc", "gbsn", "uming-cn", "serif-sc", "gbsn"),
        *("zenhei", "ukai-cn", "gkai", "wenkai", "sans-sc"),
    ),
    "hant": ("uming-tw", "serif-tc", "fangsong", "uming-tw", "serif-tc", "ukai-tw", "sans-tc"),
}
# Without Micro Hei, which has no ink in its ℃.
SANS = {"hans": ("sans-sc", "zenhei"), "hant": ("sans-tc",)}
# A section heading is told from a short paragraph by its weight.
SUB = {
    "hans": ("sans-sc-bold", "serif-sc-bold", "wenkai-bold"),
    "hant": ("serif-tc-bold", "sans-tc-bold"),
}
HANGING_GUTTER = 2.3  # em: marks that hang in a narrower one would meet its rule


@dataclass(frozen=True)
class HouseStyle(BodyStyle):
    """Running text; `para_gap` px between paragraphs, `initial` lines of a drop cap."""

    ragged: bool = False
    para_gap: float = 0.0
    flush_first: bool = False
    initial: int = 0


@dataclass
class House(Job):
    """A page in the making that is set in a house style."""

    style: HouseStyle = field(kw_only=True)
    snap: bool = False
    head_align: str = "center"
    byline_at: str = "stack"
    gap: float = 2.0  # em between stories

    @property
    def copy(self) -> Copy:
        """The copy desk."""
        assert isinstance(self.desk, Copy)
        return self.desk

    def body(self, vertical: bool = False) -> HouseStyle:
        """The page's running text."""
        hang = self.style.hang and self.gutter >= HANGING_GUTTER * self.em
        return replace(self.style, vertical=vertical, hang=hang)


def house_of(spot: Spot) -> House:
    """The house that a story is set in."""
    assert isinstance(spot.job, House)
    return spot.job


@dataclass(frozen=True)
class Stock:
    """A kind of paper: width in mm, height over width, body size in points, between bounds."""

    script: str = "hans"
    width: tuple[float, float] = (262.0, 292.0)
    ratio: tuple[float, float] = (1.32, 1.48)
    points: tuple[float, float] = (8.6, 10.6)
    vertical: bool = False


def open_house(family: str, seed: int, attempt: int, dpi: int, stock: Stock) -> House:
    """An empty page with its house style; `attempt` counts the layouts thrown away."""
    rng = Random(f"{family}-{seed}-{attempt}")
    em = float(round(rng.uniform(*stock.points) * dpi / 72))
    suite = _suite(rng, stock.script)
    width = rng.uniform(*stock.width) * dpi / 25.4
    sheet = Sheet(
        width=round(width),
        height=round(width * rng.uniform(*stock.ratio)),
        dpi=dpi,
        family=family,
        seed=seed,
        vertical=stock.vertical,
        font=suite.body.name,
    )
    style = _style(rng, suite, em, stock.vertical)
    return House(
        rng=rng,
        sheet=sheet,
        desk=Copy(rng, stock.script),
        suite=suite,
        em=em,
        leading=style.leading,
        gutter=round(em * rng.uniform(1.0, 2.4)),
        indent=style.indent,
        column_rules=rng.random() < 0.25,
        sub_align=style.sub_align,
        margin=round(em * rng.uniform(2.4, 4.5)),
        style=style,
        snap=rng.random() < 0.5,
        head_align=rng.choice(["center", "center", "left"]),
        byline_at=rng.choice(["stack", "stack", "column", "lead", "tail", ""]),
        gap=rng.uniform(1.8, 3.0),
    )


def _suite(rng: Random, script: str) -> Suite:
    """Faces that one paper would combine, the body in any face of the script."""
    return Suite(
        script=script,
        body=face(rng.choice(BODY[script])),
        head=face(rng.choice(HEAD[script])),
        second=face(rng.choice(SECOND[script])),
        kai=face(rng.choice(KAI[script])),
        sans=face(rng.choice(SANS[script])),
        sub=face(rng.choice(SUB[script])),
    )


def _style(rng: Random, suite: Suite, em: float, vertical: bool) -> HouseStyle:
    leading = rng.uniform(1.26, 1.7)
    indent, gap = _opening(rng, vertical)
    old = suite.script == "hant"
    return HouseStyle(
        face=suite.body,
        sub=suite.sub,
        size=em,
        leading=leading,
        indent=indent,
        squeeze=rng.random() < (0.2 if old else 0.8),
        hang=rng.random() < (0.5 if old else 0.2),
        sub_align=rng.choice(["left", "center", "center"]),
        sub_scale=rng.choice([1.0, 1.08, 1.2]),
        keep=2,
        ragged=not vertical and rng.random() < 0.12,
        para_gap=gap * leading * em,
        flush_first=indent > 0 and rng.random() < 0.08,
    )


def _opening(rng: Random, vertical: bool) -> tuple[float, float]:
    """How a paragraph is told from the last: its indent in em, the gap before it in lines."""
    draw = rng.random()
    if vertical and draw < 0.35:
        return 0.0, 0.0
    if draw < 0.78:
        return 2.0, 0.0
    if draw < 0.86:
        return 1.0, 0.0
    if draw < 0.93:
        return 2.0, rng.choice([0.3, 0.5])
    return 0.0, rng.choice([0.5, 0.8, 1.0])
