from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typesetter.wording import han_number

from digitize.reflow import dates
from digitize.reflow.dates import choose

WEEK = "一二三四五六日"
DAYS = st.dates(date(1912, 1, 1), date(2099, 12, 31))


def han_year(year: int, nought: str = "〇") -> str:
    return "".join((nought + "一二三四五六七八九")[int(digit)] for digit in str(year))


def long_form(day: date, year: str) -> str:
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


FORMS: dict[str, Callable[[date], str]] = {
    "long": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}日",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "dotted": lambda d: f"{d.year}.{d.month}.{d.day}",
    "iso": lambda d: d.isoformat(),
    "slashed": lambda d: f"{d.year}/{d.month}/{d.day}",
    "full width": lambda d: f"{d.year}．{d.month}．{d.day}",
    "middle dots": lambda d: f"{d.year}·{d.month}·{d.day}",
    "half and half": lambda d: f"{d.year}年{d.month}·{d.day}",
    "Han": lambda d: long_form(d, han_year(d.year)),
    "Han, circles": lambda d: long_form(d, han_year(d.year, "○")),
    "Han, letters": lambda d: long_form(d, han_year(d.year, "O")),
    "Han, spaced": lambda d: " ".join(long_form(d, han_year(d.year))),
    "republic": lambda d: "中華民國" + long_form(d, han_number_of(d.year - 1911)),
    "republic, digits": lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
    "republic, signs": lambda d: "民國" + long_form(d, han_year(d.year - 1911)),
    "number sign": lambda d: f"西曆{d.year}年{d.month}月{d.day}號",
    "English": lambda d: d.strftime("%A, %B ") + f"{d.day}, {d.year}",
    "British": lambda d: f"{d.day} " + d.strftime("%b. %Y"),
    "glued to a name": lambda d: f"鲁晚報{d.year}.{d.month}.{d.day}星期{WEEK[d.weekday()]}",
    "day first, weekday": lambda d: f"{d.day}/{d.month}/{d.year} 星期{WEEK[d.weekday()]}",
    "day over month": lambda d: f"{d.day} {d.year}年{d.month}月 星期{WEEK[d.weekday()]}",
    "year under day": lambda d: f"{d.month}月{d.day}日 {d.year} 周{WEEK[d.weekday()]}",
    "year over month": lambda d: f"{d.year}.{d.month:02d} {d.day:02d} 星期{WEEK[d.weekday()]}",
    "run together": lambda d: d.strftime("%Y%m%d") + f" 星期{WEEK[d.weekday()]}",
    "day torn": lambda d: f"{d.year}年{d.month}月{' '.join(str(d.day))}日",
}


def han_number_of(number: int) -> str:
    if number < 100:
        return han_number(number)
    tens = han_number(number - 100)
    if number == 100:
        return "一百"
    return "一百" + ("零" + tens if number < 110 else tens if number >= 120 else "一" + tens)


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_every_form_is_read_back(form: str, day: date) -> None:
    assert choose([FORMS[form](day)]) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二四年二月六日", "2024-02-06"),
        ("2O24年2月l6日", "2024-02-16"),
        ("中華民國三十七年五月一日　星期六", "1948-05-01"),
        ("中華民國卅七年五月一日", "1948-05-01"),
        ("中華民國一百一十三年二月六日", "2024-02-06"),
        ("康德七年五月一日", "1940-05-01"),
        ("大清光緒三十三年四月初一日　西曆一千九百零七年五月十二號", "1907-05-12"),
        ("2010年12月25日星期六", "2010-12-25"),
        ("2025年9月 13 日 星期六", "2025-09-13"),
    ],
)
def test_forms_from_papers(text: str, day: str) -> None:
    assert choose([text]) == day


@pytest.mark.parametrize(
    "text",
    [
        "2024-13-45",
        "2024年2月30日",
        "2023年2月29日",
        "一九四八年十三月一日",
        "1066年10月14日",  # before any paper
        "光緒三十三年四月初一日",  # of another calendar
        "农历二〇二四年正月初六日",
        "1949年8月1日创刊",
        "創刊於1949年8月1日",
        "（2024年2月6日）",  # under the headline of a speech
        "2024年2月6日起",
        "85年5月1日",  # 1985 or 1996
        "电话 20241355",
        "2月6日",
        "3:0",
        "",
    ],
)
def test_what_is_no_date_of_a_page(text: str) -> None:
    assert choose([text]) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024.2.1 6", "2024-02-01"),
        ("2024.2.1 6 星期五", "2024-02-16"),
        ("6/2/2024", "2024-02-06"),
        ("6/2/2024 星期二", "2024-02-06"),
        ("2/6/2024 星期二", "2024-02-06"),
        ("2/6/2024 星期日", "2024-06-02"),
        ("88年5月1日 星期六", "1999-05-01"),  # of the republic
        ("88年5月1日 星期日", "1988-05-01"),
        ("88年5月1日 星期四", ""),
        ("85年5月1日 星期三", ""),  # as true of 1985 as of 1996
        ("113年2月6日 星期二", "2024-02-06"),
        ("2024.2.6 4版", "2024-02-06"),
        ("12 2024年2月 星期二", ""),  # a page number and a month
        ("2023年12月3日 星期五", "2023-12-03"),  # the weekday misprinted
    ],
)
def test_the_weekday_decides_where_a_date_may_be_read_in_two_ways(text: str, day: str) -> None:
    assert choose([text]) == day


def test_the_weekday_may_stand_in_another_text() -> None:
    assert choose(["2024.2.1 6", "星期五"]) == "2024-02-16"
    assert choose(["1998年3月1日", "2024年2月6日", "星期二"]) == "2024-02-06"


def test_of_several_dates_the_first_is_taken() -> None:
    assert choose(["2024年2月6日", "1998年3月1日"]) == "2024-02-06"
    assert choose(["1949年8月1日创刊 2024年2月6日"]) == "2024-02-06"


def test_a_date_says_where_it_stands() -> None:
    text = "齐鲁晚報 2024.2.6 星期二"
    found = dates.find(text)[0]
    assert text[found.start : found.end].strip() == "2024.2.6"
    assert found.weekday == 1
    assert [text[a:b] for a, b in dates.weekday_spans(text)] == ["星期二"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("星期二", {1}),
        ("週日", {6}),
        ("礼拜天", {6}),
        ("Saturday", {5}),
        ("Tues", set()),
        ("周刊", set()),
    ],
)
def test_days_of_the_week(text: str, days: set[int]) -> None:
    assert dates.weekdays(text) == days


@given(st.text("12O〇一二十年月日./- 星期民國號", max_size=40))
def test_any_text_gives_days_that_exist(text: str) -> None:
    found = choose([text])
    assert found == "" or date.fromisoformat(found).isoformat() == found
    for one in dates.find(text):
        assert 0 <= one.start < one.end <= len(text)
