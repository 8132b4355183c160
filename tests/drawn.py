"""Small newspaper pages drawn for tests, with the truth of where everything stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from digitize.geometry import Box
from digitize.image import Pixels

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
EM = 24
PITCH = 38
BASELINE = 0.88  # of the em, from its top

HEADLINE = "水渠今日完工"
FIRST = (
    "　　本报讯昨日上午，城北的新水渠全线完工，清水流进了三个村的",
    "田里。村民老周站在渠边，看了很久，说这是他盼了十年的一件大事。",
    "修渠的工人也都来了。",
)
SECOND = (
    "　　水渠长四十公里，从山脚的水库开始，绕过两座小山，一直通到河",
    "边。工程用了两年的时间。",
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


@dataclass
class Drawn:
    """A page in the making and what was set on it."""

    image: Image.Image
    lines: list[tuple[Box, str]] = field(default_factory=list)

    @property
    def pixels(self) -> Pixels:
        return np.array(self.image)

    def row(self, x: float, y: float, text: str, em: int = EM) -> Box:
        """A line from left to right, its first em box at (x, y); gives the box of its ink."""
        indent = len(text) - len(text.lstrip("　"))
        for i, char in enumerate(text):
            self._glyph(x + i * em, y, char, em)
        return self._noted(Box(x + indent * em, y, x + len(text) * em, y + em), text)

    def column(self, x: float, y: float, text: str, em: int = EM) -> Box:
        """A line from top to bottom."""
        for i, char in enumerate(text):
            self._glyph(x, y + i * em, char, em)
        return self._noted(Box(x, y, x + em, y + len(text) * em), text)

    def text(self, x: float, top: float, rows: Sequence[str]) -> None:
        """Rows of text from ``top`` on; one that opens with ＃ is a headline over them."""
        for i, row in enumerate(rows):
            if row.strip("　").startswith("＃"):
                self.row(x, top - 40, row.strip("　＃"), em=50)
            else:
                self.row(x, top + 20 + i * PITCH, row)

    def rule(self, box: Box) -> Box:
        ImageDraw.Draw(self.image).rectangle((box.x0, box.y0, box.x1 - 1, box.y1 - 1), fill=0)
        return box

    def frame(self, box: Box, width: int = 3) -> Box:
        draw = ImageDraw.Draw(self.image)
        draw.rectangle((box.x0, box.y0, box.x1 - 1, box.y1 - 1), outline=0, width=width)
        return box

    def photo(self, box: Box) -> Box:
        """Soft dark shapes."""
        size = (round(box.width), round(box.height))
        rng = np.random.default_rng(5)
        small = rng.integers(10, 150, (size[1] // 30, size[0] // 30)).astype(np.uint8)
        picture = Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
        self.image.paste(picture, (round(box.x0), round(box.y0)))
        return box

    def recording(self) -> str:
        """The page's lines as the replay engine wants them."""
        rows = [
            {"box": [b.x0, b.y0, b.x1, b.y1], "text": text.strip("　"), "confidence": 0.9}
            for b, text in self.lines
        ]
        return json.dumps({"lines": rows}, ensure_ascii=False)

    def _glyph(self, x: float, y: float, char: str, em: int) -> None:
        draw = ImageDraw.Draw(self.image)
        draw.text((x, y + BASELINE * em), char, font=font(em), fill=0, anchor="ls")

    def _noted(self, box: Box, text: str) -> Box:
        self.lines.append((box, text))
        return box


def sheet(width: int, height: int) -> Drawn:
    return Drawn(Image.new("L", (width, height), 255))


def story() -> Drawn:
    """A headline over one column of two paragraphs."""
    page = sheet(840, 420)
    page.row(60, 50, HEADLINE, em=60)
    for i, text in enumerate((*FIRST, *SECOND)):
        page.row(60, 160 + i * PITCH, text)
    return page


STORY_TEXT = f"{HEADLINE}\n\n{''.join(FIRST)}\n\n{''.join(SECOND)}\n".replace("　", "")


def recorded(path: Path, page: Drawn) -> Path:
    """Write the page's recording; its path."""
    path.write_text(page.recording(), "utf-8")
    return path
