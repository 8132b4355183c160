"""What reflow did to a page, in words: every break that was repaired or left in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from digitize.errors import shown
from digitize.model import Join, PageResult

CONTEXT = 8  # characters shown on both sides of a break


def lines(result: PageResult) -> Iterator[str]:
    """A line for every join: page, paragraph, the text on both sides, why, how sure."""
    if result.page is None:
        return
    texts = {line.id: line.text.strip() for line in result.page.lines}
    page = shown(result.source.label)
    for article in result.articles:
        for paragraph in article.paragraphs:
            for join in paragraph.joins:
                yield f"{page} {paragraph.id}: joined {_told(join, texts)}"
    for doubt in result.doubts:
        done = "joined" if doubt.joined else "left apart"
        yield f"{page}: in doubt, {done} {_told(doubt, texts)}"


def _told(join: Join, texts: dict[str, str]) -> str:
    before, after = texts.get(join.before, ""), texts.get(join.after, "")
    return f"…{before[-CONTEXT:]}|{after[:CONTEXT]}… ({join.reason}; {join.score:.2f})"
