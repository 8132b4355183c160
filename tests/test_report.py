"""What goes into a report: rows, marks, names, scans; the browser's part is tested beside this."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import tomllib
from dataclasses import replace
from html import unescape
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from evaluation import document
from hypothesis import given
from hypothesis import strategies as st
from made_report import SIZE, distorted, made, reference
from PIL import Image

from digitize.errors import InputError
from digitize.evaluate import PageComparison, compare, diff, profile, read
from digitize.evaluate.document import Document
from digitize.evaluate.result import Kind
from digitize.geometry import Box
from digitize.model import Source
from digitize.report import scan
from digitize.report.facts import facts, script_data
from digitize.report.marks import marked
from digitize.report.page_view import page_view
from digitize.report.render import html
from digitize.report.rows import Row, rows
from digitize.report.slugs import Slugs, link
from digitize.report.visible import excerpt, visible

TEXTS = st.lists(st.text("甲乙丙丁戊己，。 a1\x01\ud800…", min_size=1, max_size=12), max_size=8)


def compared(hypothesis: list[str], expected: list[str]) -> PageComparison:
    return compare(document(hypothesis), document(expected))


@given(TEXTS, TEXTS, st.sampled_from(["strict", "punct", "loose"]))
def test_every_text_is_shown_once_and_every_difference_marked(
    ours: list[str], theirs: list[str], name: str
) -> None:
    page = compare(document(ours), document(theirs), profile(name))
    shown = list(rows(page))
    for side, texts in (("reference", theirs), ("hypothesis", ours)):
        assert [i for row in shown for i in getattr(row, side)] == list(range(len(texts)))
        found = marked(page, side)
        joined = ["".join(p.text for run in runs for p in run.pieces) for runs in found]
        assert joined == [visible(text) for text in texts]
        numbers = {n for runs in found for run in runs for p in run.pieces for n in p.differences}
        numbers |= {run.move for runs in found for run in runs if run.move is not None}
        placed = {n for n, d in enumerate(page.differences, 1) if getattr(d, side) is not None}
        assert numbers == placed
    json.loads(script_data(facts(page)))


def test_rows_put_beside_each_other_what_belongs_together() -> None:
    a, b, c, d = (
        "一二三四五六七八九十",
        "甲乙丙丁戊己庚辛壬癸",
        "子丑寅卯辰巳午未申酉",
        "天地玄黄宇宙洪荒日月",
    )
    assert list(rows(compared([a, b[:5], b[5:], d], [a, b, c, d]))) == [
        Row(range(0, 1), range(0, 1)),
        Row(range(1, 2), range(1, 3)),  # split
        Row(range(2, 3), range(0)),  # missing
        Row(range(3, 4), range(3, 4)),
    ]
    assert list(rows(compared([a + b, c], [a, b, c]))) == [
        Row(range(0, 2), range(0, 1)),  # merged
        Row(range(2, 3), range(1, 2)),
    ]
    moved = list(rows(compared([b, c, d, a], [a, b, c, d])))
    assert moved[0] == Row(range(0, 1), range(0))
    assert moved[-1] == Row(range(0), range(3, 4))


def test_marks_say_what_kind_and_where() -> None:
    page = compared(["今天天汽很好我们去公园玩"], ["今天天气很好，我们去公园玩吧"])
    (runs,) = marked(page, "reference")
    (other,) = marked(page, "hypothesis")
    kinds = [(p.text, p.kind) for run in runs for p in run.pieces if p.kind]
    assert kinds == [("气", Kind.SUBSTITUTED), ("，", Kind.OMITTED), ("吧", Kind.OMITTED)]
    carets = [(p.caret, p.kind) for run in other for p in run.pieces if p.kind]
    assert carets == [(False, Kind.SUBSTITUTED), (True, Kind.OMITTED), (True, Kind.OMITTED)]


def test_facts_of_the_made_page(tmp_path: Path) -> None:
    page = diff(*made(tmp_path))
    found = {fact["kind"]: fact for fact in facts(page)}
    assert sorted(found) == sorted(map(str, Kind))
    wrong = found["substituted"]
    assert (wrong["lines"], wrong["confidence"], wrong["at"]) == (("l0000",), 0.55, (0.25, 0.3))
    assert wrong["around"] == (reference()[0][:5], reference()[0][6:18])
    assert found["moved"]["scripts"] == ["han"]
    assert found["moved"]["read"]["line"] == page.hypothesis.paragraphs[4].lines[-1][0]
    assert found["moved"]["belongs"]["text"] == reference()[2][-12:]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x00乙\x1b", "甲⟨U+0000⟩乙⟨U+001B⟩"),
        ("\ud83d\udfff", "⟨U+D83D⟩⟨U+DFFF⟩"),
        ("左\u202e右\u200b\ufeff\uffff", "左⟨U+202E⟩右⟨U+200B⟩⟨U+FEFF⟩⟨U+FFFF⟩"),
        ("一\t二\n三　四", "一\t二\n三　四"),
        ("👨\u200d👩 葛\U000e0100", "👨\u200d👩 葛\U000e0100"),
    ],
)
def test_what_cannot_be_seen_is_spelt(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_can_be_written(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert len(excerpt(text, 10).encode("utf-8")) <= 11 * 9


@given(st.lists(st.text(st.characters(), max_size=90), max_size=30))
def test_slugs_are_names_of_files_and_all_different(names: list[str]) -> None:
    slugs = Slugs()
    found = [slugs.new(name) for name in names]
    assert len({slug.casefold() for slug in found}) == len(names)
    for slug in found:
        assert len(f"{slug}.html".encode()) < 255
        assert not set(slug) & set("/\\:*?\"<>|# %'\0")
        assert not slug.startswith(".")


def test_slugs_keep_usual_names() -> None:
    slugs = Slugs()
    assert [slugs.new(n) for n in ("今日-4版", "a/p1", "a_p1", "A/P1", "", "..")] == [
        "今日-4版", "a_p1", "a_p1-2", "A_P1-3", "page", "page-2",
    ]  # fmt: skip
    assert link("报/a b#1\udcff.html") == "%E6%8A%A5/a%20b%231%FF.html"


def test_data_in_a_script_cannot_end_it() -> None:
    evil = {"a": "</script><!--<script>", "b": "\ud800 "}
    text = script_data(evil)
    assert "<" not in text
    assert text.isascii()
    assert json.loads(text) == evil


def view_of(folder: Path, ours: Path, theirs: Path) -> str:
    document = read(ours, glyphs=False)
    made_view = page_view(compare(document, read(theirs)), document, "page")
    return html("page", [made_view]).decode("utf-8")


def test_nothing_is_asked_for_from_elsewhere(tmp_path: Path) -> None:
    text = view_of(tmp_path, *made(tmp_path))
    places = re.findall(r"""(?:src|href|action|poster|data)\s*=\s*["']?([^"'\s>]*)""", text)
    assert places
    assert all(place.startswith(("#", "data:image/jpeg;base64,")) for place in places)
    assert not re.search(r"https?:|@import|url\(|<(?:link|iframe|base|object)\b", text)
    assert "default-src 'none'" in unescape(text)


def test_names_and_texts_are_escaped(tmp_path: Path) -> None:
    evil = "<b>&amp;</b>\"'\udc80"
    found = compare(document([evil + "甲"]), document([evil + "乙"]))
    page = page_view(replace(found, name=evil, leaked=(evil,)), document(), "x")
    text = html(evil, [page]).decode("utf-8")
    assert "<b>&amp;</b>" not in text
    assert text.count("&lt;b&gt;&amp;amp;&lt;/b&gt;") >= 5
    assert "⟨U+DC80⟩" in text


def test_the_templates_go_with_the_package() -> None:
    names = {item.name for item in files("digitize.report").joinpath("templates").iterdir()}
    assert {"report.html", "summary.html", "page.html", "report.css", "report.js"} <= names
    root = Path(__file__).resolve().parent.parent
    packed = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    assert packed["build"]["targets"]["wheel"] == {"packages": ["digitize"]}  # all files in it


def test_the_scan_is_reduced_and_close_looks_are_not(tmp_path: Path) -> None:
    page = read(made(tmp_path)[0])
    assert page.source is not None
    found = scan.picture(page.source, {"l0000": Box(70, 90, 580, 140), "out": Box(-9, -9, -1, -1)})
    assert found.size == SIZE
    assert opened(found.uri).size == (867, 1600)
    assert list(found.strips) == ["l0000"]
    strip = found.strips["l0000"]
    assert (strip.x, strip.y, strip.width, strip.height) == (70, 90, 510, 50)
    cut = np.asarray(opened(strip.uri).convert("L"), dtype=float)
    truth = np.asarray(Image.open(page.source.path).crop((70, 90, 580, 140)), dtype=float)
    assert abs(cut - truth).mean() < 6
    assert truth.std() > 40  # there is type in it


def opened(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.removeprefix("data:image/jpeg;base64,"))))


