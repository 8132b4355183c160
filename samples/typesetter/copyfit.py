"""Cutting copy to the room there is, and filling what is left over."""

from __future__ import annotations

from collections.abc import Sequence

from .desk import Desk
from .flow import BodyStyle, Flow, flow
from .geometry import Box
from .stories import Para

ENDS = "。！？”」』）"


def sentence_cut(text: str, limit: int) -> str:
    """The longest run of whole sentences within `limit` characters (may be empty)."""
    for end in range(min(limit, len(text)), 0, -1):
        whole = text[end - 1] in "。！？" or (text[end - 1] in ENDS and text[end - 2] in "。！？")
        if whole and (end == len(text) or text[end] not in ENDS):
            return text[:end]
    return ""


def shorten(paragraphs: Sequence[Para], stop: tuple[int, int]) -> list[Para]:
    """The paragraphs that fit before `stop`, the last one cut at a sentence end."""
    index, chars = stop
    kept = list(paragraphs[:index])
    head = "" if paragraphs[index].sub else sentence_cut(paragraphs[index].text, chars)
    if len(head) > 8:
        kept.append(Para(head))
    while kept and kept[-1].sub:
        kept.pop()
    return kept


def cut_anywhere(
    paragraphs: Sequence[Para], frames: Sequence[Box], style: BodyStyle
) -> tuple[list[Para], Flow]:
    """What fits when the text may stop in mid-sentence, as before a jump to another page."""
    result = flow(paragraphs, frames, style)
    if result.stop is None:
        return list(paragraphs), result
    index, chars = result.stop
    kept = list(paragraphs[:index])
    if chars:
        kept.append(Para(paragraphs[index].text[:chars].rstrip()))
    while kept and kept[-1].sub:
        kept.pop()
    return kept, flow(kept, frames, style)


def copyfit(
    paragraphs: Sequence[Para],
    frames: Sequence[Box],
    style: BodyStyle,
    desk: Desk | None,
    tail: str = "",
) -> tuple[list[Para], Flow]:
    """What fits, with its flow. `tail` is text that must end the last paragraph (a byline)."""
    kept = list(paragraphs)
    result = flow(_with_tail(kept, tail), frames, style)
    while result.stop is not None and kept:
        before = kept
        kept = shorten(kept, result.stop)
        if kept == before:
            kept = shorten(kept, (len(kept) - 1, len(kept[-1].text) - 1))
        result = flow(_with_tail(kept, tail), frames, style)
    while desk is not None:
        closer = _closer(result, frames, style, desk, len(tail))
        if closer is None:
            break
        longer = flow(_with_tail([*kept, closer], tail), frames, style)
        if longer.stop is not None:
            break
        kept, result = [*kept, closer], longer
    return _with_tail(kept, tail), result


def _closer(
    result: Flow, frames: Sequence[Box], style: BodyStyle, desk: Desk, tail: int
) -> Para | None:
    """A closing sentence for the lines left free."""
    free = spare_lines(result, frames, style)
    measure = int(frames[-1].width / style.size)
    return desk.closer(free * measure - 3 - tail) if free else None


def _with_tail(paragraphs: Sequence[Para], tail: str) -> list[Para]:
    if not tail or not paragraphs:
        return list(paragraphs)
    return [*paragraphs[:-1], Para(paragraphs[-1].text + tail)]


def spare_lines(result: Flow, frames: Sequence[Box], style: BodyStyle) -> int:
    """Free body lines after the end of a flow."""
    here = frames[result.frame].y1 - result.y
    free = max(0, int((here - style.size + 0.5) // style.pitch) + 1) if here > 0 else 0
    rest = frames[result.frame + 1 :]
    return free + sum(int((f.height - style.size) // style.pitch) + 1 for f in rest)
