"""A text as a row of blocks, each a line with what stands before it; nothing is lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_END = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
FORM_FEED = "\f"
BOM = "\ufeff"
LINES = 1 << 16  # whose properties are remembered: each pass over a text asks for them again
WIDE = 3  # line ends: more than one blank line stands between parts of a text, not paragraphs


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A line, or a paragraph put together from several, without the white space around it.

    ``gap`` is all that stands between the block before and this one: line ends, blank lines, form
    feeds. ``lead`` and ``trail`` are the white space at its own start and end.
    """

    text: str
    gap: str = ""
    lead: str = ""
    trail: str = ""

    @property
    def new_page(self) -> bool:
        """Whether a form feed stands before the block."""
        return FORM_FEED in self.gap

    @property
    def line_ends(self) -> int:
        """How many line ends stand before the block: 1 right below, 2 after a blank line."""
        return len(_END.findall(self.gap))

    @property
    def apart(self) -> bool:
        """Whether more than a blank line, or a page's end, parts it from the block before."""
        return self.new_page or self.line_ends >= WIDE


@dataclass(frozen=True, slots=True)
class Text:
    """All blocks of a text and the white space after the last one."""

    blocks: tuple[Block, ...] = ()
    tail: str = ""
    line_end: str = field(default="\n")

    def __str__(self) -> str:
        """The text; that of :func:`parse` is what was parsed."""
        return "".join(f"{b.gap}{b.lead}{b.text}{b.trail}" for b in self.blocks) + self.tail


def parse(text: str) -> Text:
    """The blocks of ``text``, a line each, without a byte order mark."""
    text = text.removeprefix(BOM)
    blocks: list[Block] = []
    end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        core = line.strip()
        if core:
            start = line.index(core[0])
            lead, trail = line[:start], line[start + len(core) :]
            blocks.append(Block(core, text[end : match.start()], lead, trail))
            end = match.end()
    ends = Counter(_END.findall(text)).most_common(1)
    return Text(tuple(blocks), text[end:], ends[0][0] if ends else "\n")


def usual_gap(blocks: Sequence[Block], line_end: str) -> str:
    """What most often stands between two blocks: one line end, or a blank line as well."""
    counts = Counter(min(b.line_ends, WIDE - 1) for b in blocks[1:] if not b.new_page)
    most = counts.most_common(1)
    return line_end * max(1, most[0][0] if most else WIDE - 1)