def test_small_scans_need_no_close_looks(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    Image.new("RGB", (300, 400), "white").save(path)
    found = scan.picture(Source(str(path)), {"l": Box(0, 0, 50, 20)})
    assert (opened(found.uri).size, found.strips) == ((300, 400), {})


def test_close_looks_do_not_make_a_report_too_large(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    noise = np.random.default_rng(1).integers(0, 255, (2400, 2000), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    boxes = {f"l{i}": Box(0, 40 * i, 2000, 40 * i + 40) for i in range(60)}
    found = scan.picture(Source(str(path)), boxes)
    assert 0 < len(found.strips) < 60
    assert sum(len(s.uri) for s in found.strips.values()) < 1.2 * scan.STRIPS
    assert list(found.strips) == list(boxes)[: len(found.strips)]


def source_of(path: Path, name: str) -> Source:
    return Source(name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize("name", ["page.png", "scans/page.png", "/gone/scans/page.png"])
@pytest.mark.parametrize("at", ["out/page.png", "page.png", "out/scans/page.png"])
def test_a_scan_that_was_moved_is_found_beside_its_page(tmp_path: Path, name: str, at: str) -> None:
    path = tmp_path / at
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (30, 40)).save(path)
    found = scan.find(source_of(path, name), str(tmp_path / "out" / "page.json"))
    expected = at != "out/scans/page.png" or name == "scans/page.png"
    assert (found is not None and Path(found.path) == path) is expected


def test_another_scan_of_the_same_name_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    Image.new("L", (30, 40)).save(path)
    source = source_of(path, str(path))
    assert scan.find(source, str(tmp_path / "page.json")) == source
    Image.new("L", (31, 40)).save(path)
    assert scan.find(source, str(tmp_path / "page.json")) is None


def test_a_damaged_scan_is_told_and_the_lines_are_left(tmp_path: Path) -> None:
    ours, theirs = made(tmp_path)
    page = read(ours)
    assert page.source is not None
    Path(page.source.path).write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture")
    broken = replace(page, source=Source(page.source.path))
    with pytest.raises(InputError):
        scan.picture(broken.source or Source(""), {})
    view = page_view(compare(broken, read(theirs)), broken, "page")
    assert view.plate is not None
    assert "damaged" in view.plate.note
    assert (view.plate.uri, len(view.plate.lines)) == (
        "",
        len(page.page.lines if page.page else ()),
    )


def test_a_page_of_lines_without_a_scan(tmp_path: Path) -> None:
    ours, theirs = made(tmp_path)
    page = replace(read(ours), source=None)
    view = page_view(compare(page, read(theirs)), page, "page")
    assert view.plate is not None
    assert "names no scan" in view.plate.note
    assert [line.wrong for line in view.plate.lines].count(True) == 3


def test_captions_that_do_not_count_are_told(tmp_path: Path) -> None:
    del tmp_path
    caption = "图为昨日上午完工的水渠和站在渠边的村民"
    truth = replace(document(reference()), aside=(caption,))
    page = compare(document([*reference()[:2], caption, *reference()[2:]]), truth)
    view = page_view(page, document(), "page")
    badges = [p.badge for _, right in view.rows for p in right.paragraphs]
    assert badges == ["", "", "not counted", "", "", "", ""]


def test_both_texts_empty() -> None:
    empty = Document("page", "txt")
    text = html("x", [page_view(compare(empty, empty), empty, "x")]).decode("utf-8")
    assert "Both texts are empty" in text


def test_the_made_page_is_what_it_says(tmp_path: Path) -> None:
    assert len(reference()) == len(distorted()) == 6
    shutil.rmtree(tmp_path)
    assert {str(d.kind) for d in diff(*made(tmp_path)).differences} == set(map(str, Kind))
