"""Pages that other programs have read, made ready for reflow."""

from digitize.foreign.page import adopted

__all__ = ["adopted"]
