"""Whether a text goes on over the end of a page, by its ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp

from digitize.reflow import breaks
from digitize.reflow.continuity import Continuity
from digitize.stitching.candidates import Pair
from digitize.stitching.evidence import FOREIGN, kinship
from digitize.stitching.model import Ends, Part, Stub
from digitize.text import breaks_off, ends_sentence, goes_on

UNKNOWN = -1.0  # log odds where a sentence ends and nothing tells how the next row starts
# The sentence breaks off: the first row of a rest is often set in, whatever it begins with.
OPEN_INDENTED = 0.8
WORDS = 10  # characters of a paragraph that may be cut: a shorter one is a signature or a folio


def join_score(before: Ends, after: Ends, language: Continuity) -> float | None:
    """How sure it is (0–1) that one paragraph goes on over the break; None if it rather ends.

    The odds are those of :mod:`digitize.reflow.breaks`.
    """
    if not (before.ends_with_text and after.starts_with_text):
        return None
    odds = _odds(before, after)
    if breaks_off(before.tail):
        said = language.score(before.tail, after.head)
        odds += breaks.bounded(said)
    score = 1 / (1 + exp(-odds))
    return round(score, 2) if score >= 0.5 else None


def _odds(before: Ends, after: Ends) -> float:
    if before.tail[-1:] in {"，", "、", ","}:
        return breaks.MUST_GO_ON
    ended = ends_sentence(before.tail)
    if ended and before.free is not None and before.free >= breaks.CLEARLY_SHORT:
        return breaks.STOPS
    if not ended and _stops_short(before):
        return breaks.HEADING
    if after.indented:
        return breaks.INDENTED if ended else OPEN_INDENTED
    if not ended:
        return breaks.OPEN
    return breaks.FULL if after.indented is False else UNKNOWN


def _stops_short(ends: Ends) -> bool:
    """Whether the last row leaves its sentence and room behind it, as only a heading does."""
    stops = ends.free is not None and ends.free >= breaks.HEADING_SHORT
    return stops and not goes_on(ends.tail)


def cut_by_page_end(pages: Sequence[Stub], language: Continuity) -> Iterator[Pair]:
    """The last article of a page with the first of the next, where one text goes on in the other.

    Only where all speaks for it: pages that follow each other in one document, an open end that
    fills its row, no headline and no indent after it, no turn line, and language not against it.
    """
    for (i, page), (j, following) in pairwise(enumerate(pages)):
        if not (page.kept and following.kept and _follows(page, following)):
            continue
        last, first = _last(page), _first(following)
        if last is None or first is None:
            continue
        before, after = page.parts[last], following.parts[first]
        if _goes_on(before, after) and language.score(before.ends.tail, after.ends.head) >= 0:
            yield (i, last), (j, first)


def may_be_cut(page: Stub) -> bool:
    """Whether the page's first or last text may go on over the page's end."""
    last, first = _last(page), _first(page)
    if last is None or first is None:
        return False
    ends, starts = page.parts[last].ends, page.parts[first]
    begins = not starts.headline and starts.ends.starts_with_text and not starts.ends.indented
    return begins or (ends.ends_with_text and breaks_off(ends.tail))


def _follows(page: Stub, following: Stub) -> bool:
    """Whether two pages are next to each other in one document or one issue."""
    a, b = page.place, following.place
    if a.path == b.path:
        return b.page_no == a.page_no + 1
    if a.number is None or b.number is None or kinship(a, b) <= FOREIGN:
        return False
    return (
        a.series == b.series
        and a.folder == b.folder
        and b.number.section == a.number.section
        and b.number.value == a.number.value + 1
    )


def _last(page: Stub) -> int | None:
    """The last article of a page that has text."""
    return next((i for i, p in reversed(list(enumerate(page.parts))) if p.ends.tail), None)


def _first(page: Stub) -> int | None:
    return next((i for i, part in enumerate(page.parts) if part.ends.head), None)


def _goes_on(before: Part, after: Part) -> bool:
    ends, starts = before.ends, after.ends
    if before.turn_on or after.turn_from or after.headline:
        return False
    if not (ends.ends_with_text and starts.starts_with_text) or len(ends.tail) < WORDS:
        return False
    if not breaks_off(ends.tail) or _stops_short(ends):
        return False
    return starts.indented is False or (starts.indented is None and goes_on(ends.tail))
