"""Made pages linked and stitched as a run would do it, under the names n0, n1, …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import made_issue as made
from made_issue import page, text

from digitize import stitching
from digitize.model import PageResult
from digitize.reflow.continuity import Continuity
from digitize.stitching import Links, ref


def named(results: Iterable[PageResult]) -> dict[str, PageResult]:
    """The results by names as a run would give them."""
    return {f"n{i}": result for i, result in enumerate(results)}


def linked(
    *results: PageResult, page_ends: bool = False, continuity: Continuity | None = None
) -> Links:
    stubs = [stitching.stub_of(r, n, i) for i, (n, r) in enumerate(named(results).items())]
    return stitching.link(stubs, page_ends, continuity)


def pairs(links: Links) -> list[tuple[str, str]]:
    return [(link.before, link.after) for link in links.links]


def stitched(*results: PageResult, page_ends: bool = False) -> list[PageResult]:
    links = linked(*results, page_ends=page_ends)
    parts = {ref(n, a.id): a for n, r in named(results).items() for a in r.articles}
    return [stitching.stitched(r, n, links, parts) for n, r in named(results).items()]


def paragraphs(result: PageResult, headline: str) -> list[str]:
    (article,) = [a for a in result.articles if a.headline == headline]
    return [p.text for p in article.paragraphs]


def chain() -> tuple[PageResult, PageResult, PageResult]:
    """A story that goes on from page 1 on page 4, and from there on page 5."""
    middle = (
        "旧码头。修渠的工程前后用了两年的时间，三个村的村民都来帮过忙，水利站的人也说渠水够三个村"
    )
    last = "用的。"
    return (
        made.front(),
        page(
            "in/p4.png",
            ["（上接第一版）", *text(made.full(middle, False), False, "（下转第五版）")],
        ),
        page("in/p5.png", ["（上接第四版）", *text(last, False), *text(made.CANAL_LAST)]),
    )


def document(*blocks: Sequence[str], path: str = "in/book.pdf") -> list[PageResult]:
    count = len(blocks)
    return [page(path, block, page_no=i, page_count=count) for i, block in enumerate(blocks)]


class Hears:
    """A language signal that knows one continuation."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after

    def score(self, before: str, after: str) -> float:
        fits = before.endswith(self._before) and after.startswith(self._after)
        return 3.0 if fits else -1.0
