"""All signals together, and what holds for each of them."""

from __future__ import annotations

from functools import cache
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.language import combined, describe, lm_file, signal
from digitize.language.combined import LIMIT, Combined, Signal, Weighted

PAGE = ("锂电产业集聚发展，产值增长两成", "全年目标任务顺利完成", "到2023年，学生增加到1200人")
TEXTS = st.one_of(
    st.text(), st.text("任务目标的“”《》（）12,，。a B 鄉國\u3000\u3400\U00020000", max_size=40)
)


@cache
def every() -> dict[str, Signal]:
    found = {part.name: part.signal for part in combined.parts(PAGE, lm_file.load())}
    return found | {"all": signal(PAGE), "bare": Combined(combined.parts(PAGE, None))}


def test_all_parts_are_there() -> None:
    names = {"dictionary", "grammar", "numerals", "pairs", "document", "model"}
    assert set(every()) == {*names, "all", "bare"}
    assert set(signal(PAGE).evidence("目标任", "务的")) == names


@given(before=TEXTS, after=TEXTS)
def test_every_score_is_a_number_and_the_same_twice(before: str, after: str) -> None:
    for name, one in every().items():
        score = one.score(before, after)
        assert isfinite(score), name
        assert score == one.score(before, after)
        if not before.strip() or not after.strip():
            assert score == 0
    assert abs(every()["all"].score(before, after)) <= LIMIT


@given(before=TEXTS, after=TEXTS)
def test_another_signal_for_the_same_page_says_the_same(before: str, after: str) -> None:
    assert signal(PAGE).score(before, after) == every()["all"].score(before, after)


@given(texts=st.lists(TEXTS, max_size=5))
def test_any_texts_make_a_document(texts: list[str]) -> None:
    assert isfinite(signal(texts).score("目标任", "务"))


@pytest.mark.parametrize("name", ["all", "bare"])
@pytest.mark.parametrize(
    ("before", "after", "others"),
    [
        (
            "交出了一份顺利完成全年目标任",
            "务的优异答卷",
            ("记者从市热力公司获悉", "民的生活水平", "产业的发展"),
        ),
        ("继续做大做强锂电", "产业，引进项目", ("务的答卷", "11月12日晚", "“以前的水是黄的")),
        ("新校舍可容學生1", "200人，工程歷時", ("記者昨日", "國的", "縣長於十二日")),
    ],
)
def test_the_right_text_comes_out_first(
    name: str, before: str, after: str, others: tuple[str, ...]
) -> None:
    one = every()[name]
    assert one.score(before, after) > 1
    assert one.score(before, after) > max(one.score(before, other) for other in others) + 1


def test_nothing_goes_on_after_a_full_stop() -> None:
    assert signal(PAGE).score("全年目标任务顺利完成。”", "记者获悉") == 0
    assert signal(PAGE).evidence("全年目标任务顺利完成。", "记者获悉") == {}


def test_only_the_ends_matter() -> None:
    before, after = "全年" * 40 + "顺利完成目标任", "务的答卷" + "全年" * 40
    assert signal(PAGE).score(before, after) == signal(PAGE).score(before[-70:], after[:70])


class _Says:
    def __init__(self, score: float) -> None:
        self._score = score

    def score(self, before: str, after: str) -> float:
        return self._score


def test_the_sum_is_weighed_and_limited() -> None:
    parts = (Weighted("a", 0.5, _Says(2.0)), Weighted("b", 1.0, _Says(-3.0)))
    assert Combined(parts).score("甲", "乙") == pytest.approx(combined.CONSTANT - 2.0)
    assert Combined(parts).evidence("甲", "乙") == {"a": 1.0, "b": -3.0}
    assert Combined([Weighted("a", 1.0, _Says(99.0))]).score("甲", "乙") == LIMIT
    assert Combined([Weighted("a", 1.0, _Says(-99.0))]).score("甲", "乙") == -LIMIT


def test_it_works_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(lm_file.VARIABLE, "off")
    assert "model" not in signal(PAGE).evidence("目标任", "务的")
    assert "off" in describe()
