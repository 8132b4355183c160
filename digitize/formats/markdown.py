"""Markdown: headlines and subheadings as headings, bylines and captions in italics."""

from __future__ import annotations

from digitize.model import Article, PageResult, Paragraph, Role

_MARKS = {
    Role.HEADLINE: "## {}",
    Role.KICKER: "**{}**",
    Role.SUBTITLE: "**{}**",
    Role.SUBHEADING: "### {}",
    Role.BYLINE: "*{}*",
    Role.CAPTION: "*{}*",
    Role.BODY: "{}",
}
# What Markdown would take for markup at a line's start or anywhere.
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_<>"})


def paragraph_markdown(paragraph: Paragraph) -> str:
    """One paragraph with its mark; special characters are escaped."""
    text = paragraph.text.translate(_SPECIAL)
    if text[:1] in "#+-" and paragraph.role is Role.BODY:
        text = f"\\{text}"
    return _MARKS[paragraph.role].format(text)


def article_markdown(article: Article) -> str:
    """The paragraphs of an article."""
    return "\n\n".join(paragraph_markdown(p) for p in article.paragraphs if p.text)


def to_markdown(result: PageResult) -> str:
    """The page's articles, a rule between them; ends with a newline."""
    stories = [article_markdown(article) for article in result.articles]
    return "\n\n---\n\n".join(s for s in stories if s) + "\n" if any(stories) else ""
