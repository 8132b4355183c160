"""The pages of a volume as issues of papers, and the articles that run over several of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digitize.formats.text import written
from digitize.model import Article, PageResult
from digitize.source import stem
from digitize.volume.leaves import Leaf


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its name, what is printed as its number, and its articles."""

    leaf: Leaf
    number: str
    section: str
    articles: tuple[Article, ...]

    @property
    def label(self) -> str:
        """How people call the page: its printed number, or else its file's name."""
        return self.number or self.leaf.name


@dataclass(frozen=True, slots=True)
class Issue:
    """The pages of one paper and one date, or those that do not tell, in their order."""

    paper: str
    date: str
    sheets: tuple[Sheet, ...]

    @property
    def label(self) -> str:
        """Paper and date, as far as they are known."""
        return " ".join(part for part in (self.paper, self.date) if part)


def issues_of(pages: Iterable[tuple[Leaf, PageResult]]) -> list[Issue]:
    """The issues in the order in which their first pages come.

    A page that names neither paper nor date belongs to the issue before it: inner pages often
    have neither.
    """
    sheets: dict[tuple[str, str], list[Sheet]] = {}
    at = ("", "")
    for leaf, result in pages:
        head = result.masthead
        if head.paper or head.date:
            same = at[1] == head.date and (not head.paper or not at[0])
            at = (head.paper or at[0], head.date) if same else (head.paper, head.date)
        sheets.setdefault(at, []).append(
            Sheet(leaf, head.page, head.section, tuple(written(result)))
        )
    return [Issue(paper, date, tuple(found)) for (paper, date), found in sheets.items()]


def title_of(issues: list[Issue]) -> str:
    """What the whole volume is called."""
    papers = list(dict.fromkeys(issue.paper for issue in issues if issue.paper))
    dates = sorted(issue.date for issue in issues if issue.date)
    span = dates[:1] if len(set(dates)) < 2 else [dates[0], "–", dates[-1]]
    named = " ".join(part for part in ("、".join(papers), "".join(span)) if part)
    if named or not issues:
        return named or "digitize"
    return stem(issues[0].sheets[0].leaf.source)
