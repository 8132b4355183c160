"""One order for the pages of several runs into one folder. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def merged(before: Sequence[Item], now: Sequence[Item]) -> list[Item]:
    """All of ``before`` and ``now``, each once; neither holds anything twice.

    What is in ``now`` stands as it does there. What is not, stands as in ``before``, where those
    that are in both keep the places between them. New items follow the one before them in ``now``.
    """
    known = set(before)
    common = [item for item in now if item in known]
    places = set(common)
    following, leading = _between(now, known)
    ahead = iter(common)
    order: list[Item] = []
    for item in before:
        if item not in places:
            order.append(item)
            continue
        item = next(ahead)  # noqa: PLW2901 - another stands here now
        order += leading if item == common[0] else []
        order += [item, *following[item]]
    return order if common else [*order, *leading]


def _between(
    now: Sequence[Item], known: set[Item]
) -> tuple[defaultdict[Item, list[Item]], list[Item]]:
    """The new items by the known one before them, and those before the first known one."""
    following: defaultdict[Item, list[Item]] = defaultdict(list)
    leading: list[Item] = []
    last = leading
    for item in now:
        if item in known:
            last = following[item]
        else:
            last.append(item)
    return following, leading
