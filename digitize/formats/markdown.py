"""Markdown: headlines and subheadings as headings, bylines and captions in italics."""

from __future__ import annotations

import re

from digitize.formats.text import as_printed, written
from digitize.model import Article, PageResult, Paragraph, Role

_MARKS = {
    Role.HEADLINE: "## {}",
    Role.KICKER: "**{}**",
    Role.SUBTITLE: "**{}**",
    Role.SUBHEADING: "### {}",
    Role.BYLINE: "*{}*",
    Role.CAPTION: "*{}*",
    Role.TABLE: "{}",
    Role.QUOTE: "> {}",
    Role.TURN: "*{}*",
    Role.BODY: "{}",
}
# What Markdown would take for markup anywhere, and at the start of a line only.
_ANYWHERE = re.compile(r"[\\`*_<>\[\]]|&(?=[#\w]+;)|~(?=~)")
_AT_START = re.compile(r"^(?:(?=[#+=~-])|(\d+)(?=[.)](?:\s|$)))", re.MULTILINE)


def paragraph_markdown(paragraph: Paragraph) -> str:
    """One paragraph with its mark; special characters are escaped."""
    text = _ANYWHERE.sub(r"\\\g<0>", paragraph.text)
    if paragraph.role is Role.BODY:
        text = _AT_START.sub(r"\g<1>\\", text)
    return _MARKS[paragraph.role].format(text)


def article_markdown(article: Article) -> str:
    """The paragraphs of an article."""
    blocks = ("".join(paragraph_markdown(p) for p in b if p.text) for b in as_printed(article))
    return "\n\n".join(block for block in blocks if block)


def to_markdown(result: PageResult) -> str:
    """The page's articles, a rule between them; ends with a newline."""
    stories = [article_markdown(article) for article in written(result)]
    return "\n\n---\n\n".join(s for s in stories if s) + "\n" if any(stories) else ""


def article_file(result: PageResult, article: Article) -> str:
    """One article as a file."""
    del result
    return f"{article_markdown(article)}\n"
