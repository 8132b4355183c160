"""The options of ``digitize run`` that are keys of ``digitize.toml``.

``digitize config`` takes them too, to show what they would do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from digitize.cli.grouped import section
from digitize.cli.settings import FROM_FILE, TEXT, setting, several
from digitize.cli.steps import BEFORE_READING
from digitize.cli.suggestions import engines, formats, suggesting

_SECTIONS = (
    section(
        "What is written",
        several(
            "output.formats", "-f", "--format", metavar="NAME", shell_complete=suggesting(formats)
        ),
        setting("output.overlay", "--overlay/--no-overlay"),
        setting("output.stitch", "--stitch/--no-stitch"),
        setting("output.split_articles", "--split-articles/--no-split-articles"),
    ),
    section(
        "Inputs",
        setting("input.pdf_text", "--pdf-text"),
        setting("input.spread", "--spread"),
        setting("input.file_group", "--file-grp", metavar="GROUP"),
    ),
    BEFORE_READING,
    section(
        "Reading",
        setting("ocr.engine", "--engine", metavar="NAME", shell_complete=suggesting(engines)),
        several("ocr.languages", "-l", "--lang", metavar="LANG"),
        setting("layout.writing_mode", "--writing-mode"),
    ),
    section(
        "After reading",
        setting("reflow.mode", "--reflow"),
        setting("reflow.paper", "--paper", metavar="NAME"),
        setting("reflow.furniture", "--furniture", multiple=True, metavar="PATTERN"),
        setting("output.low_confidence", "--low-confidence", metavar="X"),
    ),
    TEXT,
    section(
        "The run",
        setting("batch.jobs", "-j", "--jobs", metavar="N|auto"),
        setting("batch.timeout", "--timeout", metavar="SECONDS"),
        setting("batch.memory", "--memory", metavar="MB"),
        setting("batch.retries", "--retries", metavar="N"),
        setting("batch.pages_per_worker", "--pages-per-worker", metavar="N"),
        setting("batch.max_failed", "--max-failed", metavar="N|P%"),
        setting("batch.cluster", "--cluster", metavar="ADDRESS"),
    ),
    FROM_FILE,
)


def run_settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command all of these options."""
    return reduce(lambda made, add: add(made), reversed(_SECTIONS), function)
