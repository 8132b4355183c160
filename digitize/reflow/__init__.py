"""Reading order, articles and paragraphs from lines of text and where they stand."""

from digitize.reflow.page import Reflowed, reflow

__all__ = ["Reflowed", "reflow"]
