"""Which pairs to keep: an assignment of the greatest value, without what is a mere guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def decided(
    values: Mapping[tuple[Node, Node], float], margin: float
) -> tuple[list[tuple[Node, Node]], list[tuple[Node, Node]]]:
    """The pairs to keep, and those that fit nearly as well as others do.

    ``values`` are positive. No first and no second member is kept twice; the sum is the greatest
    (Kuhn 1955), and every pair kept is worth ``margin`` more than the best choice without it.
    """
    kept: list[tuple[Node, Node]] = []
    doubtful: list[tuple[Node, Node]] = []
    for part in components(values):
        total, chosen = _best(part)
        for pair in chosen:
            without, _ = _best({p: value for p, value in part.items() if p != pair})
            (kept if total - without >= margin else doubtful).append(pair)
    return kept, doubtful


def components(
    values: Mapping[tuple[Node, Node], float],
) -> list[dict[tuple[Node, Node], float]]:
    """The pairs in groups that share no first and no second member."""
    leader: dict[tuple[int, Node], tuple[int, Node]] = {}

    def find(node: tuple[int, Node]) -> tuple[int, Node]:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    for before, after in values:
        leader[find((0, before))] = find((1, after))
    groups: dict[tuple[int, Node], dict[tuple[Node, Node], float]] = defaultdict(dict)
    for pair, value in values.items():
        groups[find((0, pair[0]))][pair] = value
    return list(groups.values())


def _best(
    values: Mapping[tuple[Node, Node], float],
) -> tuple[float, list[tuple[Node, Node]]]:
    """The greatest sum, and the pairs that make it."""
    if len(values) <= 1:
        return sum(values.values()), list(values)
    import numpy as np  # noqa: PLC0415 - most runs have no page with two turn lines
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    rows, columns = _unique(b for b, _ in values), _unique(a for _, a in values)
    matrix = np.zeros((len(rows), len(columns)))
    for (before, after), value in values.items():
        matrix[rows.index(before), columns.index(after)] = value
    places = zip(*linear_sum_assignment(-matrix), strict=True)
    chosen = [(rows[r], columns[c]) for r, c in places if matrix[r, c] > 0]
    return sum(values[pair] for pair in chosen), chosen


def _unique(nodes: Iterable[Node]) -> list[Node]:
    return list(dict.fromkeys(nodes))
