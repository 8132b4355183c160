"""Which fragment follows which: every successor chosen together, at the least total cost.

For each pair of fragments a cost says how unlikely it is that the second goes on where the first
breaks off: by geometry (below it in the column; at the top of the next column; under the same
head, inside the same frame; across rules never), by type (size, measure) and by the state of the
paragraph (an open end asks for an unindented start). Starting and ending a story have costs too.
The successors are then one minimum-cost assignment (Kuhn 1955), which is a minimum-cost path cover
once cycles are cut; so one misplaced fragment cannot derail the page as it does for a greedy
reader, for a recursive XY-cut (Nagy and Seth 1984) or for a topological sort of pairwise relations
(Breuel 2003). Limits: a story that jumps over several others without a cue but its text is joined
only if no nearer end is open; the weights were set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from digitize import text as chars
from digitize.geometry import Box
from digitize.reflow.breaks import HEADING_SHORT, bounded
from digitize.reflow.columns import Place
from digitize.reflow.continuity import Means
from digitize.reflow.edges import Edges
from digitize.reflow.fragments import Fragment
from digitize.reflow.rows import Scene

NEVER = 1e4
MOST = 1500  # fragments of a page; one of 400 megapixels in small type has about 500
ROUNDS = 20  # a page has three cycles at most; one whose lines lie on each other has hundreds
OTHER_FRAME = 30.0  # a boxed story does not run on outside its box
BELOW = 0.3  # the next piece down the column, a picture or subheading apart
NEXT_COLUMN = 0.8  # foot of a column to the head of the next one
SECOND_BELOW = 3.0  # below it, but something else is nearer
RULED = 2.2  # a short rule between the two: an ornament or the end of a brief
CLOSED = 2.5  # more, where the rule sticks out of the column
WRAP = 4.5  # right end of one band to the left of the next
SKIPPED = 2.5  # each column's width that is skipped
SAME_HEAD = -1.5  # both columns start under one head
FOOT = 1.5  # a heading at the foot of a column, its text at the head of the next
OTHER_HEAD = 6.0  # the next column starts under a head of its own
STORY_START = 14.0  # the fragment starts a story under its head
AMID_TEXT = 1.0  # the same in mid-sentence: then the head stands in the midst of its story
HIGHER = 1.0  # the next column starts higher than this one, beside the head: an L-shaped story
RULE_BETWEEN = 1.2  # a column rule; many papers set one between columns of a story
BAND_RULE = 5.0  # a rule across both columns
NO_OVERLAP = 2.5  # the next column starts below the foot of this one
MEASURE = 1.5  # times the difference of the columns' widths, as a share
HEADING_ROWS = 4  # of a subheading in clearly larger type; of others two
CLEARLY_LARGER = 1.18
SURELY_LARGER = 1.3  # of the body em: the size of a single row is no longer in doubt
TIGHT = 0.9  # em between rows of a text: a heading has more over it
LARGER = 1.12  # of the body em: a row or two set larger that end no sentence are a heading
SIZE = 12.0  # times the difference of type sizes, as a share, beyond what measuring blurs
START = {"first": 0.0, "head": 3.5, "indented": 3.0, "open": 5.0}
FLUSH_FIRST = 1.5  # a story whose first row is not set in, where paragraphs are
END = {"closed": 0.2, "full": 1.0, "open": 3.5, "heading": 6.0}
# (end of the first, start of the second): what paragraph state says of the join.
STATE = {
    ("open", "flush"): -1.5,
    ("open", "indented"): 3.0,
    ("full", "flush"): -0.4,
    ("full", "indented"): -0.2,
    ("closed", "flush"): 2.5,
    ("closed", "indented"): -0.3,
}
# The same where the page indents nothing: an open end must go on somewhere.
BARE = {"open": -1.0, "full": 0.2, "closed": 0.6}
FAR = 16.0  # no word makes a dearer successor likely
REACH = 60  # characters on both sides that language looks at
LANGUAGE = 3.5  # of a nat: weighed on set pages, where 1 to 4 differ little

# "Continued from page 1" starts a story wherever it stands.
CONTINUED = re.compile(r"[（(]?\s*[上紧]接")


@dataclass(frozen=True)
class Context:
    """What the costs are computed from."""

    scene: Scene
    places: Mapping[Fragment, Place]
    edges: Mapping[tuple[str, ...], Edges]
    indents: bool  # whether the page indents first lines at all
    headings: frozenset[Fragment] = frozenset()  # small heads and bylines within a column
    means: Means = field(default_factory=Means)
    marks: bool = True  # whether the page sets stops

    def continues(self, f: Fragment, g: Fragment) -> float:
        """What language says of ``g`` going on in ``f``: a gain, or below 0 a cost."""
        said = bounded(self.means.language.score(f.text[-REACH:], g.text[:REACH]), self.marks)
        return LANGUAGE * said if said >= 0 else said


def end_state(f: Fragment, context: Context) -> str:
    """How the fragment's last row leaves its paragraph: open, closed, or full (either)."""
    if f in context.headings:
        return "closed"
    last = f.rows[-1]
    if context.marks and chars.breaks_off(last.text):
        # Nothing but a heading stops short without a full stop.
        stops = context.edges[last.ids].after >= HEADING_SHORT and not chars.goes_on(last.text)
        return "closed" if stops else "open"
    return "closed" if context.edges[last.ids].short else "full"


