"""Turn lines in every printed form, what OCR makes of them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.reflow.turn_forms import find, find_all

# As printed: the line, whether the story goes on elsewhere, the pages named.
ALONE = [
    ("（下转第4版）", True, "4"),
    ("（下转第四版）", True, "4"),
    ("(下转A4版)", True, "A4"),
    ("（下转A03版）", True, "A03"),
    ("（下转第A3版）", True, "A3"),
    ("（下转A3）", True, "A3"),
    ("下转第四版", True, "4"),
    ("▶下转4版", True, "4"),
    ("◆下转第4版◆", True, "4"),
    ("下转A06>>", True, "A06"),
    ("→下转第8版", True, "8"),
    ("（下转02版）", True, "02"),
    ("（下转第12版）", True, "12"),
    ("（下转第十二版）", True, "12"),
    ("（下转第二十一版）", True, "21"),
    ("（转第四版）", True, "4"),
    ("（转4版）", True, "4"),
    ("（下轉第二版）", True, "2"),
    ("（轉第三版）", True, "3"),
    ("︵下轉第四版︶", True, "4"),
    ("（文轉A4版）", True, "A4"),
    ("（下接第三版）", True, "3"),
    ("（下转第23页）", True, "23"),
    ("（未完，下转第三版）", True, "3"),
    ("（下转第二、三版）", True, "2 3"),
    ("（下转2-3版）", True, "2 3"),
    ("（下转第二版①）", True, "2"),
    ("（下转中缝）", True, ""),
    ("（转下页）", True, ""),
    ("〔下转第三版〕", True, "3"),
    ("［下转第1版］", True, "1"),
    ("【下转第六版】", True, "6"),
    ("（上接第一版）", False, "1"),
    ("（上接第1版）", False, "1"),
    ("（上接1版）", False, "1"),
    ("（上接A01版）", False, "A01"),
    ("（上接头版）", False, "1"),
    ("（接第一版）", False, "1"),
    ("（接1版）", False, "1"),
    ("（接上版）", False, ""),
    ("（紧接第一版）", False, "1"),
    ("(緊接第二版)", False, "2"),
    ("（承接第一版）", False, "1"),
    ("上接第一版", False, "1"),
    ("◀上接A01", False, "A01"),
    ("▲上接1版", False, "1"),
    ("接第一版", False, "1"),
]
READ_WRONG = [
    ("下转第4版）", True, "4"),
    ("（下转第4版", True, "4"),
    ("（下转第 4 版）", True, "4"),
    ("（ 上 接 第 一 版 ）", False, "1"),
    ("（下转第l版）", True, "1"),
    ("（上接第I版）", False, "1"),
    ("（下转第l2版）", True, "12"),
    ("（下转A O4版）", True, "A04"),
    ("（下转第4板）", True, "4"),
    ("（下转第4反）", True, "4"),
    ("（上接第-版）", False, "1"),
    ("（上接第—版）", False, "1"),
    ("（下转弟4版）", True, "4"),
    ("（卜转第4版）", True, "4"),
    ("（下传第4版）", True, "4"),
    ("（土接第1版）", False, "1"),
    ("（上按第1版）", False, "1"),
    ("[上接第一版】", False, "1"),
]
NAMED = [
    ("（上接1版·要闻）", "要闻"),
    ("（上接第1版《水渠今日完工》）", "水渠今日完工"),
    ("上接第1版《水渠》", "水渠"),
    ("（上接第1版“一号工程”）", "一号工程"),
    ("（下转第3版：水渠完工）", "水渠完工"),
    ("（下转第4版）", ""),
]
NONE = [
    "→详见A05",
    "（相关报道见第3版）",
    "（相关报道下转第3版）",
    "（详见第2版）",
    "（全文见第三版）",
    "（转发4版通知）",
    "（下转）",
    "记者在第4版读到了这条消息。",
    "本报今日8版",
    "上接长安街，下转二环路。",
    "地铁5号线（上接3号线，下转二环路）在建。",
    "（上接A1高速）",
    "股价上下转换4次。",
    "他说，由下转上需要很久。",
    "把版面转给第4版的编辑。",
    "接二连三",
    "（接第一手资料）",
    "上接第一版任务，下接第二版任务，这是编辑的日常。",
    "水渠长四十公里，转第四版",
]


@pytest.mark.parametrize(("text", "on", "pages"), ALONE + READ_WRONG)
def test_a_line_of_its_own(text: str, on: bool, pages: str) -> None:
    found = find(text)
    assert found is not None
    assert (found.start, found.end, found.on) == (0, len(text), on)
    assert " ".join(found.pages) == pages


@pytest.mark.parametrize("turn", ["（下转第4版）", "(下转A4版)", "（转第四版）", "▶下转4版"])
@pytest.mark.parametrize("end", ["推动创新", "收割机正等待着。", "一直通到河，"])
def test_at_the_end_of_a_text(turn: str, end: str) -> None:
    found = find(end + turn)
    assert found is not None
    assert (found.start, found.end, found.on) == (len(end), len(end + turn), True)


@pytest.mark.parametrize("turn", ["下转第4版）", "（下转第4版", "下转第四版", "（下转第4版）。"])
def test_at_the_end_with_a_bracket_lost_or_a_speck(turn: str) -> None:
    found = find(f"推动创新{turn}")
    assert found is not None
    assert (found.start, found.end) == (4, 4 + len(turn))


@pytest.mark.parametrize(
    "turn", ["（上接第一版）", "（接第一版）", "上接第一版）", "（上接第1版《水渠》）", "◀上接1版"]
)
def test_at_the_start_of_a_text(turn: str) -> None:
    found = find(f"{turn}工程旨在提升流通设施和市场管理的水平")
    assert found is not None
    assert (found.start, found.end, found.on) == (0, len(turn), False)


def test_a_bracket_lost_takes_nothing_of_the_text_along() -> None:
    found = find("（上接第一版工程旨在提升")
    assert found is not None
    assert found.end == len("（上接第一版")


def test_between_two_stories_that_ran_together() -> None:
    turns = list(find_all("渠水流到了（下转第四版）（上接第一版）果园里一片忙碌（下转第8版）"))
    assert [(t.on, t.pages) for t in turns] == [(True, ("4",)), (False, ("1",)), (True, ("8",))]
    assert [t.start for t in turns] == [5, 12, 26]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_what_it_names(text: str, name: str) -> None:
    found = find(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", NONE)
def test_references_and_prose_are_none(text: str) -> None:
    assert find(text) is None


@settings(max_examples=300, deadline=None)
@given(st.text("上下转接第四版页一二4A（）《》。，·▶ 水", max_size=40))
def test_turns_stand_apart_in_order(text: str) -> None:
    end = 0
    for turn in find_all(text):
        assert end <= turn.start < turn.end <= len(text)
        end = turn.end


@settings(max_examples=300, deadline=None)
@given(st.text("上下第四版页一二4A（）《》。，·▶ 水渠", max_size=60))
def test_without_a_verb_there_is_no_turn_line(text: str) -> None:
    assert find(text) is None
