"""The comparison of one page with its reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.evaluate.align import Alignment, align
from digitize.evaluate.articles import article_counts
from digitize.evaluate.asides import take_out
from digitize.evaluate.cer import character_counts, confusions, script_counts
from digitize.evaluate.copies import copies_in_order
from digitize.evaluate.differences import differences
from digitize.evaluate.document import Document
from digitize.evaluate.edges import with_edges
from digitize.evaluate.figures import Figures
from digitize.evaluate.garbled import with_garbled
from digitize.evaluate.lines import compared_lines
from digitize.evaluate.mapping import mapping
from digitize.evaluate.moves import Move, kept, moves
from digitize.evaluate.order import order_counts
from digitize.evaluate.paragraphs import Paragraphs, paragraph_counts
from digitize.evaluate.profiles import DEFAULT, Profile
from digitize.evaluate.result import (
    AlignedBlock,
    ComparedParagraph,
    ComparedText,
    PageComparison,
)
from digitize.evaluate.side import Side, side


def compare(
    hypothesis: Document, reference: Document, profile: Profile = DEFAULT
) -> PageComparison:
    """Set a page's text against its reference, under a profile.

    Never raises for what the texts hold; an empty text is a text.
    """
    ours = side(reference, profile)
    asides = take_out(ours, side(hypothesis, profile), profile)
    theirs = asides.hypothesis
    alignment = aligned(ours.texts, theirs.texts)
    in_place = kept(alignment.blocks)
    moved = moves(alignment.blocks, in_place)
    found = mapping(ours.texts, theirs.texts, alignment.blocks)
    judged = paragraph_counts(ours, theirs, found)
    figures = Figures(
        character_counts(ours.texts, theirs.texts, alignment, in_place),
        order_counts(ours, found, len(moved)),
        judged.counts,
        article_counts(ours, theirs, found),
        asides.counts,
        script_counts(ours, theirs, alignment.blocks),
    )
    return PageComparison(
        hypothesis.name,
        profile.name,
        figures,
        *_texts(ours, theirs, judged),
        differences(ours, theirs, alignment, moved),
        _blocks(ours, theirs, alignment, moved),
        confusions(ours, theirs, alignment.blocks),
        asides.leaked,
        compared_lines(ours, theirs, alignment.blocks),
    )


def aligned(reference: Sequence[str], hypothesis: Sequence[str]) -> Alignment:
    """The alignment of two texts with all that their order tells: copies, garbled text, ends."""
    found = copies_in_order(align(reference, hypothesis), reference, hypothesis)
    return with_edges(with_garbled(found, reference, hypothesis))


def _texts(ours: Side, theirs: Side, judged: Paragraphs) -> tuple[ComparedText, ComparedText]:
    reference, hypothesis = _text(ours), _text(theirs)
    return (
        replace(
            reference,
            paragraphs=tuple(
                replace(paragraph, state=state)
                for paragraph, state in zip(reference.paragraphs, judged.states, strict=True)
            ),
        ),
        replace(
            hypothesis,
            paragraphs=tuple(
                replace(paragraph, invented=invented)
                for paragraph, invented in zip(hypothesis.paragraphs, judged.invented, strict=True)
            ),
        ),
    )


def _text(one: Side) -> ComparedText:
    document = one.document
    paragraphs = tuple(
        ComparedParagraph(
            document.articles[article].id,
            paragraph.role,
            paragraph.text,
            tuple((line.line_id, line.start, line.end) for line in paragraph.lines),
        )
        for paragraph, article in zip(one.paragraphs, one.article_of, strict=True)
    )
    scan = document.source.path if document.source else ""
    return ComparedText(document.name, document.kind, paragraphs, scan)


def _blocks(
    ours: Side, theirs: Side, alignment: Alignment, moved: list[Move]
) -> tuple[AlignedBlock, ...]:
    number = {i: n for n, move in enumerate(moved) for i in range(move.first, move.last + 1)}
    return tuple(
        AlignedBlock(
            ours.place(block.reference),
            theirs.place(block.hypothesis),
            block.errors,
            number.get(i),
        )
        for i, block in enumerate(alignment.blocks)
    )
