"""Text without geometry, put right: lines, paragraphs, order, furniture.

What is looked at: spaces between Chinese characters (:mod:`spacing`), page furniture
(:mod:`page_furniture`), lines that were wrapped (:mod:`wrapping`), and for every paragraph that
breaks off the one that goes on (:mod:`successors`), which may bring whole blocks to another place
(:mod:`placing`). Each pass sees the text that the one before has made, until a pass changes
nothing: so the result put in again comes out as it is. Every change leaves fewer lines or spaces,
so there is an end.

The normal form. A text in which nothing is to be put right is returned as it came, to the last
space, its byte order mark apart. In one that was repaired, blocks that were left alone keep their
own white space, except that more than one blank line before a paragraph becomes one (before a
heading it stays), form feeds go, and the text ends with one line end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from digitize.model import Furniture, Join
from digitize.reflow.continuity import Continuity, Silent
from digitize.reflow.paper import ANY, Paper
from digitize.reflow.plain import page_furniture, spacing, wrapping
from digitize.reflow.plain.blocks import BOM, FORM_FEED, Block, Text, parse
from digitize.reflow.plain.kinds import in_context, kinds_of
from digitize.reflow.plain.odds import Link, scene_of
from digitize.reflow.plain.placing import Order, Shift
from digitize.reflow.plain.record import Move, Repaired
from digitize.reflow.plain.successors import links
from digitize.reflow.plain.writing import Layout, set_out, written

PASSES = 40  # each looks at the whole text; pages need a few, what is no text may want hundreds
SHOWN = 16  # characters of context in a record
Find = Callable[[Sequence[Block]], dict[int, str]]
"""The places of the blocks that are furniture, each with its kind."""
EDGE = 64  # characters at a seam that a signal may look at


def reflow_text(
    text: str,
    continuity: Continuity | None = None,
    *,
    keep_furniture: bool = False,
    paper: Paper = ANY,
) -> Repaired:
    """``text`` with its paragraphs whole and in order, and what was done to it.

    ``continuity`` is the language signal; without one only place, punctuation and form decide.
    ``paper`` is what is known of the paper: which lines of it are furniture. Pure: no files, no
    clock; the same text gives the same result.
    """
    signal = _Remembered(continuity) if continuity is not None else Silent()
    find = _nothing if keep_furniture else partial(page_furniture.find, paper=paper)
    done = Repaired(text.removeprefix(BOM))
    for _ in range(PASSES):
        once = _pass(done.text, signal, find)
        if once.text == done.text:
            break
        done = done.followed_by(once)
    return done


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of ``text`` as far as lines and spaces tell: what a signal can learn from."""
    blocks, _ = _closed_up(parse(text).blocks)
    return [block.text for block in wrapping.unwrapped(blocks, kinds_of(blocks))]


class _Remembered:
    """A signal that is asked only once for each pair: the passes ask the same again."""

    def __init__(self, signal: Continuity) -> None:
        self._signal = signal
        self._scores: dict[tuple[str, str], float] = {}

    def score(self, before: str, after: str) -> float:
        """What the signal says."""
        key = before[-EDGE:], after[:EDGE]
        if key not in self._scores:
            self._scores[key] = self._signal.score(*key)
        return self._scores[key]


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """The paragraphs of a text without what does not belong to it."""

    blocks: tuple[Block, ...]
    removed: tuple[Furniture, ...]
    lines: int
    spaces: int


def _pass(text: str, signal: Continuity, find: Find) -> Repaired:
    """One look at the text."""
    parsed = parse(text)
    clean = _cleaned(parsed, find)
    blocks, kinds = clean.blocks, in_context(clean.blocks)
    found = links(scene_of(blocks, kinds, signal))
    order = Order(blocks, kinds)
    shifts = order.put_together(found)
    if not (found or clean.removed or clean.lines or clean.spaces or FORM_FEED in text):
        return Repaired(text)
    return Repaired(
        set_out(written(blocks, kinds, order.places, found), Layout.of(parsed)),
        tuple(_join(link, blocks) for link in found),
        tuple(_move(shift, blocks) for shift in shifts),
        clean.removed,
        clean.lines,
        clean.spaces,
    )


def _cleaned(text: Text, find: Find) -> _Cleaned:
    """Spaces first, for they hide furniture; lines last, for furniture stands between them."""
    blocks, spaces = _closed_up(text.blocks)
    gone = find(blocks)
    removed = tuple(Furniture(blocks[i].text, (), gone[i]) for i in sorted(gone))
    kept = _without(blocks, gone)
    whole = wrapping.unwrapped(kept, kinds_of(kept))
    return _Cleaned(whole, removed, len(kept) - len(whole), spaces)


def _nothing(blocks: Sequence[Block]) -> dict[int, str]:
    return {}


def _closed_up(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], int]:
    """The blocks without spaces between Chinese characters, and how many there were."""
    if not spacing.spaced_out(blocks):
        return blocks, 0
    closed = spacing.closed_up(blocks)
    return closed, sum(len(a.text) - len(b.text) for a, b in zip(blocks, closed, strict=True))


def _without(blocks: Sequence[Block], gone: Mapping[int, str]) -> tuple[Block, ...]:
    """The blocks without furniture; what followed some starts after all that stood between."""
    kept: list[Block] = []
    gap = ""
    for i, block in enumerate(blocks):
        if i in gone:
            gap += block.gap
        else:
            kept.append(replace(block, gap=gap + block.gap) if gap else block)
            gap = ""
    return tuple(kept)


def _join(link: Link, blocks: Sequence[Block]) -> Join:
    before, after = blocks[link.before].text, blocks[link.after].text
    return Join(before[-SHOWN:], after[:SHOWN], _reason(link), round(link.score, 3))


def _reason(link: Link) -> str:
    where = "the rest stood elsewhere" if link.far else "breaks off, and the next goes on"
    return f"{where}: odds {link.odds:+.1f}, of which language {link.language:+.1f}"


def _move(shift: Shift, blocks: Sequence[Block]) -> Move:
    first, last = blocks[shift.moved[0]].text, blocks[shift.moved[-1]].text
    before, after = blocks[shift.link.before].text[-8:], blocks[shift.link.after].text[:8]
    reason = f"…{before} goes on with {after}…"
    return Move(first[:SHOWN], last[-SHOWN:], len(shift.moved), reason)
