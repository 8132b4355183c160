"""Clean text: one paragraph per line, a blank line between paragraphs, two between articles."""

from __future__ import annotations

from digitize.model import Article, PageResult


def article_text(article: Article) -> str:
    """The paragraphs of an article, a blank line between them."""
    return "\n\n".join(p.text for p in article.paragraphs if p.text)


def to_text(result: PageResult) -> str:
    """The page's articles; ends with a newline, empty for an empty page."""
    stories = [article_text(article) for article in result.articles]
    return "\n\n\n".join(s for s in stories if s) + "\n" if any(stories) else ""
