"""Line-level ground truth: the text of a plain reference given to the lines of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from digitize.evaluate.compare import aligned
from digitize.evaluate.document import Document
from digitize.evaluate.documents import by_lines
from digitize.evaluate.lines import LineText, line_texts
from digitize.evaluate.profiles import DEFAULT, Profile
from digitize.evaluate.side import Side, side
from digitize.model import Article, Glyph, Line, Page, PageResult, Paragraph, Role

LEAST = 2  # characters of the reference that are told of when no line has them


@dataclass(frozen=True, slots=True)
class LineTruth:
    """A page whose lines say what the reference says.

    ``without_text`` are the lines that the reference has nothing for; they are not in ``result``.
    ``without_line`` are the parts of the reference that no line has.
    """

    result: PageResult
    without_text: tuple[Line, ...]
    without_line: tuple[str, ...]


def line_truth(result: PageResult, reference: Document, profile: Profile = DEFAULT) -> LineTruth:
    """Give every line of ``result`` its part of ``reference``; ValueError without lines.

    Lines are found by their text, in whatever order they were read. Articles and paragraphs are
    those of the reference; glyphs keep their places where as many characters are expected.
    """
    page = result.page
    if page is None or not page.lines:
        raise ValueError("it has no lines")
    ours, theirs = side(reference, profile), side(by_lines(page, "lines"), profile)
    alignment = aligned(ours.texts, theirs.texts)
    texts = line_texts(ours, theirs, alignment.blocks)
    known = {i: text for i, text in texts.items() if text.known}
    left = (ours.original(ours.place(s)).strip() for s in alignment.omitted)
    return LineTruth(
        _result(result, page, ours, known),
        tuple(line for line in page.lines if line.id not in known),
        tuple(text for text in left if len(text) >= LEAST),
    )


def _result(
    result: PageResult, page: Page, reference: Side, known: Mapping[str, LineText]
) -> PageResult:
    order = sorted(known, key=lambda i: known[i].parts[0])
    lines = {
        line.id: _line(line, known[line.id].text(reference))
        for line in page.lines
        if line.id in known
    }
    regions = tuple(
        replace(region, line_ids=tuple(i for i in region.line_ids if i in known))
        for region in page.regions
    )
    changed = replace(page, lines=tuple(lines.values()), regions=regions, order=tuple(order))
    owned: dict[int, list[str]] = {}
    for line_id in order:
        owned.setdefault(known[line_id].parts[0].paragraph, []).append(line_id)
    return replace(
        result, page=changed, articles=_articles(reference, owned), furniture=(), errors=()
    )


def _line(line: Line, text: str) -> Line:
    characters = [char for char in text if not char.isspace()]
    glyphs: tuple[Glyph, ...] = ()
    if len(characters) == len(line.glyphs):
        pairs = zip(line.glyphs, characters, strict=True)
        glyphs = tuple(replace(glyph, text=char, confidence=1.0) for glyph, char in pairs)
    return replace(line, text=text, confidence=1.0, glyphs=glyphs)


def _articles(reference: Side, owned: Mapping[int, list[str]]) -> tuple[Article, ...]:
    """The reference's articles; every paragraph with the lines that begin in it."""
    drafts: dict[int, list[Paragraph]] = {}
    for number, (paragraph, article) in enumerate(
        zip(reference.paragraphs, reference.article_of, strict=True)
    ):
        found = drafts.setdefault(article, [])
        name = f"a{article + 1}p{len(found) + 1}"
        role = Role(paragraph.role) if paragraph.role in set(Role) else Role.BODY
        found.append(Paragraph(name, role, paragraph.text, tuple(owned.get(number, ()))))
    return tuple(Article(f"a{n + 1}", tuple(found)) for n, found in drafts.items())
