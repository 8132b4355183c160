"""Pages that other programs have read, made ready for reflow."""

from digitize.foreign.page import adopted
from digitize.foreign.picture import is_of

__all__ = ["adopted", "is_of"]
