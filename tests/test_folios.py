from __future__ import annotations

import pytest

from digitize.reflow import folios


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("第4版", "4"),
        ("第 4 版", "4"),
        ("4版", "4"),
        ("2 版", "2"),
        ("04版", "4"),
        ("第四版", "4"),
        ("第十二版", "12"),
        ("第〇四版", "4"),
        ("二版", "2"),
        ("第三張第二版", "2"),
        ("頭版", "1"),
        ("A03", "A03"),
        ("A03版", "A03"),
        ("第A03版", "A03"),
        ("B1", "B1"),
        ("AO4", "A04"),
        ("要闻A04", "A04"),
        ("T07 体育", "T07"),
        ("A02-03", "A02"),
        ("第2版 2010", "2"),
    ],
)
def test_what_says_that_it_is_a_page_number(text: str, page: str) -> None:
    assert [folio.page for folio in folios.find(text)] == [page]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("4", "4"),
        ("04", "4"),
        ("03/04", "3"),
        ("要闻·2", "2"),
        ("要闻 4", "4"),
        ("4 要闻", "4"),
        ("·8·", "8"),
        ("4 要闻 人民日报", "4"),
    ],
)
def test_mere_numbers(text: str, page: str) -> None:
    folio = folios.bare(text)
    assert folio is not None
    assert folio.page == page
    assert folio.bare
    assert not folios.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "今日8版",
        "今日四版",
        "共8版",
        "本期 16版",
        "第8040期 今日24版",
        "国内统一刊号CN11-0035",
        "3G",
        "2024",
        "2024年2月6日",
        "00",
        "出版",
        "再版",
        "电话 5289997",
        "9~14℃",
    ],
)
def test_what_is_no_page_number(text: str) -> None:
    assert folios.find(text) == ()
    assert folios.bare(text) is None


@pytest.mark.parametrize(
    ("text", "set_off"),
    [("4 要闻", True), ("要闻·2", True), ("04要闻", True), ("3万人", False), ("十大新闻2", False)],
)
def test_a_number_that_is_set_off(text: str, set_off: bool) -> None:
    assert folios.parted(text) is set_off


def test_a_folio_says_where_it_stands() -> None:
    text = "要闻 第4版 人民日报"
    folio = folios.find(text)[0]
    assert text[folio.start : folio.end] == "第4版"
