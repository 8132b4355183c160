"""Lines that stand in photographs: they belong to no story and say nothing of the page."""

from __future__ import annotations

from dataclasses import replace

from digitize.model import SCENE_TEXT, Furniture, Page


def parted(page: Page) -> tuple[Page, tuple[Furniture, ...]]:
    """``page`` without its scene text, and that as pieces of furniture, from the top."""
    ids = page.scene_text
    if not ids:
        return page, ()
    kept = tuple(line for line in page.lines if line.id not in ids)
    found = [line for line in page.lines if line.id in ids and line.text.strip()]
    found.sort(key=lambda line: (line.polygon.box.y0, line.polygon.box.x0, line.id))
    pieces = tuple(Furniture(line.text.strip(), (line.id,), SCENE_TEXT) for line in found)
    return replace(page, lines=kept), pieces