def start_state(f: Fragment, context: Context) -> str:
    """Whether the fragment's first row is indented or flush with its column."""
    edges = context.edges[f.rows[0].ids]
    if f in context.headings or _heads_column(f, context):
        return "indented"
    return "indented" if edges.indented else "flush"


def reads_as_heading(f: Fragment, context: Context) -> bool:
    """Whether a piece of a column is a subheading: a row or two, short or large, no sentence.

    On a page without stops a short row says nothing.
    """
    edges, em = context.edges, context.scene.em
    large = f.em >= CLEARLY_LARGER * em
    bare = chars.ends_bare(f.rows[-1].text)
    if not bare or len(f.rows) > (HEADING_ROWS if large else 2) or len(f.text) < 2:
        return False
    if f.em < SURELY_LARGER * em and _goes_on(context.places[f].over, f, context):
        return False
    return f.em >= LARGER * em or (context.marks and edges[f.rows[-1].ids].short)


def _goes_on(over: Fragment | None, f: Fragment, context: Context) -> bool:
    """Whether ``f`` stands right below a row that breaks off, and no first row of a paragraph."""
    if over is None or not context.marks or not chars.breaks_off(over.rows[-1].text):
        return False
    edges = context.edges[f.rows[0].ids]
    tight = f.box.y0 - over.box.y1 < TIGHT * context.scene.em
    return tight and not edges.indented and not context.edges[over.rows[-1].ids].short


def leads_on(f: Fragment, under: Fragment | None, context: Context) -> bool:
    """Whether an open row or two stand right over an indented start: then they are a heading."""
    if under is None or len(f.rows) > 2 or not (context.indents and context.marks):
        return False
    return chars.ends_bare(f.rows[-1].text) and context.edges[under.rows[0].ids].indented


def _heads_column(f: Fragment, context: Context) -> bool:
    """Whether the fragment starts with a subheading: a short row before an indented one."""
    if len(f.rows) < 2 or not context.marks:
        return False
    first, second = (context.edges[row.ids] for row in f.rows[:2])
    return chars.ends_bare(f.rows[0].text) and first.short and second.indented


def chain(bodies: Sequence[Fragment], context: Context) -> list[list[Fragment]]:
    """The fragments as paths in reading order, every fragment in exactly one.

    More than MOST follow each other as they come: no page has so many, and weighing all pairs of
    them would take minutes and gigabytes.
    """
    if len(bodies) > MOST:
        return [list(bodies)]
    costs = _matrix(bodies, context)
    follows = _acyclic(costs, len(bodies))
    starts = [i for i in range(len(bodies)) if i not in set(follows.values())]
    return [[bodies[i] for i in _path(start, follows)] for start in starts]


def _path(start: int, follows: Mapping[int, int]) -> Iterator[int]:
    """``start`` and all that follow it."""
    place: int | None = start
    while place is not None:
        yield place
        place = follows.get(place)


def _matrix(bodies: Sequence[Fragment], context: Context) -> npt.NDArray[np.float64]:
    """(2n, 2n) costs: successors, ends (upper right), starts (lower left), unused dummies."""
    n = len(bodies)
    costs = np.full((2 * n, 2 * n), NEVER)
    costs[n:, n:] = 0.0
    for i, f in enumerate(bodies):
        costs[i, n + i] = END["heading" if f in context.headings else end_state(f, context)]
        costs[n + i, i] = _start_cost(f, context)
        for j, g in enumerate(bodies):
            if i != j:
                costs[i, j] = successor_cost(f, g, context)
    return costs


