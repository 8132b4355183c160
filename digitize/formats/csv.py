"""CSV (RFC 4180): one article a row, under a row of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from digitize.formats.json import utf8
from digitize.formats.record import TEXT, Record, record, records
from digitize.model import Article, PageResult, Role

COLUMNS = (
    "id", "paper", "date", "page", "section", "kind", "headline", "kicker", "subtitle", "byline",
    "text", "confidence", "continued_from", "continued_on", "source", "source_page", "sha256",
    "version",
)  # fmt: skip


def page_csv(result: PageResult, page_name: str = "") -> str:
    """The articles of a page under their names; the names alone where there is no article."""
    return _table(records(result, page_name))


def article_csv(result: PageResult, article: Article) -> str:
    """One article under the names of its fields."""
    return _table([record(result, article)])


def _table(rows: Iterable[Record]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out)  # its usual dialect is RFC 4180: CRLF, quotes where they are needed
    table.writerow(COLUMNS)
    table.writerows(_row(row) for row in rows)
    return utf8(out.getvalue())


def _row(row: Record) -> tuple[str, ...]:
    head, source = row.masthead, row.source
    return (
        row.id,
        head.paper,
        head.date,
        head.page,
        head.section,
        row.kind.value,
        *(row.of(role) for role in (Role.HEADLINE, Role.KICKER, Role.SUBTITLE, Role.BYLINE)),
        row.of(*TEXT),
        "" if row.confidence is None else str(row.confidence),
        row.continued_from or "",
        row.continued_on or "",
        source.path,
        str(source.page_no + 1),
        source.sha256,
        row.versions.get("digitize", ""),
    )
