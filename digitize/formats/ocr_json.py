"""JSON of RapidOCR and PaddleOCR: outlines of lines, their texts and scores.

Each of their versions writes another shape; all come down to rows of outline, text and score:

- RapidOCR's ``to_json``, PaddleOCR-json: objects with ``box``, ``txt`` or ``text``, ``score``;
- RapidOCR's output by name: ``boxes``, ``txts``, ``scores`` (and ``word_results``);
- RapidOCR before 2, EasyOCR: lists of outline, text and score;
- PaddleOCR 2: lists of outline and (text, score), a list a page;
- PaddleOCR 3: ``rec_polys``, ``rec_texts``, ``rec_scores``, also within ``overall_ocr_res``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from digitize.formats.lines import Parts, Read, ReadPage, make_line
from digitize.formats.xml_reading import LARGEST
from digitize.geometry import Box, Point, Polygon
from digitize.model import Line, Page, Region, RegionKind

_PICTURES = frozenset({"image", "figure", "chart", "picture"})
_WITHIN = ("res", "ocr_result", "overall_ocr_res", "data", "pages", "result", "results")
_DEPTH = 6  # lists and objects within each other around the rows


class _Row(NamedTuple):
    outline: Polygon
    text: str
    score: float | None
    words: Sequence[Read] = ()


def ocr_json_pages(data: Any) -> list[ReadPage]:
    """The pages in such data; ValueError where it is of none of these shapes."""
    pages = list(_pages(data, _DEPTH))
    if not pages:
        raise ValueError("it is no page of digitize, RapidOCR or PaddleOCR")
    return pages


def _pages(data: Any, depth: int) -> Iterator[ReadPage]:
    if depth == 0:
        return
    rows = _rows(data)
    if rows is not None:
        yield _page(rows, data if isinstance(data, Mapping) else {})
    elif isinstance(data, Mapping):
        for name in _WITHIN:
            if isinstance(data.get(name), list | Mapping):
                for read in _pages(data[name], depth - 1):
                    yield _furnished(read, data)
                return
    elif isinstance(data, list):
        for item in data:
            if isinstance(item, list | Mapping):
                yield from _pages(item, depth - 1)


def _rows(data: Any) -> list[_Row] | None:
    """The rows of one page; None where ``data`` has none of their shapes."""
    if isinstance(data, Mapping):
        return _by_columns(data)
    if not isinstance(data, list) or not data:
        return None
    rows = [_row(item) for item in data]
    return None if None in rows else [row for row in rows if row is not None]


def _by_columns(data: Mapping[str, Any]) -> list[_Row] | None:
    """Rows of an object that has a list for each of outline, text and score."""
    for outlines, texts, scores in (
        ("rec_polys", "rec_texts", "rec_scores"),
        ("rec_boxes", "rec_texts", "rec_scores"),
        ("dt_polys", "rec_texts", "rec_scores"),
        ("boxes", "txts", "scores"),
    ):
        places, words = data.get(outlines), data.get(texts)
        if not isinstance(places, list) or not isinstance(words, list):
            continue
        if len(places) != len(words):
            continue
        sure = data.get(scores)
        known = sure if isinstance(sure, list) and len(sure) == len(words) else [None] * len(words)
        parts = _words(data, len(words))
        return [
            _Row(_outline(place), str(text), _score(score), part)
            for place, text, score, part in zip(places, words, known, parts, strict=True)
        ]
    return None


def _words(data: Mapping[str, Any], count: int) -> list[list[Read]]:
    """The words of every line, where the file has them; else as many empty lists."""
    texts, places = data.get("text_word"), data.get("text_word_region", data.get("text_word_boxes"))
    if _listed(texts, count) and _listed(places, count):
        return [_paired(t, p) for t, p in zip(texts or (), places or (), strict=True)]
    found = data.get("word_results")
    if _listed(found, count):
        lines = (line if isinstance(line, list) else () for line in found or ())
        return [[word for item in line if (word := _word(item))] for line in lines]
    return [[] for _ in range(count)]


def _listed(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count


def _paired(texts: Any, places: Any) -> list[Read]:
    if not isinstance(texts, list) or not _listed(places, len(texts)):
        return []
    return [Read(str(t), _outline(p), None) for t, p in zip(texts, places, strict=True)]


def _word(item: Any) -> Read | None:
    """A word of RapidOCR's: text, score, outline."""
    match item:
        case [str(text), score, list(place)]:
            return Read(text, _outline(place), _score(score))
    return None


def _row(item: Any) -> _Row | None:
    match item:
        case {"box": list(place), "txt": str(text)} | {"box": list(place), "text": str(text)}:
            return _Row(_outline(place), text, _score(item.get("score")))
        case [list(place), [str(text), score, *_]] | [list(place), str(text), score]:
            return _Row(_outline(place), text, _score(score))
        case [list(place), str(text)]:
            return _Row(_outline(place), text, None)
    return None


def _outline(place: Any) -> Polygon:
    """An outline given as corners, or as x0, y0, x1, y1; ValueError for anything else."""
    match place:
        case [[_, _], [_, _], [_, _], *_]:
            return Polygon(tuple(_point(corner) for corner in place))
        case [x0, y0, x1, y1] if not isinstance(x0, list):
            return Box(*_point((x0, y0)), *_point((x1, y1))).polygon()
    raise ValueError(f"an outline is neither corners nor a box: {str(place)[:40]}")


def _point(values: Any) -> Point:
    match values:
        case [x, y] if not (_is_odd(x) or _is_odd(y)):
            return float(x), float(y)
    raise ValueError(f"no corner of an outline: {str(values)[:40]}")


def _is_odd(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    return abs(value) > LARGEST or math.isnan(value)


def _score(value: Any) -> float | None:
    """A confidence; some versions write it as text."""
    try:
        score = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return score if math.isfinite(score) else None


def _page(rows: Sequence[_Row], data: Mapping[str, Any]) -> ReadPage:
    lines: list[Line] = []
    for row in rows:
        if row.text.strip():
            name, parts = f"l{len(lines) + 1:04d}", Parts(row.words, confidence=row.score)
            lines.append(make_line(name, " ".join(row.text.split()), row.outline, parts))
    whole = Box.around([Box(0, 0, 1, 1), *(line.polygon.box for line in lines)])
    size = (math.ceil(whole.x1), math.ceil(whole.y1))
    page = Page(size, lines=tuple(lines), order=tuple(line.id for line in lines))
    return _furnished(ReadPage(page, sized=False), data)


def _furnished(read: ReadPage, data: Mapping[str, Any]) -> ReadPage:
    """The page with the pictures that PP-Structure found, its size and its name where told."""
    boxes = data.get("layout_det_res")
    found = boxes.get("boxes") if isinstance(boxes, Mapping) else None
    pictures = [
        _outline(box["coordinate"])
        for box in (found if isinstance(found, list) else ())
        if isinstance(box, Mapping) and box.get("label") in _PICTURES and "coordinate" in box
    ]
    regions = tuple(
        Region(f"picture{i}", RegionKind.PICTURE, outline) for i, outline in enumerate(pictures, 1)
    )
    page = replace(read.page, regions=(*read.page.regions, *regions))
    told: list[Any] = [data.get("width"), data.get("height")]
    name = data.get("input_path")
    picture = read.picture or (name if isinstance(name, str) else "")
    if any(_is_odd(side) for side in told) or read.sized:
        return ReadPage(page, picture, read.sized)
    width, height = (max(have, round(side)) for have, side in zip(page.size, told, strict=True))
    return ReadPage(replace(page, size=(width, height)), picture)
