"""Pieces that no anchor holds and that still read alike: badly recognised text.

The best matching part of a longer piece is set against a shorter one, the rest of it goes back to
the others, and so on until nothing is alike any more: the way of the flexible character accuracy
(Clausner et al. 2020), here only for what is left and only for pieces with characters in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from digitize.evaluate.chains import Chain
from digitize.evaluate.edits import saved
from digitize.evaluate.strand import Strand

SHARED_BY = 16  # pieces of a side: what is in more of them tells nothing
EVIDENCE = 0.1  # of the shorter piece's characters must begin a gram that the other has too
LIKELY = 3  # pieces tried for each
MUCH = 20_000  # characters: beyond, grams of three are looked for, which cost less
LEAST = 3  # characters that a pair must save, or all of the shorter piece
SHORTEST = 2  # characters of a piece that is looked for
SHARE = 0.5  # of the shorter piece, too
PASSES = 12
LITTLE = 0.01  # of what is left: a pass that places no more is the last
LONGEST = 2_000  # characters of a piece that is searched

Span = tuple[int, int]


def similar(chains: Sequence[Chain], reference: Strand, hypothesis: Strand) -> list[Chain]:
    """Chains of what ``chains`` leave on both sides; they are claimed."""
    found: list[Chain] = []
    for _ in range(PASSES):
        ours = reference.left((c.r0, c.r1) for c in (*chains, *found))
        theirs = hypothesis.left((c.h0, c.h1) for c in (*chains, *found))
        new = _pass(_short(ours), _short(theirs), reference.text, hypothesis.text)
        for chain in new:
            reference.claim(chain.r0, chain.r1)
            hypothesis.claim(chain.h0, chain.h1)
        found += new
        if sum(c.r1 - c.r0 for c in new) <= LITTLE * sum(b - a for a, b in ours):
            break
    return found


def _short(spans: Iterable[Span]) -> list[Span]:
    return [(a, b) for a, b in spans if SHORTEST <= b - a <= LONGEST]


def _pass(ours: Sequence[Span], theirs: Sequence[Span], text: str, there: str) -> list[Chain]:
    """The best pairs, every piece in one of them at most."""
    likely = _likely([text[a:b] for a, b in ours], [there[a:b] for a, b in theirs])
    rated = [_rated(ours[i], theirs[j], text, there) for i, j in likely]
    found: list[Chain] = []
    used: set[tuple[str, Span]] = set()
    for won, chain, our, their in sorted(rated, key=lambda r: (-r[0], r[1:])):
        size = min(chain.r1 - chain.r0, chain.h1 - chain.h0)
        keys = {("reference", our), ("hypothesis", their)}
        if won >= SHARE * size and (won >= LEAST or won == size) and used.isdisjoint(keys):
            found.append(chain)
            used |= keys
    return found


def _likely(ours: Sequence[str], theirs: Sequence[str]) -> set[tuple[int, int]]:
    """For every piece of the hypothesis those that share most grams with it."""
    size = 2 if sum(map(len, theirs)) <= MUCH else 3
    holders = _holders(ours, size)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for gram, found in _holders(theirs, size).items():
        others = holders.get(gram, ())
        if len(found) <= SHARED_BY and len(others) <= SHARED_BY:
            for j in found:
                shared[j].update(others)
    likely: set[tuple[int, int]] = set()
    for j, counter in shared.items():
        enough = {
            i: count
            for i, count in counter.items()
            if count >= max(EVIDENCE * (shorter := min(len(ours[i]), len(theirs[j]))), 1)
            and (count > 1 or shorter <= size)
        }
        best = sorted(enough, key=lambda i: (-enough[i], i))[:LIKELY]
        likely.update((i, j) for i in best)
    return likely


def _holders(strings: Sequence[str], size: int) -> dict[str, list[int]]:
    """Which strings have a gram of ``size`` characters."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, string in enumerate(strings):
        for gram in dict.fromkeys(string[i : i + size] for i in range(len(string) - size + 1)):
            found[gram].append(number)
    return found


def _rated(our: Span, their: Span, text: str, there: str) -> tuple[int, Chain, Span, Span]:
    """How many characters a pair saves, and which parts of the two pieces it is made of."""
    a, b = text[slice(*our)], there[slice(*their)]
    place = fuzz.partial_ratio_alignment(a, b)
    if place is None or not _uneven(a, b):
        return saved(a, b), Chain(*our, *their), our, their
    chain = Chain(
        our[0] + place.src_start,
        our[0] + place.src_end,
        their[0] + place.dest_start,
        their[0] + place.dest_end,
    )
    return saved(text[chain.r0 : chain.r1], there[chain.h0 : chain.h1]), chain, our, their


def _uneven(a: str, b: str) -> bool:
    """Whether the longer piece has room for more than the shorter."""
    shorter, longer = sorted((len(a), len(b)))
    return longer > 1.25 * shorter + 1
