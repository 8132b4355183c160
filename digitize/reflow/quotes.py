"""Pull quotes: words of a story set large in the middle of its column, which runs on below.

They are told from subheadings by the text around them, which goes on in mid-sentence, and by
saying again what the story says. They leave the column, with the rules above and below them, and
stand at the end of their story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow.fragments import Fragment, page_indents
from digitize.reflow.rows import Row, Scene

ROWS = 6  # of a quotation; longer ones are stories
REACH = 6.0  # em between it and the text above or below
SLACK = 1.2  # em by which the columns above and below may differ in their edges
RULE = 4.0  # em between it and its rules
INSET = 1.0  # em that its rules may stick out of the column
SET_IN = 1.2  # em: the row below starts a paragraph
SPACE = 1.0  # em above and below a quotation without rules
BYLINE = 2.5  # em between a headline and its byline
LARGER = 1.1  # of the body em
SAID = 8  # characters that are said elsewhere on the page


def find(pieces: Sequence[Fragment], scene: Scene) -> frozenset[Fragment]:
    """The fragments that interrupt a column of ``pieces``."""
    said = [(f, chars.plain(f.text)) for f in pieces]
    return frozenset(f for f in pieces if _interrupts(f, pieces, scene, said))


def without_rules(scene: Scene, found: frozenset[Fragment]) -> Scene:
    """The scene without the rules and frames around the quotations ``found``."""
    across = tuple(r for r in scene.across if not any(_near(r, f) for f in found))
    frames = tuple(x for x in scene.frames if not any(_around(x, f, scene) for f in found))
    return replace(scene, across=across, frames=frames)


def _near(rule: Box, quote: Fragment) -> bool:
    """Whether a rule stands above or below a quotation and is hardly wider than it."""
    gap = max(quote.box.y0 - rule.y1, rule.y0 - quote.box.y1)
    inside = quote.box.grown((RULE + INSET) * quote.em, 0)
    return gap < RULE * quote.em and inside.x0 <= rule.x0 and rule.x1 <= inside.x1


def _around(frame: Box, quote: Fragment, scene: Scene) -> bool:
    return frame.contains(quote.box.center) and len(_inside(frame, scene)) <= len(quote.rows)


def _interrupts(
    f: Fragment, pieces: Sequence[Fragment], scene: Scene, said: Sequence[tuple[Fragment, str]]
) -> bool:
    if f.cross or len(f.rows) > ROWS or len(f.text) < 2:
        return False
    if _boxed_with_others(f, scene) or any(
        chars.is_byline(g.text) and _right_under(g, f) for g in pieces
    ):
        return False  # a boxed story; a headline, with who wrote its story
    above, below = _column(f, pieces, scene)
    if above is not None and below is not None:
        apart = _one_column(above, below, scene.em) and _stands_out(f, above, below, scene)
        return apart and (_between(above, below, scene) or _repeated(f, said))
    if not (_ruled(f, scene) and f.em > LARGER * scene.em):
        return False
    # Between rules no heading stands under an open sentence, or over the middle of one.
    foot = above is not None and (
        not chars.ends_sentence(above.rows[-1].text) or _repeated(f, said)
    )
    top = below is not None and not _set_in(below, below.box, scene.em)
    return foot or (top and page_indents(pieces, scene.em))


def _between(above: Fragment, below: Fragment, scene: Scene) -> bool:
    """Whether their column goes on from ``above`` to ``below`` in mid-sentence."""
    last = above.rows[-1].text
    column = Box.around([above.box, below.box])
    full = column.x1 - above.rows[-1].box.x1 < SLACK * scene.em
    open_end = chars.goes_on(last) or (full and not chars.ends_sentence(last))
    return open_end and not _set_in(below, column, scene.em)


def _stands_out(f: Fragment, above: Fragment, below: Fragment, scene: Scene) -> bool:
    """Whether ``f`` is set between rules, or large with space around it."""
    spaced = min(f.box.y0 - above.box.y1, below.box.y0 - f.box.y1) > SPACE * scene.em
    return _ruled(f, scene) or (spaced and f.em > LARGER * scene.em)


def _ruled(f: Fragment, scene: Scene) -> bool:
    return sum(_near(rule, f) for rule in scene.across) >= 2


def _boxed_with_others(f: Fragment, scene: Scene) -> bool:
    """Whether a frame holds ``f`` and more text: its sides are no rules of a quotation."""
    around = [x for x in scene.frames if x.contains(f.box.center)]
    return any(len(_inside(frame, scene)) > len(f.rows) for frame in around)


def _inside(frame: Box, scene: Scene) -> list[Row]:
    return [row for row in scene.rows if frame.contains(row.box.center)]


def _right_under(g: Fragment, f: Fragment) -> bool:
    gap = g.box.y0 - f.box.y1
    return -g.em < gap < BYLINE * g.em and g.box.overlap_x(f.box) > 0


def _set_in(f: Fragment, column: Box, em: float) -> bool:
    """Whether the first row of ``f`` starts a paragraph of its column."""
    return f.rows[0].box.x0 - column.x0 > SET_IN * em


def _column(
    f: Fragment, pieces: Sequence[Fragment], scene: Scene
) -> tuple[Fragment | None, Fragment | None]:
    """The body text right above and right below ``f``, each as wide as it at least."""
    em, box = scene.em, f.box
    column = [
        g
        for g in pieces
        if g is not f
        and not g.cross
        and not chars.is_byline(g.text)
        and abs(g.em / em - 1) < 0.2
        and g.box.x0 - em <= box.x0
        and box.x1 <= g.box.x1 + em
    ]
    above = [g for g in column if -em < box.y0 - g.box.y1 < REACH * em]
    below = [g for g in column if -em < g.box.y0 - box.y1 < REACH * em]
    return (
        max(above, key=lambda g: g.box.y1, default=None),
        min(below, key=lambda g: g.box.y0, default=None),
    )


def _one_column(above: Fragment, below: Fragment, em: float) -> bool:
    a, b = above.box, below.box
    left = abs(a.x0 - b.x0) < (SLACK + 2 * (min(len(above.rows), len(below.rows)) < 2)) * em
    right = abs(a.x1 - b.x1) < SLACK * em or min(len(above.rows), len(below.rows)) < 2
    return left and right


def _repeated(f: Fragment, said: Sequence[tuple[Fragment, str]]) -> bool:
    """Whether the words of a quotation stand elsewhere in the text as well."""
    words = chars.plain(f.text).strip("“”\"'「」『』…—")
    if len(words) < SAID:
        return False
    middle = (len(words) - SAID) // 2
    return any(words[middle : middle + SAID] in text for g, text in said if g is not f)
