"""The alignment of two texts that does not depend on the order of their paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digitize.evaluate.blocks import blocks, identical
from digitize.evaluate.chains import Chain
from digitize.evaluate.edits import Edit, alike
from digitize.evaluate.leftovers import cheapest, rest_cost, small
from digitize.evaluate.long_pairs import cost, pair_edits
from digitize.evaluate.strand import Strand, Stretch

# Non-characters, which normalised texts never hold: they end the paragraphs of a strand.
_MARKS = ("\ufffe", "\uffff")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the reference and the stretch of the hypothesis that stands for it.

    ``edits`` are counted from the starts of the two stretches.
    """

    reference: Stretch
    hypothesis: Stretch
    edits: tuple[Edit, ...] = ()

    @property
    def errors(self) -> int:
        """Characters to edit within the block."""
        return cost(list(self.edits))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Blocks in the order of the reference; what is left of either side; the errors in all.

    ``errors`` is the order-free distance: the edits within the blocks and, for what stands in no
    block, the cheapest way to turn the one side's rest into the other's.
    """

    blocks: tuple[Block, ...]
    omitted: tuple[Stretch, ...]
    inserted: tuple[Stretch, ...]
    errors: int


def align(reference: Sequence[str], hypothesis: Sequence[str]) -> Alignment:
    """Set the paragraphs of ``hypothesis`` against those of ``reference``, in whatever order.

    The errors are a matter of the two collections of paragraphs: in another order they are the
    same. Two ways are tried, by blocks that may be parts of paragraphs and by whole paragraphs,
    and the cheaper one is taken. The idea, character errors without order errors, is that of the
    flexible character accuracy (Clausner, Pletschacher, Antonacopoulos, Pattern Recognition
    Letters 131, 2020); the way is another: unique matches and best assignments where that measure
    pairs lines greedily under many weightings.
    """
    ours, theirs = Strand(reference, _MARKS[0]), Strand(hypothesis, _MARKS[1])
    found = _alignment(blocks(ours, theirs), ours, theirs)
    if found.errors == _fewest(reference, hypothesis) or not small(ours.texts, theirs.texts):
        return found
    whole = _by_paragraphs(ours, theirs)
    return whole if whole.errors < found.errors else found


def _fewest(reference: Sequence[str], hypothesis: Sequence[str]) -> int:
    """Errors that no alignment can avoid: characters that the other side has not at all."""
    ours, theirs = Counter("".join(reference)), Counter("".join(hypothesis))
    return max((ours - theirs).total(), (theirs - ours).total())


def _alignment(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> Alignment:
    found = [_block(chain, reference, hypothesis) for chain in chains]
    omitted = reference.left((c.r0, c.r1) for c in chains)
    inserted = hypothesis.left((c.h0, c.h1) for c in chains)
    rest = rest_cost(
        [reference.text[a:b] for a, b in omitted], [hypothesis.text[a:b] for a, b in inserted]
    )
    return Alignment(
        tuple(sorted(found, key=lambda b: b.reference)),
        tuple(sorted(reference.stretch(*span) for span in omitted)),
        tuple(sorted(hypothesis.stretch(*span) for span in inserted)),
        sum(block.errors for block in found) + rest,
    )


def _block(chain: Chain, reference: Strand, hypothesis: Strand) -> Block:
    text, there = reference.text[chain.r0 : chain.r1], hypothesis.text[chain.h0 : chain.h1]
    edits = () if text == there else tuple(pair_edits(text, there))
    stretch = reference.stretch(chain.r0, chain.r1)
    return Block(stretch, hypothesis.stretch(chain.h0, chain.h1), edits)


def _by_paragraphs(reference: Strand, hypothesis: Strand) -> Alignment:
    """Whole paragraphs one to one, as they cost least in all."""
    chains = identical(reference, hypothesis)
    ours = reference.left((c.r0, c.r1) for c in chains)
    theirs = hypothesis.left((c.h0, c.h1) for c in chains)
    texts = [reference.text[a:b] for a, b in ours]
    there = [hypothesis.text[a:b] for a, b in theirs]
    chains += [
        Chain(*ours[i], *theirs[j])
        for i, j, _ in cheapest(texts, there)
        if alike(texts[i], there[j])
    ]
    return _alignment(sorted(chains), reference, hypothesis)
