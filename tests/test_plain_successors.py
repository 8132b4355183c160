"""One choice of all successors, and the order that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.reflow.continuity import Silent
from digitize.reflow.plain.blocks import parse
from digitize.reflow.plain.kinds import in_context
from digitize.reflow.plain.odds import Link, scene_of
from digitize.reflow.plain.placing import Order
from digitize.reflow.plain.successors import links

HEADING = "### 加速突破 再启跨越赶超新程"
OPEN = "二〇二四年是贯彻精神承上启下之年，目标远大。这一年是实现规划目标任"
REST = "务的关键一年，更是转型升级、跨越赶超的关键一年。蓝图绘就，号角吹响。"
FIRST = "坚持项目强基，招商选资增实力，凝心聚力谋发展，走出了一条高成色之路。"
SECOND = "突出科技引领，引才聚智汇动能，平台赋能谱新篇，走出了一条高能级之路。"
THIRD = "注重统筹协调，提升品质促融合，匠心绘就新画卷，走出了一条高品位之路。"


class Words:
    """A signal that knows only which pairs of characters are words."""

    def __init__(self, known: Mapping[str, float]) -> None:
        self.known = known

    def score(self, before: str, after: str) -> float:
        return self.known.get(before[-1] + after[0], -2.0)


def found(paragraphs: Sequence[str], known: Mapping[str, float]) -> list[tuple[int, int]]:
    blocks = parse("\n\n".join(paragraphs)).blocks
    chosen = links(scene_of(blocks, in_context(blocks), Words(known)))
    return [(link.before, link.after) for link in chosen]


def order(paragraphs: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[int]:
    blocks = parse("\n\n".join(paragraphs)).blocks
    made = Order(blocks, in_context(blocks))
    made.put_together([Link(a, b, 5.0, 5.0, 0.0, far=b != a + 1) for a, b in pairs])
    return made.places


def test_the_next_block_is_the_likeliest() -> None:
    assert found([FIRST, OPEN, REST, SECOND], {"任务": 0.0}) == [(1, 2)]
    blocks = parse("\n\n".join([FIRST, OPEN, REST])).blocks
    assert [link.before for link in links(scene_of(blocks, in_context(blocks), Silent()))] == [1]


def test_the_rest_is_found_elsewhere() -> None:
    assert found([FIRST, REST, SECOND, HEADING, OPEN], {"任务": 6.0}) == [(4, 1)]


def test_a_rest_elsewhere_wins_over_a_bad_neighbour() -> None:
    assert found([FIRST, REST, SECOND, OPEN, THIRD], {"任务": 6.0}) == [(3, 1)]


def test_not_without_word_from_the_language() -> None:
    assert found([FIRST, REST, SECOND, HEADING, OPEN], {}) == []


def test_all_are_chosen_together() -> None:
    """Both pieces would take the same rest; the one that has no other gets it."""
    other = "改革开放进入新的阶段，任务繁重。这一年要完成的主要任"
    rest = "务有三项，都要按时完成，不能拖延。各部门要通力合作。"
    assert found([OPEN, REST, FIRST, other, rest], {"任务": 4.0}) == [(0, 1), (3, 4)]


def test_closed_ends_look_for_nothing() -> None:
    assert found([FIRST, REST, SECOND, THIRD], {"。务": 6.0, "。突": 6.0}) == []


@pytest.mark.parametrize("between", [HEADING, "一、坚持领导。", "图为会场。（王新庆 摄）"])
def test_what_stands_between_is_passed(between: str) -> None:
    text = [FIRST, OPEN, between, REST, SECOND]
    assert found(text, {"任务": 6.0}) == [(1, 3)]
    assert order(text, [(1, 3)]) == [0, 1, 3, 2, 4]


@pytest.mark.parametrize(
    ("text", "pairs", "expected"),
    [
        # a heading and its open paragraph at the end go to where the rest stands
        ([FIRST, REST, SECOND, HEADING, OPEN], [(4, 1)], [0, 3, 4, 1, 2]),
        # and from the start, before the text's title
        (["### 小题目", OPEN, "## 大题目", FIRST, REST, SECOND], [(1, 4)], [2, 3, 0, 1, 4, 5]),
        # a rest at the start goes down to its first piece
        ([REST, FIRST, "## 题", OPEN, SECOND], [(3, 0)], [2, 3, 0, 1, 4]),
        # a single rest that stands among others comes up
        ([FIRST, OPEN, SECOND, THIRD, REST, FIRST], [(1, 4)], [0, 1, 4, 2, 3, 5]),
        # three columns in a wrong order
        ([OPEN, REST, SECOND, OPEN, REST, OPEN], [(0, 4), (5, 1)], [0, 4, 5, 1, 2, 3]),
        # neighbours are left where they are
        ([FIRST, OPEN, REST, SECOND], [(1, 2)], [0, 1, 2, 3]),
    ],
)
def test_order(text: list[str], pairs: list[tuple[int, int]], expected: list[int]) -> None:
    assert order(text, pairs) == expected


def test_a_run_is_cut_at_a_wider_gap() -> None:
    text = f"{FIRST}\n\n{REST}\n\n{SECOND}\n\n\n\n{THIRD}\n\n{OPEN}\n"
    blocks = parse(text).blocks
    made = Order(blocks, in_context(blocks))
    made.put_together([Link(4, 1, 5.0, 5.0, 0.0, far=True)])
    assert made.places == [0, 3, 4, 1, 2]


@given(st.data())
def test_linked_blocks_end_up_next_to_each_other(data: st.DataObject) -> None:
    """Whatever the links, as long as no block has two and they run in no circle."""
    count = data.draw(st.integers(2, 12))
    way = data.draw(st.permutations(range(count)))
    cuts = data.draw(st.lists(st.booleans(), min_size=count - 1, max_size=count - 1))
    pairs = [(a, b) for a, b, cut in zip(way, way[1:], cuts, strict=False) if not cut]
    kinds = data.draw(
        st.lists(st.sampled_from([HEADING, FIRST, OPEN]), min_size=count, max_size=count)
    )
    places = order(kinds, pairs)
    assert sorted(places) == list(range(count))
    at = {place: i for i, place in enumerate(places)}
    assert all(at[b] == at[a] + 1 for a, b in pairs)
    if not pairs:
        assert places == list(range(count))


@given(st.lists(st.sampled_from([OPEN, REST, FIRST, HEADING]), max_size=14))
def test_links_are_paths(paragraphs: list[str]) -> None:
    chosen = found(paragraphs, {"任务": 6.0})
    follows = dict(chosen)
    assert len(follows) == len(chosen) == len(set(follows.values()))
    for start in follows:
        seen = {start}
        place: int | None = follows.get(start)
        while place is not None:
            assert place not in seen
            seen.add(place)
            place = follows.get(place)
