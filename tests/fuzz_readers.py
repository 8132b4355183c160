"""Everything that reads files, as the fuzzer calls it: one that is spoiled may only be refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

import fuzz_seeds as seeds
import numpy as np
from fuzz_bytes import Spoil, spoiled, spoiled_text
from fuzz_containers import spoiled_archive, spoiled_journal
from fuzz_trees import spoiled_json, spoiled_xml
from fuzz_watch import Read

from digitize import config, journal, render, status
from digitize.config import Asked, Settings
from digitize.config.overview import of_pages, of_project
from digitize.evaluate.read import read as read_reference
from digitize.geometry import Box
from digitize.image import PageImage
from digitize.model import Line, Source
from digitize.ocr import EngineSettings, recognized
from digitize.ocr.null import NullEngine
from digitize.ocr.replay import ReplayEngine
from digitize.opening import open_file
from digitize.options import InputOptions
from digitize.paper import paper_of
from digitize.preprocess.load import load
from digitize.reflow import reflow
from digitize.reflow.continuity import Silent
from digitize.relinking import Relinking
from digitize.repairing.plan import Plan
from digitize.repairing.run import put_right
from digitize.source import discover, hashed, output_names
from digitize.storage import store_at
from digitize.text_layer import layered

PIXELS = 2_000_000  # of a scan, so that a false size costs no time
FEW = 4  # pages of a file that are opened
FORMS = ("txt", "json", "md", "jsonl", "csv", "alto", "page", "hocr", "tei")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: whole files for it, how they are spoiled, and the reading."""

    seeds: Callable[[], list[bytes]]
    spoil: Spoil
    read: Read

    def input(self, name: str, seed: int, number: int) -> bytes:
        """The input of this number, the same whenever it is asked for."""
        rng = Random(f"{seed} {name} {number}")
        return self.spoil(rng.choice(_kept(self.seeds)), rng)


@cache
def _kept(made: Callable[[], list[bytes]]) -> list[bytes]:
    return made()


def _written(data: bytes, folder: Path, name: str) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def _some(forms: Sequence[str], data: bytes) -> Sequence[str]:
    """Two of the formats, always the same for these bytes: all of them would take the most time."""
    at = crc32(data) % len(forms)
    return (forms[at], forms[at - 1])


def _results(name: str) -> Read:
    """``digitize reflow``, and what comes out in other formats."""

    def read(data: bytes, folder: Path) -> None:
        path = _written(data, folder, name)
        for page in put_right(data, path, Plan((path,)), _silent).pages[:FEW]:
            for form in _some(FORMS, data):
                render(page, form, "page")

    return read


def _silent(told: str) -> None:
    """Messages are not looked at."""


def _lists(name: str) -> Read:
    """A file that names scans, as ``run`` and ``reflow`` take it."""

    def read(data: bytes, folder: Path) -> None:
        path = _written(data, folder, name)
        _beside(folder)
        found = discover([path])
        output_names(found.sources)
        put_right(data, path, Plan((path,)), _silent)

    return read


def _beside(folder: Path) -> None:
    """What the METS names: a page that was read, and its scan."""
    if not (folder / "alto").exists():
        for inner in ("alto", "big"):
            (folder / inner).mkdir()
        (folder / "alto" / "1.xml").write_bytes(_kept(seeds.alto)[0])
        (folder / "big" / "第1.png").write_bytes(seeds.picture("PNG"))


def _archive(data: bytes, folder: Path) -> None:
    path = _written(data, folder, "scans.zip")
    before = sorted(os.listdir(folder))
    found = discover([path])
    output_names(found.sources)
    for source in found.sources[:FEW]:
        assert ".." not in source.path.removeprefix(path).split("/")
        with open_file(source.path) as stream:
            stream.read()
        load(source, PIXELS)
    assert sorted(os.listdir(folder)) == before


def _image(data: bytes, folder: Path) -> None:
    found = discover([_written(data, folder, "scan.tif")])
    for source in found.sources[:FEW]:
        load(hashed(source), PIXELS)


