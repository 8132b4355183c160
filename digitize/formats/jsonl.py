"""JSON Lines: one article a line, the form in which corpora are built."""

from __future__ import annotations

import json

from digitize.formats.json import utf8
from digitize.formats.record import TEXT, Record, record, records
from digitize.model import Article, PageResult, Role, Source

# Line ends for some readers, though not in JSON: they are written as escapes.
_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"})


def page_jsonl(result: PageResult, page_name: str = "") -> str:
    """The articles of a page, a line each; empty where there is none."""
    return "".join(_line(row) for row in records(result, page_name))


def article_jsonl(result: PageResult, article: Article) -> str:
    """One article as one line."""
    return _line(record(result, article))


def _origin(source: Source) -> dict[str, str | int]:
    """Where an article stands: of a scan of two pages which of these as well."""
    half = {"half": source.half.side} if source.half else {}
    return {"path": source.path, "page": source.page_no + 1, **half, "sha256": source.sha256}


def _line(row: Record) -> str:
    head = row.masthead
    data = {
        "id": row.id,
        "paper": head.paper,
        "date": head.date,
        "page": head.page,
        "section": head.section,
        "kind": row.kind.value,
        "headline": row.of(Role.HEADLINE),
        "kicker": row.of(Role.KICKER),
        "subtitle": row.of(Role.SUBTITLE),
        "byline": row.of(Role.BYLINE),
        "text": row.of(*TEXT),
        "paragraphs": [{"role": p.role.value, "text": p.text} for p in row.paragraphs],
        "confidence": row.confidence,
        "continued_from": row.continued_from,
        "continued_on": row.continued_on,
        "source": _origin(row.source),
        "versions": {key: row.versions[key] for key in sorted(row.versions)},
    }
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return utf8(text.translate(_LINE_ENDS)) + "\n"
