"""Text without geometry, put right; and what was done to it, told."""

from __future__ import annotations

from collections.abc import Iterator

from digitize.reflow.paper import ANY, Paper
from digitize.reflow.plain import Repaired, paragraphs_of, reflow_text

CONTEXT = 8  # characters shown on both sides of a seam
TIMES = 4  # that a text is learned from and repaired again; two are nearly always enough
LEARNED = 120_000  # characters of a text that the signal learns from, evenly taken


def repaired(text: str, keep_furniture: bool = False, paper: Paper = ANY) -> Repaired:
    """``text`` put right with the best language signal that is installed.

    The signal learns from the text, then from what was repaired, until nothing changes. Raises
    MissingLanguageError where no word list is installed.
    """
    done = Repaired(text)
    for _ in range(TIMES):
        once = _once(done.text, keep_furniture, paper)
        if once.text == done.text:
            break
        done = done.followed_by(once)
    return done


def _once(text: str, keep_furniture: bool, paper: Paper) -> Repaired:
    from digitize.language import signal  # noqa: PLC0415 - its word list takes a second

    learned = paragraphs_of(text)[:: len(text) // LEARNED + 1]
    return reflow_text(text, signal(learned), keep_furniture=keep_furniture, paper=paper)


def told(record: Repaired) -> Iterator[str]:
    """What was done, a line each."""
    for join in record.joins:
        before, after = join.before[-CONTEXT:], join.after[:CONTEXT]
        yield f"joined …{before}|{after}… ({join.reason}; {join.score:.2f})"
    for move in record.moves:
        yield f"moved {move.blocks} blocks, {move.first}… to …{move.last}: {move.reason}"
    for furniture in record.removed:
        yield f"removed {furniture.kind}: {furniture.text}"
    if record.lines:
        yield f"{record.lines} wrapped lines put together"
    if record.spaces:
        yield f"{record.spaces} spaces between characters taken out"
