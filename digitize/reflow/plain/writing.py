"""Setting the blocks of a repaired text under each other again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.reflow.plain.blocks import WIDE, Block, Text, usual_gap
from digitize.reflow.plain.kinds import Kind
from digitize.reflow.plain.odds import Link
from digitize.reflow.plain.placing import HEADS
from digitize.reflow.plain.wrapping import joined


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text sets its blocks: its line end, and what stands between two of them as a rule."""

    line_end: str
    usual: str

    @classmethod
    def of(cls, text: Text) -> Layout:
        """The layout of a text as it came."""
        return cls(text.line_end, usual_gap(text.blocks, text.line_end))

    def gap(self, block: Block, kind: Kind, in_place: bool) -> str:
        """What stands before a block, given whether the one before it is the one it had."""
        wide = block.line_ends >= WIDE
        if block.new_page or not block.line_ends:
            return self.usual
        if in_place and (kind in HEADS or not wide):
            return block.gap
        return self.line_end * (WIDE - 1) if wide else self.usual


def written(
    blocks: Sequence[Block], kinds: Sequence[Kind], order: Sequence[int], links: Sequence[Link]
) -> list[tuple[Block, Kind, bool]]:
    """The paragraphs in their order: block, kind, whether it still follows the one it followed.

    Linked blocks, which stand next to each other in ``order``, are one.
    """
    broken = {link.before for link in links}
    found: list[tuple[Block, Kind, bool]] = []
    for n, place in enumerate(order):
        if n and order[n - 1] in broken:
            before, kind, in_place = found[-1]
            found[-1] = joined(before, blocks[place]), kind, in_place
        else:
            in_place = n > 0 and order[n - 1] == place - 1
            found.append((blocks[place], kinds[place], in_place))
    return found


def set_out(paragraphs: Sequence[tuple[Block, Kind, bool]], layout: Layout) -> str:
    """The text; it starts with its first paragraph and ends with a line end."""
    parts: list[str] = []
    for block, kind, in_place in paragraphs:
        gap = layout.gap(block, kind, in_place) if parts else ""
        parts.append(f"{gap}{block.lead}{block.text}{block.trail}")
    return "".join(parts) + (layout.line_end if parts else "")
