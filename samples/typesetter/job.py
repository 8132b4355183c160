"""What the layouts of one page share: randomness, sheet, copy desk, faces and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from .desk import Desk
from .flow import BodyStyle
from .fonts import Face
from .geometry import Box, Writing
from .pictures import KINDS
from .setting import Type, set_string
from .sheet import Frame, Picture, Rule, SetLine, Sheet
from .suite import Suite, choose_suite


@dataclass
class Job:
    """One page in the making. `em` is the body size in px."""

    rng: Random
    sheet: Sheet
    desk: Desk
    suite: Suite
    em: float
    leading: float
    gutter: float
    indent: float
    column_rules: bool
    sub_align: str
    margin: float
    used: set[str] = field(default_factory=set)

    def pick(self, pool: Sequence[str]) -> str:
        """One of a pool, none twice on a page while there are others."""
        fresh = [item for item in pool if item not in self.used]
        item = self.rng.choice(fresh or list(pool))
        self.used.add(item)
        return item

    @property
    def pitch(self) -> float:
        return self.em * self.leading

    @property
    def content(self) -> Box:
        """The page inside its margins."""
        page = Box(0, 0, self.sheet.width, self.sheet.height)
        return page.inset(self.margin, self.margin * 0.9)

    @property
    def hairline(self) -> float:
        return max(1.0, self.sheet.dpi / 130)

    def writing(self, vertical: bool) -> Writing:
        return Writing(vertical, self.sheet.width)

    def body(self, vertical: bool = False) -> BodyStyle:
        """The page's running text. Old papers give every mark a full cell and let it hang."""
        old = self.suite.script == "hant"
        return BodyStyle(
            face=self.suite.body,
            sub=self.suite.sub,
            size=self.em,
            leading=self.leading,
            indent=self.indent,
            vertical=vertical,
            squeeze=not old,
            hang=old,
            sub_align=self.sub_align,
            sub_scale=1.08,
        )

    def rule(self, box: Box, style: str = "solid") -> None:
        self.sheet.rules.append(Rule(box, style))

    def rule_across(self, box: Box, y: float, style: str = "solid", weight: float = 1.0) -> None:
        """A horizontal rule over the width of a page box."""
        half = self.hairline * weight / 2 * (3 if style == "double" else 1)
        self.rule(Box(box.x0, y - half, box.x1, y + half), style)

    def rule_down(self, x: float, y0: float, y1: float, style: str = "solid") -> None:
        half = self.hairline / 2
        self.rule(Box(x - half, y0, x + half, y1), style)

    def border(self, box: Box, weight: float = 1.0, tint: int = 255, style: str = "solid") -> None:
        self.sheet.boxes.append(Frame(box, self.hairline * weight, tint, style))

    def picture(self, box: Box, kind: str | None = None) -> None:
        kind = kind or self.rng.choice(KINDS)
        self.sheet.pictures.append(Picture(box, kind, self.rng.randrange(10**6)))

    def type(
        self, face: Face, size: float, role: str = "furniture", vertical: bool = False
    ) -> Type:
        return Type(face, size, role, self.writing(vertical))

    def string(self, text: str, box: Box, kind: Type, align: str = "left") -> SetLine:
        """Set one line of display type at the top of a canonical box."""
        line = set_string(text, box, kind, align)
        self.sheet.lines.append(line)
        return line

    def furniture(self, text: str, box: Box, kind: Type, align: str = "left") -> SetLine:
        """Set a text that belongs to the page and not to a story."""
        line = self.string(text, box, kind, align)
        self.sheet.furniture.append((text, line.box))
        return line


@dataclass(frozen=True)
class Paper:
    """A kind of paper: script, page size in mm and body sizes in points."""

    script: str = "hans"
    width: float = 278.0
    height: float = 396.0
    points: tuple[float, ...] = (9.2, 9.6, 10.0, 10.4)


TABLOID = Paper()
MIDDLE = Paper(width=240.0, height=340.0)
SMALL = Paper(width=212.0, height=300.0)
NOTE = Paper(width=200.0, height=225.0)
OLD = Paper("hant", 205.0, 290.0, (9.6, 10.0, 10.6))


def new_job(family: str, seed: int, dpi: int, paper: Paper = TABLOID) -> Job:
    """An empty page with everything random decided but the layout."""
    rng = Random(f"{family}-{seed}")
    em = float(round(rng.choice(paper.points) * dpi / 72))
    suite = choose_suite(rng, paper.script)
    sheet = Sheet(
        width=round(paper.width * dpi / 25.4),
        height=round(paper.height * dpi / 25.4),
        dpi=dpi,
        family=family,
        seed=seed,
        font=suite.body.name,
    )
    return Job(
        rng=rng,
        sheet=sheet,
        desk=Desk(rng, paper.script),
        suite=suite,
        em=em,
        leading=rng.choice([1.3, 1.36, 1.42, 1.48]),
        gutter=round(em * rng.choice([1.1, 1.25, 1.4, 1.5])),
        indent=0.0 if rng.random() < 0.12 else 2.0,
        column_rules=rng.random() < 0.35,
        sub_align=rng.choice(["left", "center", "center"]),
        margin=round(em * rng.uniform(2.6, 3.6)),
    )


def restyled(style: BodyStyle, **changes: object) -> BodyStyle:
    """The style with some values changed."""
    return replace(style, **changes)  # type: ignore[arg-type]
