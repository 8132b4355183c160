"""The text layer of PDFs: where it is taken, and where the page is read after all."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from command import digitize, read_json
from made_pdf import typed
from made_scan import wrote
from PIL import Image

from digitize.errors import ExitCode
from digitize.geometry import Box, WritingMode
from digitize.image import PageImage
from digitize.model import Line, Source
from digitize.options import InputOptions
from digitize.pdf_text import Char, Layer, TextLayer, judged, lines_of, text_layer
from digitize.preprocess.load import MAX_PIXELS, load
from digitize.text_layer import layered

HEAD = "水渠今日完工"
BODY = [
    "本报讯昨日上午，城北的新水渠全线完工，",
    "清水流进了三个村的田里。村民老周站在渠边",
    "看了很久，说这是他盼了十年的一件大事。",
]
ROWS = [(50.0, 500.0, 30.0, HEAD)] + [(50.0, 440.0 - 20 * i, 12.0, t) for i, t in enumerate(BODY)]
PIXELS = 300 / 72  # per point
SCANNED = b"q 400 0 0 600 0 0 cm /X Do Q\n"  # a picture over all of the page


class Reader:
    """An engine that knows what is printed, or does not."""

    name = "reader"

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.texts, self.asked = list(texts), 0

    def version(self) -> str:
        return "1"

    def languages(self) -> tuple[str, ...]:
        return ()

    def recognize(self, image: PageImage, lines: Sequence[Line]) -> tuple[Line, ...]:
        self.asked += len(lines)
        return tuple(replace(line, text=self._text(line), confidence=0.9) for line in lines)

    def _text(self, line: Line) -> str:
        """What is printed there, by how far down it stands."""
        tops = {t: (600 - y - size) * PIXELS for _, y, size, t in ROWS if t in self.texts}
        near = [t for t, top in tops.items() if abs(line.polygon.box.y0 - top) < 20]
        return near[0] if near else ""


def made(tmp_path: Path, data: bytes) -> Source:
    return wrote(tmp_path / "a.pdf", data)


def layer(source: Source) -> TextLayer:
    return text_layer(source, MAX_PIXELS)


def test_characters_stand_where_they_are_drawn(tmp_path: Path) -> None:
    chars = layer(made(tmp_path, typed(ROWS))).chars
    assert "".join(char.text for char in chars) == HEAD + "".join(BODY)
    first = chars[0]
    assert first.em == pytest.approx(30 * PIXELS, rel=1e-3)
    top = (600 - 500 - 0.88 * 30) * PIXELS
    wanted = Box(50 * PIXELS, top, 80 * PIXELS, top + 30 * PIXELS)
    assert wanted.intersection(first.box) > 0.98 * wanted.area
    assert (first.shown, first.known) == (True, True)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_turned(degrees: int, tmp_path: Path) -> None:
    source = made(tmp_path, typed(ROWS, extra=b"/Rotate %d" % degrees))
    image = load(source)
    for char in layer(source).chars:
        assert Box(0, 0, image.width, image.height).contains(char.box.center)
        assert char.box.width == pytest.approx(char.box.height, rel=0.01)


def test_lines(tmp_path: Path) -> None:
    lines = lines_of(layer(made(tmp_path, typed(ROWS))).chars)
    assert [line.text for line in lines] == [HEAD, *BODY]
    assert [round(line.em / PIXELS) for line in lines] == [30, 12, 12, 12]
    assert len(lines[1].glyphs) == len(BODY[0])


def test_lines_that_run_down() -> None:
    chars = [
        Char(char, Box(300 - 20 * c, 50 + 12 * r, 312 - 20 * c, 62 + 12 * r), 12)
        for c, text in enumerate(BODY)
        for r, char in enumerate(text)
    ]
    lines = lines_of([*chars, Char("完", Box(0, 50, 12, 62), 12)])
    assert [line.text for line in lines] == [*BODY, "完"]
    assert {line.writing_mode for line in lines} == {WritingMode.VERTICAL}


def test_columns_an_em_apart_are_two_lines(tmp_path: Path) -> None:
    rows = [(50.0 + 13 * 12 * c, 440.0, 12.0, BODY[c][:12]) for c in (0, 1)]
    lines = lines_of(layer(made(tmp_path, typed(rows))).chars)
    assert [line.text for line in lines] == [BODY[0][:12], BODY[1][:12]]


def test_latin_words_keep_their_spaces_and_chinese_gets_none(tmp_path: Path) -> None:
    source = made(tmp_path, typed([(50.0, 400.0, 12.0, "共有 AB CD 与 三 村")]))
    (line,) = lines_of(layer(source).chars)
    assert line.text == "共有AB CD与三村"


def test_type_that_is_printed_twice_is_read_once(tmp_path: Path) -> None:
    rows = [(x, 500.0, 30.0, HEAD) for x in (50.0, 50.6)]
    assert [line.text for line in lines_of(layer(made(tmp_path, typed(rows))).chars)] == [HEAD]


def test_what_lies_off_the_page_or_cannot_be_seen_for_size_is_left_out(tmp_path: Path) -> None:
    rows = [(500.0, 300.0, 12.0, "外面"), (50.0, 300.0, 0.1, "太小"), *ROWS[:1]]
    assert "".join(c.text for c in layer(made(tmp_path, typed(rows))).chars) == HEAD


# --- which layers are believed


def kind(tmp_path: Path, data: bytes) -> Layer:
    found = layer(made(tmp_path, data))
    return judged(found.chars, scanned=found.scanned)


def test_layers(tmp_path: Path) -> None:
    assert kind(tmp_path, typed([])) is Layer.NONE
    assert kind(tmp_path, typed(ROWS)) is Layer.SET
    assert kind(tmp_path, typed(ROWS, more=b"3 Tr\n")) is Layer.READ
    assert kind(tmp_path, typed(ROWS, more=SCANNED + b"3 Tr\n")) is Layer.READ
    latin = typed(ROWS, lambda char: chr(0xC0 + ord(char) % 60))
    assert kind(tmp_path, latin) is Layer.GARBLED


ALL = [HEAD, *BODY]


def outcome(
    tmp_path: Path, data: bytes, engine: Reader, how: str = "auto"
) -> tuple[list[str], str]:
    source = made(tmp_path, data)
    options = InputOptions.model_validate({"pdf_text": how})
    found = layered(source, load(source), engine, options)
    lines = found.page.lines if found.page is not None else ()
    return [line.text for line in lines], found.step


def test_a_page_that_a_program_has_set_needs_no_reading(tmp_path: Path) -> None:
    engine = Reader(ALL)
    assert outcome(tmp_path, typed(ROWS), engine) == (ALL, "text layer")
    assert engine.asked == len(BODY)  # as a test
    assert outcome(tmp_path, typed(ROWS), Reader()) == (ALL, "text layer")
    assert outcome(tmp_path, typed(ROWS), engine, "ignore") == ([], "")


def test_what_another_program_has_read_is_taken_only_if_asked_for(tmp_path: Path) -> None:
    data = typed(ROWS, more=SCANNED + b"3 Tr\n")
    assert outcome(tmp_path, data, Reader(ALL)) == ([], "text layer not used: read")
    assert outcome(tmp_path, data, Reader(ALL), "prefer") == (ALL, "text layer")


@pytest.mark.parametrize("how", ["auto", "prefer"])
def test_a_font_that_says_wrong_characters_is_found_out(how: str, tmp_path: Path) -> None:
    shifted = typed(ROWS, lambda char: chr(ord(char) + 7))
    assert outcome(tmp_path, shifted, Reader(ALL), how) == ([], "text layer not used: garbled")
    private = typed(ROWS, lambda char: chr(0xE000 + ord(char) % 500))
    assert outcome(tmp_path, private, Reader(ALL), how) == ([], "text layer not used: garbled")
    silent = typed(ROWS, lambda char: None)
    assert outcome(tmp_path, silent, Reader(ALL), how) == ([], "text layer not used: garbled")


def test_a_line_with_a_character_nobody_knows_is_read(tmp_path: Path) -> None:
    odd = "城"  # in the first line only
    data = typed(ROWS, lambda char: "\ue123" if char == odd else char)
    engine = Reader(ALL)
    assert outcome(tmp_path, data, engine) == (ALL, "text layer")
    assert engine.asked == len(BODY) + 1


# --- the whole way


def test_a_run(tmp_path: Path) -> None:
    made(tmp_path, typed(ROWS))
    done = digitize("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--engine", "null", "-q")
    assert done.exit_code == ExitCode.OK
    text = (tmp_path / "out" / "a.txt").read_text("utf-8")
    assert text == f"{HEAD}\n\n{''.join(BODY)}\n"
    data = read_json(tmp_path / "out" / "a.json")
    assert data["page"]["provenance"]["steps"] == ["render 300 dpi", "text layer"]
    done = digitize("run", tmp_path / "a.pdf", "--engine", "null", "--pdf-text", "ignore")
    assert (done.exit_code, done.stdout) == (ExitCode.OK, "")


def test_a_picture_is_no_pdf(tmp_path: Path) -> None:
    Image.new("L", (300, 300), 255).save(tmp_path / "a.png")
    done = digitize("run", tmp_path / "a.png", "--engine", "null", "--pdf-text", "prefer")
    assert done.exit_code == ExitCode.OK


PRINTED = """<html><head><meta charset="utf-8"><style>
@page { size: 300mm 400mm; margin: 15mm } body { font: 10.5pt "Noto Serif CJK SC" }
h1 { font-size: 36pt; margin: 0 0 5mm } p { text-indent: 2em; margin: 0; line-height: 1.5 }
.text { columns: 3; column-gap: 8mm; column-rule: 1px solid black; text-align: justify }
.down { writing-mode: vertical-rl; height: 90mm; border: 1px solid black; margin-top: 8mm }
</style></head><body><h1>三十年的老水管，终于换了</h1><div class="text">%s</div>
<div class="down">%s</div></body></html>"""


@pytest.mark.slow
def test_a_page_that_a_browser_has_printed_comes_out_without_a_fault(tmp_path: Path) -> None:
    texts = Path(__file__).resolve().parent.parent / "samples" / "texts" / "city.txt"
    rows = texts.read_text("utf-8").splitlines()
    body = [row for row in rows if len(row) > 30 and row[0] not in "@#"][:20]
    level, down = body[:-2], body[-2:]
    parts = ("".join(f"<p>{row}</p>" for row in rows) for rows in (level, down))
    page = PRINTED % tuple(parts)
    (tmp_path / "a.html").write_text(page, "utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={tmp_path / 'a.pdf'}", (tmp_path / "a.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    done = digitize("run", tmp_path / "a.pdf", "-q")
    assert done.exit_code == ExitCode.OK
    found = [part for part in done.stdout.split("\n") if part]
    assert sorted(found) == sorted(["三十年的老水管，终于换了", *body])