def _pdf(data: bytes, folder: Path) -> None:
    found = discover([_written(data, folder, "scan.pdf")])
    options = InputOptions(pdf_text="prefer")
    for source in found.sources[:FEW]:
        scan = load(source, PIXELS // 4)
        page = layered(source, scan, NullEngine(EngineSettings()), options).page
        if page is not None:
            reflow(page)


def _reference(data: bytes, folder: Path) -> None:
    read_reference(_written(data, folder, "page.json" if data[:1] == b"{" else "page.md"))


def _settings(data: bytes, folder: Path) -> None:
    path = _written(data, folder, "digitize.toml")
    found = config.load(Asked(file=path))
    for name in ("shenbao-1.pdf", "a/b.png"):
        paper_of(found.for_page(Source(name, 2, 9))).claims("本埠新聞")
    _told(found)


def _told(found: Settings) -> None:
    """All that is in force, as it is shown."""
    assert found.output is not None
    assert found.batch is not None
    assert of_project(found) is not None
    assert of_pages(found, [Source("shenbao-1.pdf")]) is not None


def _journal(data: bytes, folder: Path) -> None:
    room = folder / "out" / journal.ROOM
    room.mkdir(parents=True, exist_ok=True)
    for old in room.iterdir():
        old.unlink()
    (room / "journal.sqlite").write_bytes(data)
    try:
        found = status.status_of(store_at(str(folder / "out")))
        list(status.lines(found))
        json.dumps(status.as_data(found))
    finally:
        _book(str(folder / "out"))


def _book(out: str) -> None:
    """What a run asks of the journal."""
    with journal.opened(out, _silent) as book:
        book.facts()
        rows = book.rows()
        for key in rows:
            book.aside(key)
        book.note(folder="/elsewhere")
        relinking = Relinking(book, store_at(out), dict.fromkeys(rows, ""))
        for _ in relinking.write(False, Silent()):
            pass


def _recording(data: bytes, folder: Path) -> None:
    engine = ReplayEngine(EngineSettings(), Path(_written(data, folder, "told.json")))
    image = PageImage(np.full((420, 840), 255, np.uint8), 300)
    lines = [Line("l1", Box(60, 50, 420, 110).polygon(), "", 0, 60)]
    recognized(engine, image, lines)


def _toml(data: bytes, rng: Random) -> bytes:
    """Settings whose values are others, or whose text is spoiled."""
    rows = data.split(b"\n")
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        at = rng.randrange(len(rows))
        key = rows[at].partition(b"=")[0]
        rows[at] = key + b"= " + rng.choice(seeds.TOML_VALUES)
    made = b"\n".join(rows)
    return spoiled_text(made, rng) if rng.random() < 0.4 else made


READERS: dict[str, Reader] = {
    "alto": Reader(seeds.alto, spoiled_xml, _results("page.xml")),
    "page": Reader(seeds.page_xml, spoiled_xml, _results("page.xml")),
    "hocr": Reader(seeds.hocr, spoiled_xml, _results("page.hocr")),
    "tsv": Reader(lambda: seeds.foreign("tsv"), spoiled_text, _results("page.tsv")),
    "ocr-json": Reader(seeds.ocr_json, spoiled_json, _results("page.json")),
    "own-json": Reader(seeds.own_json, spoiled_json, _results("page.json")),
    "text": Reader(seeds.texts, spoiled_text, _results("page.txt")),
    "reference": Reader(seeds.references, spoiled_json, _reference),
    "mets": Reader(seeds.mets, spoiled_xml, _lists("mets.xml")),
    "iiif": Reader(seeds.iiif, spoiled_json, _lists("manifest.json")),
    "archive": Reader(seeds.archives, spoiled_archive, _archive),
    "image": Reader(seeds.images, spoiled, _image),
    "pdf": Reader(seeds.pdfs, spoiled, _pdf),
    "settings": Reader(seeds.settings, _toml, _settings),
    "journal": Reader(seeds.journals, spoiled_journal, _journal),
    "recording": Reader(seeds.recordings, spoiled_json, _recording),
}
