from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.reflow import editors, surnames

FAMILY = st.sampled_from(sorted(surnames.SINGLE | surnames.COMPOUND))
GIVEN = st.text("雨文晓梅建国志远静海燕立思敏子涵卫娜丽", min_size=1, max_size=2)
NAME = st.tuples(FAMILY, GIVEN).map("".join)
POSTS = ["责任编辑", "责编", "美编", "美术编辑", "校对", "组版", "版式", "本版编辑", "責任編輯"]


def people(text: str) -> list[tuple[str, str]]:
    return [(c.post, c.name) for line in editors.find(text) for c in line.credits]


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        (
            "责任编辑：张三　美编：李四　校对：王五",
            [("责任编辑", "张三"), ("美编", "李四"), ("校对", "王五")],
        ),
        ("编辑/张三 版式/李四", [("编辑", "张三"), ("版式", "李四")]),
        ("本版编辑 张三", [("本版编辑", "张三")]),
        ("编辑|张三 美编|李四", [("编辑", "张三"), ("美编", "李四")]),
        ("责任编辑 张 三 美编 李 小 明", [("责任编辑", "张三"), ("美编", "李小明")]),
        ("主编 周 立波 责编 李四", [("主编", "周立波"), ("责编", "李四")]),
        ("責任編輯 張三 校對 李四", [("責任編輯", "張三"), ("校對", "李四")]),
        ("編輯 歐陽 文", [("編輯", "歐陽文")]),
        ("责编 欧阳修文", [("责编", "欧阳修文")]),
        (
            "责编：高松美编：张静组版：李华",
            [("责编", "高松"), ("美编", "张静"), ("组版", "李华")],
        ),
        (
            "本版责编：殷新宇 杨烁壁 陈世涵",
            [("本版责编", n) for n in ("殷新宇", "杨烁壁", "陈世涵")],
        ),
        ("责编：张三李四 王小五", [("责编", n) for n in ("张三", "李四", "王小五")]),
        ("责任编辑张三丰李四光", [("责任编辑", "张三丰"), ("责任编辑", "李四光")]),
        ("编辑：阿依努尔·买买提", [("编辑", "阿依努尔·买买提")]),
        ("编辑、校对：张三", [("编辑、校对", "张三")]),
        ("值班总编辑：王大明", [("值班总编辑", "王大明")]),
        ("责编：张三 今日枣庄", [("责编", "张三")]),
        ("版式制作：祎凡", [("版式制作", "祎凡")]),  # after a colon any name will do
    ],
)
def test_posts_and_names(text: str, credits: list[tuple[str, str]]) -> None:
    assert people(text) == credits


@pytest.mark.parametrize(
    "text",
    [
        "一位编辑的自述",
        "总编辑王强谈办报",
        "编辑部迁址",
        "全国城市设计大赛在京举行",
        "平面设计师张三",
        "本报记者 张三",
        "校对：",
        "",
    ],
)
def test_text_that_credits_nobody(text: str) -> None:
    assert people(text) == []


def test_only_a_page_has_some_posts() -> None:
    assert [line.sure for line in editors.find("校对：李华 制图：张三")] == [True, False]


def test_a_post_without_a_name_is_seen() -> None:
    assert editors.posts("本版责编") == ((0, 4),)


@given(st.lists(st.tuples(st.sampled_from(POSTS), NAME), min_size=1, max_size=4))
def test_every_credit_is_read_back(credits: list[tuple[str, str]]) -> None:
    for mark, gap in (("：", "　"), ("/", " "), ("：", ""), ("　", "　")):
        text = gap.join(post + mark + name for post, name in credits)
        assert people(text) == credits