def _acyclic(costs: npt.NDArray[np.float64], n: int) -> dict[int, int]:
    """Successors of the cheapest assignment without cycles; a cycle's dearest link is cut.

    After ROUNDS of them the links are cut without choosing anew.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import

    follows: dict[int, int] = {}
    for _ in range(ROUNDS):
        rows, columns = linear_sum_assignment(costs)
        follows = {
            int(i): int(j)
            for i, j in zip(rows, columns, strict=True)
            if i < n and j < n and costs[i, j] < NEVER
        }
        cycle = _cycle(follows)
        if not cycle:
            return follows
        worst = max(cycle, key=lambda i: costs[i, follows[i]])
        costs[worst, follows[worst]] = NEVER
    while cycle := _cycle(follows):
        del follows[max(cycle, key=lambda i: costs[i, follows[i]])]
    return follows


def _cycle(follows: Mapping[int, int]) -> list[int]:
    seen: set[int] = set()
    for start in follows:
        path: list[int] = []
        i = start
        while i in follows and i not in seen:
            seen.add(i)
            path.append(i)
            i = follows[i]
        if i in path:
            return path[path.index(i) :]
    return []


def _start_cost(f: Fragment, context: Context) -> float:
    place = context.places[f]
    if CONTINUED.match(f.text):
        return START["first"]
    if place.first:
        flush = context.indents and start_state(f, context) == "flush"
        return START["first"] + FLUSH_FIRST * flush
    if place.head is not None and place.over is None:
        return START["head"]
    return START["indented" if start_state(f, context) == "indented" else "open"]


def successor_cost(f: Fragment, g: Fragment, context: Context) -> float:
    """The cost of ``g`` following ``f``; NEVER where it cannot be."""
    a, b = context.places[f], context.places[g]
    cost = _geometry(f, g, context)
    if cost >= NEVER:
        return NEVER
    if a.frame != b.frame:
        cost += OTHER_FRAME
    if f in context.headings:
        return cost if b.over is f else cost + (FOOT if a.under is None else OTHER_HEAD)
    if g in context.headings:
        return cost + (STATE[end_state(f, context), "indented"] if context.means.state else 0.0)
    if CONTINUED.match(g.text):
        cost += STORY_START
    elif b.first:
        amid = context.indents and context.marks and _mid_sentence(f, g, context)
        cost += AMID_TEXT if amid else STORY_START
    if context.means.state:
        cost += _state_cost(f, g, context)
        if cost < FAR and (end_state(f, context) == "open" or not context.marks):
            cost -= context.continues(f, g)
    width = abs(f.box.width - g.box.width) / max(f.box.width, g.box.width, f.em)
    size = max(f.em, g.em) / min(f.em, g.em) - 1
    narrow = len(f.rows) < 2 or len(g.rows) < 2  # one row may be short of its measure
    return cost + (0 if narrow else MEASURE * width) + SIZE * max(0.0, size - 0.12)


def _mid_sentence(f: Fragment, g: Fragment, context: Context) -> bool:
    """Whether the one breaks off and the other is no first row: a headline stood amid the text."""
    return end_state(f, context) == "open" and start_state(g, context) == "flush"


def _state_cost(f: Fragment, g: Fragment, context: Context) -> float:
    """What the ends of the two pieces and their language say of ``g`` following ``f``."""
    end, start = end_state(f, context), start_state(g, context)
    # Without indents nothing can be said of a flush start: both kinds look alike.
    bare = not context.indents and start == "flush"
    return BARE[end] if bare else STATE[end, start]


def _geometry(f: Fragment, g: Fragment, context: Context) -> float:
    a, b = context.places[f], context.places[g]
    if a.under is g or b.over is f:
        return BELOW + RULED * b.ruled + CLOSED * b.closed + (0.0 if a.under is g else SECOND_BELOW)
    # Of several columns under a wider piece only the first goes on from it.
    if b.over is not None and not b.ruled and context.places[b.over].under is g:
        return NEVER
    if g.box.x0 >= f.box.x1 - f.em:
        return _next_column(f, g, context)
    if g.box.y0 >= f.box.y1 - f.em:
        return _wrap(f, g, context)
    return NEVER


def _next_column(f: Fragment, g: Fragment, context: Context) -> float:
    a, b = context.places[f], context.places[g]
    cost = NEXT_COLUMN if a.under is None else NEXT_COLUMN + 3.0
    cost += SKIPPED * max(0.0, (g.box.x0 - f.box.x1 - 3 * f.em) / max(f.box.width, 6 * f.em))
    if b.head is not None:
        cost += SAME_HEAD if b.head is a.head else OTHER_HEAD
    elif b.top < a.top - 2 * f.em:
        cost += HIGHER
    if g.box.y0 > f.box.y1:
        cost += NO_OVERLAP
    cost += RULE_BETWEEN * _crossed(f.box, g.box, context.scene.down)
    return cost + BAND_RULE * _banded(f.box, g.box, context.scene.across)


def _wrap(f: Fragment, g: Fragment, context: Context) -> float:
    a, b = context.places[f], context.places[g]
    cost = WRAP if a.under is None else WRAP + 3.0
    if b.head is not None and b.head is not a.head:
        cost += OTHER_HEAD
    return cost + BAND_RULE * _banded(f.box, g.box, context.scene.across)


def _crossed(f: Box, g: Box, rules: Sequence[Box]) -> bool:
    """Whether a rule stands in the gutter between two columns."""
    return any(
        f.center[0] < rule.center[0] < g.center[0] and rule.overlap_y(f) > 0.3 * f.height
        for rule in rules
    )


def _banded(f: Box, g: Box, rules: Sequence[Box]) -> bool:
    """Whether a rule runs below the one and above the other, over the width of either."""
    upper, lower = (f, g) if f.center[1] < g.center[1] else (g, f)
    return any(
        upper.y1 <= rule.center[1] <= lower.y0
        and any(rule.overlap_x(box) > 0.5 * box.width for box in (upper, lower))
        for rule in rules
    )
