"""Borders between blocks: put right where chance let one block reach into the next.

Where a block was moved away, the text after it may begin as the text before did, by chance. The
block then holds a character too many on both sides, and its two neighbours lack one each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from digitize.evaluate.chains import Chain
from digitize.evaluate.strand import Strand


class _View(NamedTuple):
    """A strand read forwards or backwards; ``free`` is the strand's own note, not a copy."""

    text: str
    free: npt.NDArray[np.bool_]


def settled(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    """The chains with such characters given back to the blocks that lack them."""
    ours, theirs = (_View(s.text, s.free) for s in (reference, hypothesis))
    found = _given_back(chains, ours, theirs)
    back = (_View(view.text[::-1], view.free[::-1]) for view in (ours, theirs))
    sizes = len(ours.text), len(theirs.text)
    turned = _given_back([_turned(chain, *sizes) for chain in found], *back)
    return sorted(_turned(chain, *sizes) for chain in turned)


def _turned(chain: Chain, size: int, other: int) -> Chain:
    """The chain as it stands when both texts are read backwards."""
    return Chain(size - chain.r1, size - chain.r0, other - chain.h1, other - chain.h0)


def _given_back(chains: Sequence[Chain], ours: _View, theirs: _View) -> list[Chain]:
    """Shorten every chain whose end two others lack at their start, and lengthen these."""
    found = list(chains)
    by_reference = {chain.r0: i for i, chain in enumerate(found)}
    by_hypothesis = {chain.h0: i for i, chain in enumerate(found)}
    for i, chain in enumerate(chains):
        after, beside = by_reference.get(chain.r1), by_hypothesis.get(chain.h1)
        if after is None or beside is None or after == beside or i in (after, beside):
            continue
        size = _lacking(found[i], found[after], found[beside], ours, theirs)
        if size:
            found[i] = chain._replace(r0=found[i].r0, r1=chain.r1 - size,
                                      h0=found[i].h0, h1=chain.h1 - size)  # fmt: skip
            for other in (after, beside):
                late = found[other]
                found[other] = late._replace(r0=late.r0 - size, h0=late.h0 - size)
                theirs.free[late.h0 - size : late.h0] = False
                ours.free[late.r0 - size : late.r0] = False
    return found


def _lacking(chain: Chain, after: Chain, beside: Chain, ours: _View, theirs: _View) -> int:
    """How many characters at the end of ``chain`` belong to the two chains that touch it.

    ``after`` follows it in the reference and has free text before it in the hypothesis;
    ``beside`` follows it in the hypothesis and has free text before it in the reference.
    """
    if after.r0 != chain.r1 or beside.h0 != chain.h1:
        return 0
    size = 0
    longest = min(chain.r1 - chain.r0, chain.h1 - chain.h0, after.h0 + 1, beside.r0 + 1) - 1
    while size < longest:
        step = size + 1
        there, here = after.h0 - step, beside.r0 - step
        if not (theirs.free[there] and ours.free[here]):
            break
        chars = {
            ours.text[chain.r1 - step],
            theirs.text[chain.h1 - step],
            theirs.text[there],
            ours.text[here],
        }
        if len(chars) > 1:
            break
        size = step
    return size
