"""Families held aside: the pages on which reflow is judged and on which nobody tunes it."""

from __future__ import annotations

from collections.abc import Callable

from ..sheet import Sheet
from .crossed import crossed_page
from .modular import modular_page
from .simple import column_page
from .tiers import tier_page

HELD_ASIDE: dict[str, Callable[[int, int], Sheet]] = {
    "modular": modular_page,
    "columns-simple": column_page,
    "tiers": tier_page,
    "mixed-vertical": crossed_page,
}
