"""Differences shown in the text around them, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digitize.evaluate.result import Difference, Kind, PageComparison

AROUND = 10  # characters before and after a difference
LONGEST = 60  # characters of a difference that are shown

Part = tuple[Kind | None, str]
"""A piece of text and what it shows; None for text that is the same on both sides."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Differences that stand close together, with the lines they are in."""

    line_ids: tuple[str, ...]
    confidence: float | None
    parts: tuple[Part, ...]


def excerpts(page: PageComparison) -> Iterator[Excerpt]:
    """All differences of a page, in the order of the reference.

    Marks, so that colour is not needed: [right→wrong], [-left out-], {+too much+}, and a moved
    block between >> and <<.
    """
    group: list[Difference] = []
    for difference in page.differences:
        if group and not _close(group[-1], difference):
            yield _excerpt(group, page)
            group = []
        group.append(difference)
    if group:
        yield _excerpt(group, page)


def _close(before: Difference, after: Difference) -> bool:
    a, b = before.reference, after.reference
    return (
        Kind.MOVED not in (before.kind, after.kind)
        and a is not None
        and b is not None
        and a.paragraph == b.paragraph
        and a.end <= b.start <= a.end + 2 * AROUND
    )


def _excerpt(group: Sequence[Difference], page: PageComparison) -> Excerpt:
    lines = tuple(dict.fromkeys(line for item in group for line in item.line_ids))
    known = [item.confidence for item in group if item.confidence is not None]
    return Excerpt(lines, min(known, default=None), tuple(_parts(group, page)))


def _parts(group: Sequence[Difference], page: PageComparison) -> Iterator[Part]:
    first, last = group[0].reference, group[-1].reference
    if first is None or last is None or group[0].kind is Kind.MOVED:
        yield from (_part(item) for item in group)
        return
    text = page.reference.paragraphs[first.paragraph].text
    at = max(0, first.start - AROUND)
    yield None, ("…" if at else "") + _flat(text[at : first.start])
    at = first.start
    for item in group:
        if item.reference is not None:
            yield None, _flat(text[at : item.reference.start])
            yield _part(item)
            at = item.reference.end
    end = min(len(text), last.end + AROUND)
    yield None, _flat(text[last.end : end]) + ("…" if end < len(text) else "")


def _part(item: Difference) -> Part:
    expected, found = _short(item.expected), _short(item.found)
    match item.kind:
        case Kind.SUBSTITUTED:
            text = f"[{expected}→{found}]"
        case Kind.OMITTED:
            text = f"[-{expected}-]"
        case Kind.INSERTED:
            text = f"{{+{found}+}}"
        case Kind.MOVED:
            text = f">>{found}<<"
    return item.kind, text


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _short(text: str) -> str:
    flat = _flat(text)
    if len(flat) <= LONGEST:
        return flat
    return f"{flat[: LONGEST // 2]}…({len(flat)})…{flat[-LONGEST // 4 :]}"
