"""Reading order, articles and paragraphs from lines of text and where they stand."""

from digitize.reflow.page import Reflowed, reflow
from digitize.reflow.paper import Paper

__all__ = ["Paper", "Reflowed", "reflow"]
