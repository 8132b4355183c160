"""A format of headlines."""

from __future__ import annotations

from digitize import Format, PageResult


def shout(result: PageResult) -> str:
    """Every article's first words with an exclamation mark, a line each."""
    texts = (article.paragraphs[0].text for article in result.articles if article.paragraphs)
    return "".join(f"{text}！\n" for text in texts)


SHOUT = Format(".shout.txt", "headlines, loudly", "digitize_shout.format:shout")
