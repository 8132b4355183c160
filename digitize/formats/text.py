"""Clean text: one paragraph per line, a blank line between paragraphs, two between articles."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.model import Article, PageResult, Paragraph, Role


def article_text(article: Article) -> str:
    """The paragraphs of an article, a blank line between them."""
    blocks = ("".join(p.text for p in block) for block in as_printed(article))
    return "\n\n".join(block for block in blocks if block)


def to_text(result: PageResult) -> str:
    """The page's articles; ends with a newline, empty for an empty page."""
    stories = [article_text(article) for article in written(result)]
    return "\n\n\n".join(s for s in stories if s) + "\n" if any(stories) else ""


def article_file(result: PageResult, article: Article) -> str:
    """The text of one article as a file."""
    del result
    return f"{article_text(article)}\n"


def written(result: PageResult) -> Sequence[Article]:
    """The articles whose text is written with this page, and not with another."""
    return [article for article in result.articles if article.stitched_to is None]


def as_printed(article: Article) -> list[list[Paragraph]]:
    """The paragraphs, each with the turn line that is printed in one row with it."""
    blocks: list[list[Paragraph]] = []
    leading = False
    for paragraph in article.paragraphs:
        shares = paragraph.role is Role.TURN and not paragraph.line_ids
        comes = article.turn_from is not None and paragraph.text == article.turn_from.text
        if blocks and (leading or (shares and not comes)):
            blocks[-1].append(paragraph)
        else:
            blocks.append([paragraph])
        leading = shares and comes
    return blocks
