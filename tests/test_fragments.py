"""Rows put together and stacked into pieces of columns, from rows that are given as boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.geometry import Box, WritingMode
from digitize.reflow.fragments import stack
from digitize.reflow.rows import Row, Scene, body_em, merge_pieces

EM = 20.0
LEADING = 1.35


def _row(text: str, x: float, y: float, em: float = 1.0) -> Row:
    """A row at ``x``, ``y`` in em of body type, in type of ``em`` of it."""
    size = em * EM
    return Row((text,), Box(x * EM, y * EM, x * EM + len(text) * size, y * EM + size), size, text)


def _column(text: str, x: float, y: float, leading: float = LEADING, em: float = 1.0) -> list[Row]:
    """Full rows of ``text``, set solid, one under the other; the first one is set in."""
    rows = [text[:10], *(text[i : i + 12] for i in range(10, len(text), 12))]
    starts = [2 * em, *[0.0] * len(rows)]
    places = zip(rows, starts, strict=False)
    return [_row(t, x + s, y + i * leading * em, em) for i, (t, s) in enumerate(places)]


def _scene(rows: Sequence[Row], pictures: tuple[Box, ...] = ()) -> Scene:
    around = Box.around(row.box for row in rows).grown(EM)
    mode = WritingMode.HORIZONTAL
    return Scene(tuple(rows), (), (), pictures, (), around, body_em(rows), mode)


def _pieces(rows: Sequence[Row]) -> list[list[str]]:
    scene = _scene(rows)
    return [[row.text for row in f.rows] for f in stack(scene, scene.rows)]


NEWS = "城区各小区的供水时间不变北塬乡各村每日供水两次早晚各一小时因检修停水的提前三天张榜公布" * 3
COMMENT = "老城区的供水管道铺设多年图纸只有一份谁也说不清哪一根通到哪里这样的家底总得先摸清楚" * 2


def test_a_comment_set_wider_than_the_news_is_one_piece() -> None:
    comment = _column(COMMENT, 0, 0, leading=1.85, em=1.2)
    pieces = _pieces([*comment, *_column(NEWS, 20, 0), *_column(NEWS[5:], 34, 0)])
    assert [row.text for row in comment] in pieces


def test_a_byline_over_a_short_column_stands_apart() -> None:
    """Headings and their space make its leading no wider."""
    short = _column("城区各小区的供水时间不变北塬乡各村每日", 0, 2)
    heading = _row("图纸找了半个月", 2, 5.6)
    rest = _column("老城区的供水管道铺设多年图纸只有", 0, 7.6)
    byline = _row("通讯员　何立新　陈晓梅", 0.5, 0)
    pieces = _pieces([byline, *short, heading, *rest, *_column(NEWS, 14, 2)])
    assert [byline.text] in pieces


def test_a_byline_in_the_middle_under_a_sub_headline_is_no_part_of_it() -> None:
    over, byline = _row("老人带着儿子种下四万亩林", 1.8, 0, 1.2), _row("本报记者　张清", 5, 1.9)
    pieces = _pieces([over, byline, *_column(NEWS, 0, 4), *_column(NEWS, 14, 4)])
    assert [over.text] in pieces
    assert [byline.text] in pieces


def test_a_short_row_at_a_columns_top_is_no_piece_of_the_row_beside_it() -> None:
    """Rows over both columns run through the gutter; those below end at it."""
    left = _column(NEWS[:46], 0, 4)
    right = _row("的四分之一。", 13.2, 4)
    heading, rest = _row("更要卖得好", 16, 6.7), _column(NEWS, 13.2, 8.1)
    over = [_row("清河县发展山地果业带动农户一年增收", 0, 0.8, 1.2)]
    over.append(_row("本报记者杨志远和本报通讯员陈晓梅何立新", 0, 2.5))
    rows = merge_pieces(_scene([*over, *left, right, heading, *rest])).rows
    assert right in rows
    assert left[0] in rows


def test_a_caption_is_no_piece_of_the_row_beside_its_picture() -> None:
    """Rows over the whole column run on right below it."""
    picture = Box(0, 0, 7 * EM, 9 * EM)
    caption = [_row("何建国在查看草", 0, 9.3, 0.92), _row("方格。张清摄", 0, 10.5, 0.92)]
    above = [_row("何建国慢慢摸索", 8, i * LEADING) for i in range(7)]
    start, rest = _row("三年以后到", 10, 7 * LEADING), _row("了乔木长成的时", 8, 8 * LEADING)
    below = [_row(NEWS[:15], 0, (9 + i) * LEADING) for i in range(3)]
    rows = merge_pieces(_scene([*caption, *above, start, rest, *below], (picture,))).rows
    assert caption[0] in rows
    assert start in rows


def test_a_row_driven_out_to_fill_its_column_is_no_piece_of_a_headline() -> None:
    """Its glyphs stand so wide that it seems to be large; the row beside it is in body type."""
    left, right = _column(NEWS, 0, 0), _column(NEWS, 13.4, 0)
    wide = replace(right[3], em=1.4 * EM, text=NEWS[:9])
    beside = replace(left[3], em=1.12 * EM)
    rows = merge_pieces(_scene([*left[:3], beside, *left[4:], *right[:3], wide, *right[4:]])).rows
    assert beside in rows
    assert wide in rows


def test_the_pieces_of_a_headline_are_one_row() -> None:
    head = [_row("山地果业", 0, 0, 1.6), _row("富了三个村", 8, 0, 1.45)]
    rows = merge_pieces(_scene([*head, *_column(NEWS, 0, 4), *_column(NEWS, 13.4, 4)])).rows
    assert sum(row.box.y1 < 3 * EM for row in rows) == 1
