"""Lines: the reference's text for each, ground truth, and what their confidence tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation import WRONG, document, in_lines, line, sample_paragraphs
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.evaluate import compare
from digitize.evaluate.confidence import EDGES, calibration, judged, low_confidence
from digitize.evaluate.documents import by_lines
from digitize.evaluate.ground_truth import line_truth
from digitize.evaluate.result import ComparedLine
from digitize.formats import from_json, to_json
from digitize.model import Glyph, Line, Page, PageResult, PageStatus, Source


def page_of(texts: list[str], confidences: dict[int, float] | None = None) -> Page:
    given_values = confidences or {}
    lines = tuple(line(i, text, given_values.get(i, 0.9)) for i, text in enumerate(texts))
    return Page((1000, 2000), lines=lines, order=tuple(item.id for item in lines))


def result_of(page: Page | None) -> PageResult:
    return PageResult(Source("scan.png"), PageStatus.OK, page)


def compared(texts: list[str], reference: list[str]) -> list[ComparedLine]:
    return list(compare(by_lines(page_of(texts), "x"), document(reference)).lines)


PARAGRAPHS = [
    "锂电产业今年的产值达到一百二十亿元，同比增长了三成六，创下新高。",
    "“我们还要扩大规模。”公司负责人说，第二条生产线下个月投入使用。",
]
LINES = ["锂电产业今年的产值达到一百二", "十亿元，同比增长了三成六，创", "下新高。",
         "“我们还要扩大规模。”公司负责", "人说，第二条生产线下个月投入", "使用。"]  # fmt: skip


def test_right_lines_get_their_own_text() -> None:
    found = compared(LINES, PARAGRAPHS)
    assert [item.expected for item in found] == LINES
    assert {item.errors for item in found} == {0}
    assert found[1].polygon[0] == (0.0, 20.0)


@pytest.mark.parametrize(
    ("number", "read", "errors"),
    [
        (0, "理电产业今年的产值达到一百二", 1),
        (0, "锂电产业今年的产值达到一百", 1),  # the last character is missing
        (1, "十亿元，同比增长了三成六，创新", 1),  # one too many
        (1, "十亿元同比增长三成六，创", 2),
        (3, "我们还要扩大规模。”公司负责", 1),  # the opening quote belongs to this line
        (2, "下新高", 1),  # and the full stop to the line before
    ],
)
def test_a_line_read_wrong(number: int, read: str, errors: int) -> None:
    lines = [*LINES[:number], read, *LINES[number + 1 :]]
    found = compared(lines, PARAGRAPHS)
    assert [item.expected for item in found] == LINES
    assert [item.errors for item in found] == [errors * (i == number) for i in range(6)]


def test_a_line_of_other_text_has_none() -> None:
    found = compared([*LINES[:3], "今日天气晴转多云", *LINES[3:]], PARAGRAPHS)
    assert found[3].expected is None
    assert [item.expected for item in found if item.expected] == LINES


def test_spaces_of_the_reference_are_kept() -> None:
    found = compared(
        ["交出稳中向好答卷回望", "过去的一年高新区"], ["交出稳中 向好答卷　回望过去的一年高新区"]
    )
    assert [item.expected for item in found] == ["交出稳中 向好答卷　回望", "过去的一年高新区"]


@settings(deadline=None, max_examples=40)
@given(st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=3))
def test_ground_truth_whatever_the_order(order: list[int], gone: set[int]) -> None:
    texts = [LINES[i] for i in order if i not in gone]
    truth = line_truth(result_of(page_of(texts)), document(PARAGRAPHS))
    page = truth.result.page
    assert page is not None
    assert sorted(item.text for item in page.lines) == sorted(texts)
    by_id = {item.id: item.text for item in page.lines}
    # The reading order is the reference's.
    assert [by_id[i] for i in page.order] == [t for i, t in enumerate(LINES) if i not in gone]
    assert not truth.without_text
    missing = "".join(t for i, t in enumerate(LINES) if i in gone)
    assert "".join(truth.without_line) == missing


def test_ground_truth_is_a_page_that_can_be_written() -> None:
    page = page_of(["理电产业今年的产值达到一百二", *LINES[1:], "今日天气晴转多云"])
    box = page.lines[0].polygon
    glyphs = tuple(Glyph(char, box, 0.5) for char in page.lines[0].text)
    page = replace(page, lines=(replace(page.lines[0], glyphs=glyphs), *page.lines[1:]))
    truth = line_truth(result_of(page), document(PARAGRAPHS))
    again = from_json(to_json(truth.result))
    assert again.page is not None
    assert [item.text for item in again.page.lines] == LINES
    assert [g.text for g in again.page.lines[0].glyphs] == list(LINES[0])
    assert {g.confidence for g in again.page.lines[0].glyphs} == {1.0}
    assert {item.confidence for item in again.page.lines} == {1.0}
    assert [item.id for item in truth.without_text] == ["l0006"]
    assert truth.without_line == ()
    paragraphs = again.articles[0].paragraphs
    assert [p.text for p in paragraphs] == PARAGRAPHS
    assert [p.line_ids for p in paragraphs] == [
        ("l0000", "l0001", "l0002"),
        ("l0003", "l0004", "l0005"),
    ]


def test_ground_truth_of_a_noisy_page() -> None:
    reference = sample_paragraphs()
    texts = in_lines(reference)
    noisy = [WRONG[i % 6] + t[1:] if i % 2 else t for i, t in enumerate(texts)]
    truth = line_truth(result_of(page_of(noisy)), document(reference))
    assert truth.result.page is not None
    right = sum(a.text == b for a, b in zip(truth.result.page.lines, texts, strict=False))
    assert right >= 0.97 * len(texts)


def test_ground_truth_needs_lines() -> None:
    with pytest.raises(ValueError, match="no lines"):
        line_truth(result_of(None), document(PARAGRAPHS))


def compared_line(
    confidence: float | None, errors: int, expected: str | None = "甲"
) -> ComparedLine:
    return ComparedLine("l", "甲", expected, errors, confidence)


def test_calibration() -> None:
    lines = [compared_line(0.1 * i, int(i < 5)) for i in range(10)]  # wrong below 0.5
    found = calibration(judged(lines))
    assert found is not None
    assert (found.lines, found.wrong) == (10, 5)
    assert sum(b.lines for b in found.bins) == 10
    assert [b.wrong for b in found.bins][:2] == [5, 0]
    assert (found.bins[0].below, found.bins[0].wrong_below) == (5, 5)
    assert found.threshold == pytest.approx(0.4)
    assert (found.flagged, found.found) == (5, 5)


def test_calibration_where_confidence_tells_nothing() -> None:
    lines = [compared_line(0.5 + 0.01 * i, int(i % 10 == 9)) for i in range(40)]
    found = calibration(judged(lines))
    assert found is not None
    assert found.flagged == 40  # all have to be read to find nine tenths of four
    assert found.found == 4


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2)), min_size=1, max_size=60))
def test_the_threshold_finds_nine_tenths(pairs: list[tuple[float, int]]) -> None:
    found = calibration(judged([compared_line(value, errors) for value, errors in pairs]))
    if found is None:
        assert all(value == 1 for value, _ in pairs)
        return
    assert found.wrong == sum(errors > 0 for _, errors in pairs)
    assert sum(b.lines for b in found.bins) == found.lines == len(pairs)
    if found.threshold is None:
        assert found.wrong == 0
    else:
        assert 10 * found.found >= 9 * found.wrong
        fewer = [e > 0 for value, e in pairs if value < found.threshold]
        assert 10 * sum(fewer) < 9 * found.wrong


def test_nothing_to_calibrate() -> None:
    assert calibration([]) is None
    assert (
        calibration(judged([compared_line(None, 1), compared_line(0.5, 1, expected=None)])) is None
    )
    assert (
        calibration(judged([compared_line(1.0, 1), compared_line(1.0, 0)])) is None
    )  # a format without confidence
    assert EDGES[0] == 0
    assert EDGES[-1] == 1


def test_lines_of_low_confidence_in_reading_order() -> None:
    page = page_of(["甲", "乙", "丙", "丁"], {0: 0.5, 1: 0.79, 2: 0.8, 3: 0.2})
    page = replace(page, order=("l0003", "l0000"))
    assert [item.id for item in low_confidence(page)] == ["l0003", "l0000", "l0001"]
    assert [item.id for item in low_confidence(page, 0.3)] == ["l0003"]
    assert all(isinstance(item, Line) for item in low_confidence(page))
