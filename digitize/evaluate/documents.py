"""Documents from what is known of a page: our results, pages of lines, plain text, set truth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from digitize.evaluate.document import Document, TextArticle, TextParagraph
from digitize.formats.line_spans import line_spans
from digitize.formats.text import as_printed, written
from digitize.model import Article, Line, Page, PageResult, Paragraph, RegionKind
from digitize.text import join

FEW_BLOCKS = 3  # fewer blank-line blocks: the file has a paragraph a line
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_RULE = re.compile(r"^\s{0,3}(?:-\s*){3,}$|^\s{0,3}(?:\*\s*){3,}$", re.MULTILINE)
_HEAD = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_STORY = 2  # marks of a Markdown heading that begins a story; more of them are subheadings
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"^(?P<mark>\*\*|__|\*|_)(?P<text>.+)(?P=mark)$", re.DOTALL)


def from_result(result: PageResult, name: str) -> Document:
    """What digitize wrote of a page; the text is that of its text output."""
    page = result.page
    lines = {line.id: line for line in page.lines} if page else {}
    return Document(
        name,
        "json",
        tuple(_article(article, lines) for article in written(result)),
        divided=True,
        furniture=tuple(item.text for item in result.furniture),
        page=page,
        source=result.source,
    )


def _article(article: Article, lines: Mapping[str, Line]) -> TextArticle:
    blocks = (_block(block, lines) for block in as_printed(article))
    return TextArticle(article.id, tuple(block for block in blocks if block.text.strip()))


def _block(block: Sequence[Paragraph], lines: Mapping[str, Line]) -> TextParagraph:
    text = "".join(paragraph.text for paragraph in block)
    known = [lines[i] for paragraph in block for i in paragraph.line_ids if i in lines]
    return TextParagraph(
        text,
        str(block[0].role),
        line_spans(text, known),
        any(paragraph.joins for paragraph in block),
    )


def from_page(page: Page, name: str, kind: str) -> Document:
    """A page of lines in reading order; its regions are the paragraphs."""
    region_of = {i: region for region in page.regions for i in region.line_ids}
    lines = {line.id: line for line in page.lines}
    groups: list[tuple[str, list[Line]]] = []
    outside: dict[str, list[Line]] = {}
    for line_id in dict.fromkeys((*page.order, *lines)):
        region = region_of.get(line_id)
        owner = region.id if region else line_id
        if region is not None and region.kind is RegionKind.FURNITURE:
            outside.setdefault(owner, []).append(lines[line_id])
        elif groups and groups[-1][0] == owner:
            groups[-1][1].append(lines[line_id])
        else:
            groups.append((owner, [lines[line_id]]))
    paragraphs = tuple(_lines_paragraph(group) for _, group in groups)
    return Document(
        name,
        kind,
        (TextArticle("", tuple(p for p in paragraphs if p.text.strip())),),
        furniture=tuple(join([line.text for line in group]) for group in outside.values()),
        page=page,
    )


def _lines_paragraph(lines: Sequence[Line]) -> TextParagraph:
    text = join([line.text for line in lines])
    return TextParagraph(text, lines=line_spans(text, lines))


def by_lines(page: Page, name: str) -> Document:
    """A page with every line as a paragraph of its own, furniture too."""
    lines = {line.id: line for line in page.lines}
    order = [i for i in dict.fromkeys((*page.order, *lines)) if i in lines]
    paragraphs = tuple(_lines_paragraph([lines[i]]) for i in order)
    return Document(name, "lines", (TextArticle("", paragraphs),), page=page)


def from_text(text: str, name: str) -> Document:
    """Plain text: paragraphs at blank lines, articles at two or more blank lines.

    Lines within a paragraph are put together. A file that has hardly any blank lines has a
    paragraph in every line.
    """
    plain = _BREAKS.sub("\n", text.replace("\f", "\n\n").lstrip("\ufeff"))
    blocks = [b for b in re.split(r"\n[^\S\n]*\n\s*", plain) if b.strip()]
    if len(blocks) < FEW_BLOCKS:
        lines = [line for line in plain.split("\n") if line.strip()]
        return Document(name, "txt", (_plain_article("a1", lines),))
    stories = [s for s in re.split(r"(?:\n[^\S\n]*){3,}", plain) if s.strip()]
    divided = 1 < len(stories) < len(blocks)
    articles = [
        _plain_article(f"a{i}", re.split(r"\n[^\S\n]*\n\s*", story))
        for i, story in enumerate(stories if divided else [plain], 1)
    ]
    return Document(name, "txt", tuple(articles), divided)


def _plain_article(number: str, blocks: Iterable[str]) -> TextArticle:
    texts = (join(block.split("\n")) for block in blocks)
    return TextArticle(number, tuple(TextParagraph(text) for text in texts if text.strip()))


def from_markdown(text: str, name: str) -> Document:
    """Markdown: articles at rules, or at headings of the first two kinds where there are none."""
    plain = _BREAKS.sub("\n", text.lstrip("\ufeff"))
    ruled = _RULE.search(plain) is not None
    stories: list[list[TextParagraph]] = [[]]
    for part in _RULE.split(plain):
        stories.append([])
        for block in re.split(r"\n[^\S\n]*\n\s*", part):
            paragraph, level = _markdown_paragraph(block)
            if not ruled and 0 < level <= _STORY:
                stories.append([])
            if paragraph.text.strip():
                stories[-1].append(paragraph)
    articles = [story for story in stories if story]
    made = tuple(TextArticle(f"a{i}", tuple(story)) for i, story in enumerate(articles, 1))
    return Document(name, "md", made, divided=len(made) > 1)


def _markdown_paragraph(block: str) -> tuple[TextParagraph, int]:
    """A block without its marks, and the level of its heading (0 for none)."""
    text, role, level = join(block.strip("\n").split("\n")), "body", 0
    if head := _HEAD.match(text):
        level, text = len(head[1]), head[2]
        role = "headline" if level <= _STORY else "subheading"
    while emphasis := _EMPHASIS.match(text):
        text = emphasis["text"]
    return TextParagraph(_ESCAPED.sub(r"\1", text), role), level


def from_truth(data: Mapping[str, Any], name: str) -> Document:
    """Set truth, as the typesetter writes it; raises ValueError for other data.

    Captions, advertisements, tables and turn lines are asides. A paragraph in two frames is cut.
    """
    try:
        articles = tuple(_true_article(i, a) for i, a in enumerate(data["articles"], 1))
        asides = [*data.get("captions", ()), *data.get("adverts", ())]
        asides += ["".join(row) for table in data.get("tables", ()) for row in table["rows"]]
        turns = [a.get(n) for a in data["articles"] for n in ("continued_from", "continued_on")]
        asides += [turn for turn in turns if turn]
        furniture = tuple(str(item["text"]) for item in data.get("furniture", ()))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no truth of a page: {type(error).__name__} {error}") from error
    return Document(
        name, "truth", articles, divided=True, aside=tuple(map(str, asides)), furniture=furniture
    )


def _true_article(number: int, article: Mapping[str, Any]) -> TextArticle:
    roles = ("kicker", "headline", "subtitle", "byline")
    heads = [TextParagraph(str(article[r]), r) for r in roles if article.get(r)]
    frames: dict[int, int] = {}
    for frame in article.get("frames", ()):
        for part in {fragment["p"] for fragment in frame["fragments"]}:
            frames[part] = frames.get(part, 0) + 1
    body = [
        TextParagraph(
            str(paragraph["text"]),
            "subheading" if paragraph.get("sub") else "body",
            cut=frames.get(i, 0) > 1,
        )
        for i, paragraph in enumerate(article["paragraphs"])
    ]
    return TextArticle(f"a{number}", (*heads, *body))
