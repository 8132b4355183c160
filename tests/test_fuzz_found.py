"""Files at which the fuzzer found something to mend, as small as they could be made."""

from __future__ import annotations

import io
import re
import sqlite3
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import fuzz_seeds as seeds
import fuzz_watch as watch
import pytest
from fuzz_readers import READERS
from fuzz_trees import ENTITIES
from made_archive import picture
from test_mets import mets

from digitize.errors import InputError, OutputError
from digitize.formats import read_page
from digitize.formats.xml_writing import Names
from digitize.geometry import Box
from digitize.journal import ROOM, opened
from digitize.journal.rows import key_in
from digitize.model import Half, Line, Page
from digitize.reflow import reflow
from digitize.reflow.articles import Story
from digitize.reflow.rows import scene_of
from digitize.reflow.story_order import _cut
from digitize.repairing.plan import Plan
from digitize.repairing.run import put_right

DEEP = "[" * 2000 + "]" * 2000
HUGE = "9" * 400
SQUARE = "[[0, 0], [9, 0], [9, 9], [0, 9]]"
OWN = seeds.own_json()[0].decode()


def claiming(size: str, mode: str = "w:xz") -> bytes:
    """A TAR whose only member says in an extended header how large it is."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("1.png")
        info.pax_headers = {"size": size}
        archive.addfile(info, io.BytesIO(picture(9)))
    return stream.getvalue()


def without_ids(data: bytes) -> bytes:
    """A file of our own whose lines have lost their names."""
    return data.replace(b'"l0001"', b'""').replace(b'"l0002"', b'"l0003"')


FOUND = {
    "a size beyond all bounds": ("archive", claiming("9" * 30)),
    "the same, not packed": ("archive", claiming("9" * 30, "w:")),
    "a size below nothing": ("archive", claiming("-1")),
    "a NUL in a name": ("mets", mets().replace("alto/1.xml", "alto/%00.xml").encode()),
    "no address": ("mets", mets().replace("alto/1.xml", "http://[").encode()),
    "words that are no list": (
        "ocr-json",
        f'{{"boxes": [{SQUARE}], "txts": ["水"], "scores": [1], "word_results": [7]}}'.encode(),
    ),
    "a corner that is a number": ("ocr-json", f'[[{SQUARE[:-1]}, 7], "水", 1]'.encode()),
    "a corner far out": ("ocr-json", f'[[[[0, 0], [9, 0], [{HUGE}, 9]], "水", 1]]'.encode()),
    "control characters": ("ocr-json", f'[[{SQUARE}, "\\u0000 \\ud800", 1]]'.encode()),
    "a table without rows": ("tsv", seeds.foreign("tsv")[0].partition(b"\n")[0]),
    "a picture of a long name": (
        "ocr-json",
        f'{{"input_path": "{"a" * 300}.png", "res": [[{SQUARE}, "水", 1]], "rec_texts": ["水"], '
        f'"rec_polys": [{SQUARE}]}}'.encode(),
    ),
    "JSON nested deep": ("own-json", OWN.replace('"lines": [', f'"lines": [{DEEP}, ', 1).encode()),
    "infinity": ("own-json", OWN.replace('"em": ', '"em": 1e999, "was": ', 1).encode()),
    "an outline without corners": (
        "own-json",
        OWN.replace('"polygon": [', '"polygon": [], "was": [', 1).encode(),
    ),
    "a page that lies nowhere": (
        "own-json",
        OWN.replace('"flat": [', '"flat": [0, 0, 0, 0, 0, 0, 0, 0, 0], "was": [', 1).encode(),
    ),
    "an outline far out": (
        "own-json",
        OWN.replace('"polygon": [', '"polygon": [[1e300, 1],').encode(),
    ),
    "a confidence beyond all": (
        "own-json",
        OWN.replace('"confidence": ', '"confidence": 1e300, "was": ', 1).encode(),
    ),
    "no size of type": ("own-json", OWN.replace('"em": ', '"em": 0, "was": ').encode()),
    "ALTO without ids": ("alto", without_ids(seeds.alto()[-1])),
    "PAGE without ids": ("page", without_ids(seeds.page_xml()[-1])),
    "hOCR without ids": ("hocr", without_ids(seeds.hocr()[-2])),
    "a recording nested deep": ("recording", f'{{"lines": {DEEP}}}'.encode()),
    "a recording far out": (
        "recording",
        f'{{"lines": [{{"box": [0, 0, 9, {HUGE}], "text": "水", "confidence": 1}}]}}'.encode(),
    ),
    "a recording too sure of itself": (
        "recording",
        f'{{"lines": [{{"box": [60, 50, 420, 110], "text": "", "confidence": {HUGE}}}]}}'.encode(),
    ),
    "a recording of lists": (
        "recording",
        b'{"lines": [{"box": [0, 0, 9, [9]], "text": [], "confidence": 1}]}',
    ),
    "an image as wide as can be": (
        "iiif",
        seeds.iiif()[0].replace(b'"width": 900', f'"width": {HUGE}'.encode()),
    ),
}


@pytest.fixture
def limits() -> Iterator[None]:
    with watch.limits():
        yield


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.usefixtures("limits")
def test_it_is_read_or_refused(name: str, tmp_path: Path) -> None:
    reader, data = FOUND[name]
    fault = watch.watched(READERS[reader].read, data, tmp_path).fault
    assert fault is None, fault.told


JOURNALS = {
    "text for a number": "UPDATE pages SET lines = 'x'",
    "a number for a path": "UPDATE OR IGNORE pages SET path = 7",
    "no such column": "ALTER TABLE pages RENAME COLUMN reason TO gone",
    "no such table": "DROP TABLE facts",
    "a table that is spelt wrong": (
        "PRAGMA writable_schema = 1;UPDATE sqlite_master SET sql = 'CREATE TABLE pages\n(' || sql"
    ),
}


def changed_journal(folder: Path, change: str) -> None:
    """A journal of a run in ``folder``, with a change that no run makes."""
    room = folder / ROOM
    room.mkdir()
    path = room / "journal.sqlite"
    path.write_bytes(seeds.journals()[0])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(change)
        connection.commit()


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_of_odd_values_is_set_aside(name: str, tmp_path: Path) -> None:
    changed_journal(tmp_path, JOURNALS[name])
    said: list[str] = []
    with opened(str(tmp_path), said.append) as book:
        assert book.rows() == {}
    assert len(said) == 1
    assert "was set aside" in said[0]
    assert "\n" not in said[0]


@pytest.mark.parametrize(
    "change",
    [
        "outputs = '[]'",
        "outputs = '{\"txt\": 7}'",
        "outputs = '{'",
        "state = 'asleep'",
    ],
)
def test_a_journal_that_says_what_cannot_be_is_told(change: str, tmp_path: Path) -> None:
    changed_journal(tmp_path, f"UPDATE pages SET {change}")
    with (
        opened(str(tmp_path), print) as book,
        pytest.raises(OutputError, match=r"damaged \(.*\); remove it"),
    ):
        book.rows()


def test_a_page_s_number_is_a_number() -> None:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row = "SELECT x'61' AS path, 0 AS page_no, 'many' AS page_count, '' AS half"
    with pytest.raises(TypeError, match="number"):
        key_in(connection.execute(row).fetchone())


def test_a_journal_that_lost_a_page_is_told(tmp_path: Path) -> None:
    with (
        opened(str(tmp_path), print) as book,
        pytest.raises(OutputError, match=r"damaged \(.*\); remove it"),
    ):
        book.aside(("gone.png", 0, 1, Half.WHOLE))


@pytest.mark.parametrize("name", [name for name in FOUND if FOUND[name][0] == "own-json"])
def test_our_own_pages_are_refused_where_they_cannot_be(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_bytes(FOUND[name][1])
    if name == "no size of type":
        assert read_page(path).articles
    else:
        with pytest.raises(InputError, match="is no page written by digitize"):
            read_page(path)


def test_lines_on_each_other_do_not_keep_reflow_for_ever() -> None:
    """Every one of them could go on in every other: hundreds of cycles."""
    square = Box(60, 50, 420, 74)
    one = Line("l", square.polygon(), "水渠今日完工，清水流进了三个村的田里", 0.9, 24)
    beside = replace(one, polygon=Box(500, 50, 860, 74).polygon())
    lines = [
        replace(x, id=f"l{i}{side}") for i in range(60) for side, x in (("a", one), ("b", beside))
    ]
    began = time.process_time()
    done = reflow(Page((900, 400), lines=tuple(lines)))
    assert time.process_time() - began < watch.SECONDS
    assert sorted(done.page.order) == sorted(line.id for line in lines)


LAUGHS = "".join(f'<!ENTITY x{i} "{f"&x{i - 1};" * 10}">' for i in range(1, 12))
DECLARED = (*(entity for entity in ENTITIES if "<!ENTITY" in entity),
            f'<!DOCTYPE r [<!ENTITY x0 "ha">{LAUGHS}<!ENTITY d "&x11;">]>')  # fmt: skip


@pytest.mark.parametrize("place", ["text", "attribute"])
@pytest.mark.parametrize("name", ["alto", "page", "hocr", "mets"])
def test_documents_that_declare_entities_are_refused(name: str, place: str, tmp_path: Path) -> None:
    """Whether they are named or not, within the document or outside, few or a billion."""
    plain = READERS[name].seeds()[0].decode().partition("?>")[2]
    tag = re.match(r"<[^>]*", plain)
    assert tag is not None
    used = f"{tag[0]}>&d;" if place == "text" else f'{tag[0]} title="&d;">'
    path = tmp_path / f"page{'.hocr' if name == 'hocr' else '.xml'}"
    for declared in DECLARED:
        path.write_text(declared + used + plain[tag.end() + 1 :], "utf-8")
        began = time.process_time()
        with pytest.raises(InputError, match=r"entit|XML"):
            put_right(path.read_bytes(), str(path), Plan((str(path),)), print)
        assert time.process_time() - began < watch.SECONDS


def test_ids_of_thousands_of_words_take_no_time() -> None:
    names = Names()
    began = time.process_time()
    made = [names.new("l0001w") for _ in range(20_000)]
    assert time.process_time() - began < 1
    assert made[:3] == ["l0001w", "l0001w_2", "l0001w_3"]
    assert len(set(made)) == len(made)
    assert [names.new(x) for x in ("l0001w_20001", "l0001w", "l0001w")] == [
        "l0001w_20001", "l0001w_20002", "l0001w_20003"
    ]  # fmt: skip


def test_more_stories_than_python_goes_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories in hundreds, all over each other; and fragments that are too many to be weighed."""
    made = Line(
        "l", Box(60, 50, 420, 74).polygon(), "水渠今日完工，清水流进了三个村的田里", 0.9, 24
    )
    scene = scene_of(Page((900, 400), lines=(made,)))
    story = Story((), Box(0, 0, 1, 1))
    placed = [(story, Box(i % 7, i % 5, 400 + i % 3, 300)) for i in range(1200)]
    assert len(_cut(placed, scene)) == len(placed)
    monkeypatch.setattr("digitize.reflow.order.MOST", 3)
    lines = [
        replace(made, id=f"l{i}", polygon=Box(60, 50 + 90 * i, 420, 74 + 90 * i).polygon())
        for i in range(6)
    ]
    done = reflow(Page((900, 900), lines=tuple(lines)))
    assert list(done.page.order) == [line.id for line in lines]
