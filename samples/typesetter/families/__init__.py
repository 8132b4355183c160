"""The layout families: each makes a page description from a seed and a resolution."""

from __future__ import annotations

from collections.abc import Callable

from ..sheet import Sheet
from . import blocks, front, full, old, single, turned, zaozhuang

FAMILIES: dict[str, Callable[[int, int], Sheet]] = {
    "zaozhuang-2col": zaozhuang.two_columns,
    "zaozhuang-4col": zaozhuang.four_columns,
    "one": single.one,
    "front": front.front,
    "lshape": blocks.lshape,
    "boxmid": blocks.boxmid,
    "bands": blocks.row_bands,
    "briefs": blocks.briefs,
    "vhead": turned.vhead,
    "vertical": old.vertical,
    "vmodern": turned.vmodern,
    "mixed": turned.mixed,
    "mixedmeasure": single.mixedmeasure,
    "kickers": full.kickers,
    "continued": full.continued,
}
