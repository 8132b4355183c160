"""Page furniture: masthead, date, folio, section, editors, hot-lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digitize.geometry import Box
from digitize.reflow.fragments import Fragment
from digitize.reflow.rows import Row, Scene

# What furniture says, kind by kind; a row matches when the pattern is most of its text.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            r"(?:[12]\d{3}|[一二三四五六七八九〇零○]{4})\s*[年.\-/]\s*"
            r"[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
            r"|星期[一二三四五六日天]|农历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
            r"|中華民國.{1,4}年"
        ),
    ),
    (
        "editors",
        re.compile(
            r"(?:责任?编辑|责编|本版编辑|编辑|美编|美术编辑|校对|组版|版式|值班|主编|编审|见习编辑"
            r"|編輯|校對|排版|视觉|设计|制图|检校)\s*[:：/|／丨■]?"
        ),
    ),
    (
        "folio",
        re.compile(
            r"^\s*(?:第?\s*[\dA-Za-z一二三四五六七八九十○〇]{1,4}\s*版|[A-Z]?\d{1,3}|[A-Z]\d{1,2}版?)\s*$"
        ),
    ),
    (
        "imprint",
        re.compile(
            r"统一(?:连续)?出版物?号|国内统一刊号|CN\s*\d\d|ISSN|邮发代号|代号\s*\d|第\s*\d{3,6}\s*[期号號]"
            r"|今日\s*[\d一二三四五六七八九十]+\s*版|总第|零售|定价|广告.{0,4}许可|印刷|社址|出版社?$|主管|主办|今日.{0,8}℃|多云|晴转"
        ),
    ),
    (
        "contact",
        re.compile(
            r"热线|e-?mail|邮箱|电话[:：]?\s*[（(]?\d|网址|www\.|https?:|\.com|\.cn|微信|微博|客户端|扫码"
            r"|投稿|壹点|^\s*[\d\-—]{7,13}\s*$",
            re.IGNORECASE,
        ),
    ),
)
ZONE_TOP = 0.22  # of the page: a masthead is no deeper
ZONE_BOTTOM = 0.07
NEAR = 2.5  # em of body type between rows of one furniture zone
RULE = 0.55  # of the text's width that a rule closing a zone runs
MAX_TEXT = 300  # characters: an imprint may run across the whole foot of the page
SAME_SIZE = 0.15  # by which sizes in one column differ
CLOSE = 1.1  # em between rows of a column
COLUMN_TEXT = 7  # characters of a row that shows a column
SMALL = 2  # rows; a longer fragment is a column of text or a list
FIRST = 0.5  # of the zone's depth: a masthead's large name may stand before the first anchor


def kind_of(text: str) -> str | None:
    """What kind of furniture ``text`` reads like, or None."""
    if len(text) > MAX_TEXT:
        return None
    return next((kind for kind, pattern in KINDS if pattern.search(text)), None)


def find_furniture(scene: Scene, pieces: Sequence[Fragment]) -> tuple[Row, ...]:
    """The rows of ``scene`` that are furniture; ``pieces`` are its fragments.

    Rows that read like furniture and stand by themselves in the head or foot zone anchor it; what
    lies outside of them or is cut off with them by a long rule goes with them.
    """
    if not scene.rows:
        return ()
    small = [f for f in pieces if len(f.rows) <= SMALL]
    loose = [row for f in small for row in f.rows]
    text = Box.around(row.box for row in scene.rows)
    found = {*_zone(scene, text, loose, top=True), *_zone(scene, text, loose, top=False)}
    return tuple(row for row in scene.rows if row in found)


def _zone(scene: Scene, text: Box, loose: Sequence[Row], top: bool) -> list[Row]:
    """The furniture at one end of the page. Distances are measured inwards from that end."""

    def start(row: Row) -> float:
        return row.box.y0 - text.y0 if top else text.y1 - row.box.y1

    def end(row: Row) -> float:
        return row.box.y1 - text.y0 if top else text.y1 - row.box.y0

    depth = (ZONE_TOP if top else ZONE_BOTTOM) * text.height
    near = sorted((row for row in loose if end(row) <= depth), key=start)
    near = [row for row in near if _alone(row, scene)]
    anchors = [r for r in near if kind_of(r.text) and (top or not _framed(r, scene))]
    edge = _reach([(start(r), end(r)) for r in anchors], NEAR * scene.em, depth)
    if edge is None:
        return []
    rules = [r.center[1] - text.y0 if top else text.y1 - r.center[1] for r in _long(scene, text)]
    slack = 0.5 * scene.em
    closing = [r for r in rules if edge - slack <= r <= edge + NEAR * scene.em]
    if closing:
        return [row for row in scene.rows if end(row) <= min(closing) + slack]
    middle = [(start(row) + end(row)) / 2 for row in near]
    return [row for row, y in zip(near, middle, strict=True) if y <= edge]


def _alone(row: Row, scene: Scene) -> bool:
    """Whether no row of the same size and measure stands next above or below: no column."""
    return not any(
        other is not row
        and abs(other.em / row.em - 1) < SAME_SIZE
        and min(abs(other.box.x0 - row.box.x0), abs(other.box.x1 - row.box.x1)) < 3 * row.em
        and len(other.text) > COLUMN_TEXT
        and -CLOSE * row.em < row.box.overlap_y(other.box) < 0.3 * row.em
        and row.box.overlap_x(other.box) > 0.5 * min(row.box.width, other.box.width)
        and kind_of(other.text) is None
        for other in scene.rows
    )


def _framed(row: Row, scene: Scene) -> bool:
    return any(frame.contains(row.box.center) for frame in scene.frames)


def _reach(anchors: Sequence[tuple[float, float]], gap: float, depth: float) -> float | None:
    """How far in the run of anchors goes that starts near the page's end; None without one."""
    edge: float | None = None
    for low, high in anchors:
        if edge is None and low > max(gap, FIRST * depth):
            return None
        if edge is not None and low > edge + max(gap, FIRST * depth):
            break
        edge = high if edge is None else max(edge, high)
    return edge


def _long(scene: Scene, text: Box) -> list[Box]:
    return [rule for rule in scene.across if rule.width >= RULE * text.width]
