"""What the settings say of a page's paper, as reflow takes it."""

from __future__ import annotations

from digitize.geometry import WritingMode
from digitize.options import LayoutOptions, RunOptions
from digitize.reflow import Paper

_MODES = {"horizontal": WritingMode.HORIZONTAL, "vertical": WritingMode.VERTICAL}


def paper_of(options: RunOptions) -> Paper:
    """The paper that the options describe."""
    return Paper(options.reflow.paper, options.reflow.furniture, mode_of(options.layout))


def mode_of(options: LayoutOptions) -> WritingMode | None:
    """The direction in which a page's text runs; None where the page is to show it."""
    return _MODES.get(options.writing_mode)
