"""Text that may stand in a page and does not count (captions), or should not (furniture)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.evaluate.align import Block, align
from digitize.evaluate.figures import FurnitureCounts
from digitize.evaluate.normalise import normalise
from digitize.evaluate.profiles import Profile
from digitize.evaluate.side import Side

FOUND = 0.7  # of a caption's characters must be there for it to be taken out
LEAKED = 0.8  # of a piece of furniture's characters
LEAST = 4  # characters: shorter furniture (a page number) may occur anywhere


@dataclass(frozen=True, slots=True)
class Asides:
    """The hypothesis without the asides, and the furniture that was found in it."""

    hypothesis: Side
    counts: FurnitureCounts | None
    leaked: tuple[str, ...]


def take_out(reference: Side, hypothesis: Side, profile: Profile) -> Asides:
    """Find the reference's asides and furniture in the text; asides are taken out of it.

    They are aligned together with the articles, so that a caption that repeats a sentence of its
    article is told from that sentence. Furniture stays in: it counts as inserted text.
    """
    document = reference.document
    forms = {text: normalise(text, profile).text for text in (*document.aside, *document.furniture)}
    known = tuple(text for text in document.furniture if len(forms[text]) >= LEAST)
    extra = (*document.aside, *known)
    counts = FurnitureCounts(len(known)) if document.furniture else None
    if not extra:
        return Asides(hypothesis, counts, ())
    blocks = _blocks(reference, hypothesis, [forms[text] for text in extra])
    shares = [_right(found) / max(1, len(forms[t])) for t, found in zip(extra, blocks, strict=True)]
    spans: dict[int, list[tuple[int, int]]] = {}
    for number in range(len(document.aside)):
        if shares[number] >= FOUND:
            for place in (block.hypothesis for block in blocks[number]):
                spans.setdefault(place.paragraph, []).append((place.start, place.end))
    late = zip(known, shares[len(document.aside) :], strict=True)
    leaked = tuple(text for text, found in late if found >= LEAKED)
    if counts is not None:
        counts = FurnitureCounts(len(known), len(leaked))
    return Asides(hypothesis.without(spans) if spans else hypothesis, counts, leaked)


def _blocks(reference: Side, hypothesis: Side, forms: Sequence[str]) -> list[list[Block]]:
    """The blocks that stand for each of the extra texts, all aligned at once."""
    first = len(reference.forms)
    found: list[list[Block]] = [[] for _ in forms]
    for block in align([*reference.texts, *forms], hypothesis.texts).blocks:
        if block.reference.paragraph >= first:
            found[block.reference.paragraph - first].append(block)
    return found


def _right(blocks: Sequence[Block]) -> int:
    """How many characters of the reference the blocks have right."""
    return sum(b.reference.length - sum(e.end - e.start for e in b.edits) for b in blocks)
