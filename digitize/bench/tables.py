"""What was measured as tables to read, and as data."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digitize import __version__
from digitize.bench.machine import cores, load
from digitize.bench.model import BenchPage, Results, Summary
from digitize.evaluate.record import figures_record

SCHEMA = "digitize-bench/1"
HEADS = (
    "", "start s", "s/page", "pages/min", "CPU s/page",
    "MB parent", "worker", "program", "together", "CER", "free", "joined",
)  # fmt: skip
LEGEND = """\
start: a run with nothing to read; not in s/page. CPU: of all processes. MB: the most at one time,
of the largest process of its kind and of all together. CER: edits / characters, in order. free:
the same wherever paragraphs stand. joined: paragraphs cut by a column's end, whole again."""
TOTAL = "total"
AGAINST = "s/page (with its start) against"

Rows = Sequence[Sequence[str]]


def told(found: Results) -> str:
    """Everything as text: the table, the stages, the ratios, what more processes give."""
    rows = [_row(one) for one in (*found.ours, *found.peers)]
    parts = [_head(found.pages), _table([HEADS, *rows]), LEGEND]
    if stages := _stages(found.ours):
        rows = [[s.name, *(f"{s.stages.get(n, 0):.2f}" for n in stages)] for s in found.ours]
        parts.append(_table([["seconds a page", *stages], *rows]))
    if found.ours and found.peers:
        rows = [[a.name, *(_ratio(a, b) for b in found.peers)] for a in found.ours]
        parts.append(_table([[AGAINST, *(p.name for p in found.peers)], *rows]))
    if found.scaling:
        parts.append("\n".join(str(one) for one in found.scaling))
    return "\n\n".join(parts)


def record(found: Results) -> dict[str, Any]:
    """The same as data: "schema": "digitize-bench/1"."""
    return {
        "schema": SCHEMA,
        "digitize": __version__,
        "machine": {"cores": cores(), "processor": platform.machine(), "load": load()},
        "rounds": found.rounds,
        "pages": [{"name": p.name, "size": p.size, "reference": p.reference} for p in found.pages],
        "ours": [_summary(s) for s in found.ours],
        "peers": [_summary(s) for s in found.peers],
        "ratios": {a.name: {b.name: _ratios(a, b) for b in found.peers} for a in found.ours},
        "scaling": [asdict(one) for one in found.scaling],
    }


def _stages(found: Sequence[Summary]) -> list[str]:
    """The stages that took any time, in the order of the pipeline; their sum last."""
    names = list(dict.fromkeys(n for one in found for n, s in one.stages.items() if s > 0))
    return sorted(names, key=lambda name: name == TOTAL)


def _head(pages: Sequence[BenchPage]) -> str:
    area = sum(w * h for w, h in (p.size for p in pages)) / len(pages) / 1e6
    return f"{counted(len(pages))} of {area:.1f} megapixels; {cores()} cores, load {load():.1f}"


def counted(pages: int) -> str:
    """How many pages, in words."""
    return "1 page" if pages == 1 else f"{pages} pages"


def _summary(one: Summary) -> dict[str, Any]:
    data = asdict(one)
    data["pages_per_minute"] = one.pages_per_minute
    data["figures"] = None if one.figures is None else figures_record(one.figures)
    return data


def _ratios(a: Summary, b: Summary) -> dict[str, float]:
    return {
        "seconds": a.seconds / b.seconds,
        "with_start": a.whole / b.whole,
        "cpu": a.cpu / b.cpu,
    }


def _ratio(a: Summary, b: Summary) -> str:
    ratios = _ratios(a, b)
    return f"{ratios['seconds']:.2f} ({ratios['with_start']:.2f})"


def _row(one: Summary) -> list[str]:
    memory = one.memory
    sizes = (memory.parent, memory.workers, memory.programs, memory.together)
    return [
        one.name,
        f"{one.start:.1f}",
        f"{one.seconds:.2f}",
        f"{one.pages_per_minute:.1f}",
        f"{one.cpu:.2f}",
        *(f"{size:.0f}" if size else "-" for size in sizes),
        *_accuracy(one),
    ]


def _accuracy(one: Summary) -> list[str]:
    if one.figures is None:
        return ["-", "-", "-"]
    characters = one.figures.characters.rates
    joined = one.figures.paragraphs.rates["rejoined"]
    shown = [characters["cer"], characters["order_free_cer"], joined]
    return ["-" if value is None else f"{value:.4f}" for value in shown]


def _table(rows: Rows) -> str:
    """Columns aligned: names to the left, figures to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
