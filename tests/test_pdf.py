"""The searchable PDF as independent programs read it: order, text, places, looks, validity."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from command import digitize, files
from drawn import HEADLINE, story
from made_results import made_result
from pdf_readers import CER, cer_in, check, pdfium, poppler, preflight, rendered
from PIL import Image, ImageCms, ImageFont
from pypdfium2 import PdfDocument
from typesetter import make_page

from digitize.formats.text import article_text
from digitize.geometry import Box, WritingMode
from digitize.model import (
    Article,
    Line,
    Page,
    PageResult,
    PageStatus,
    Paragraph,
    Role,
    Source,
)
from digitize.pdf import glyphless, srgb
from digitize.pdf.document import searchable

PAGES = (("front", 0), ("zaozhuang-4col", 0), ("vertical", 0), ("mixed-vertical", 3))


def blank(result: PageResult, folder: Path, kind: str = "jpg") -> PageResult:
    """``result`` with an empty sheet as its scan."""
    assert result.page is not None
    path = folder / f"scan.{kind}"
    Image.new("L", result.page.size, 255).save(path, dpi=(200, 200))
    return replace(result, source=Source(str(path), sha256="ab" * 32))


def written(folder: Path, *results: PageResult) -> Path:
    path = folder / "out.pdf"
    path.write_bytes(searchable(results))
    return path


def page_of(*lines: Line, size: tuple[int, int] = (400, 300)) -> PageResult:
    parts = tuple(Paragraph(f"p{i}", Role.BODY, x.text, (x.id,)) for i, x in enumerate(lines))
    page = Page(size, 144, lines=lines)
    return PageResult(Source("a.png"), PageStatus.OK, page, (Article("a1", parts),))


def line(name: str, box: Box, text: str, mode: WritingMode = WritingMode.HORIZONTAL) -> Line:
    em = box.width if mode is WritingMode.VERTICAL else box.height
    return Line(name, box.polygon(), text, 0.9, em, mode)


@pytest.mark.parametrize(("family", "seed"), PAGES)
def test_every_reader_gives_the_articles_in_order(family: str, seed: int, tmp_path: Path) -> None:
    result = blank(made_result(family, seed), tmp_path)
    pdf = written(tmp_path, result)
    assert check(pdf) == ""
    for text in (poppler(pdf, "-raw"), pdfium(pdf)):
        cers = {a.id: cer_in(article_text(a), text) for a in result.articles}
        assert {i: cer for i, cer in cers.items() if cer > CER} == {}
    assert result.page is not None
    body = {
        i for a in result.articles for p in a.paragraphs if p.role is Role.BODY for i in p.line_ids
    }
    read = poppler(pdf, "-raw")
    lines = [x.text for x in result.page.lines if x.id in body and " " not in x.text]
    assert [text for text in lines if text not in read] == []  # whole, and without spaces


@pytest.mark.parametrize(("family", "seed"), PAGES[:1] + PAGES[2:3])
def test_it_is_what_archives_ask_for(family: str, seed: int, tmp_path: Path) -> None:
    assert preflight(written(tmp_path, blank(made_result(family, seed), tmp_path))) == ""


def test_lines_of_one_paragraph_follow_each_other_line_by_line(tmp_path: Path) -> None:
    result = blank(made_result("zaozhuang-2col", 0), tmp_path)
    assert result.page is not None
    text = poppler(written(tmp_path, result), "-raw")
    lines = {x.id: x.text for x in result.page.lines}
    body = next(p for p in result.articles[0].paragraphs if len(p.line_ids) > 5)
    wanted = "\n".join("".join(lines[i].split()) for i in body.line_ids)
    assert wanted in text.replace(" ", "")


def test_words_stand_where_they_were_read(tmp_path: Path) -> None:
    lines = (
        line("l1", Box(20, 40, 220, 60), "锂电产业的一条龙啊好"),
        line("l2", Box(300, 40, 330, 280), "竖排的字列", WritingMode.VERTICAL),
    )
    pdf = written(tmp_path, blank(page_of(*lines), tmp_path))
    boxes = {
        text: tuple(float(value) for value in values)
        for *values, text in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>',
            poppler(pdf, "-bbox"),
        )
    }
    for item in lines:
        box = item.polygon.box
        wanted = (box.x0 / 2, box.y0 / 2, box.x1 / 2, box.y1 / 2)
        assert boxes[item.text] == pytest.approx(wanted, abs=1.5)


def test_rare_characters_and_latin_words_come_back(tmp_path: Path) -> None:
    texts = ("𠀀𪚥鬱葛\U000e0100城", "GDP growth 3.5%", "“a—b” é €")
    lines = [line(f"l{i}", Box(20, 40 * i, 380, 40 * i + 20), t) for i, t in enumerate(texts, 1)]
    pdf = written(tmp_path, blank(page_of(*lines), tmp_path))
    for text in (poppler(pdf, "-raw"), pdfium(pdf)):
        for wanted in texts:
            assert wanted in text.replace("\r", "")


def test_nothing_that_can_be_seen_is_added(tmp_path: Path) -> None:
    image, _ = make_page("front", 0, "clean", 100)
    path = tmp_path / "scan.png"
    image.convert("L").save(path, dpi=(100, 100))
    result = made_result("front", 0)
    assert result.page is not None
    page = replace(result.page, size=image.size, dpi=100)
    full = replace(result, source=Source(str(path)), page=page)
    mute = replace(full, articles=(), furniture=())
    with_text, without = (
        np.asarray(Image.open(rendered(written(tmp_path, x), 100, tmp_path))) for x in (full, mute)
    )
    assert with_text.std() > 20  # there is something on it
    assert np.array_equal(with_text, without)


def scan_of(folder: Path, mode: str, kind: str, **options: object) -> Path:
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)
    path = folder / f"scan.{kind}"
    Image.fromarray(noise).convert(mode).save(path, **options)  # type: ignore[arg-type]
    return path


@contextmanager
def image_in(pdf: Path) -> Iterator[pikepdf.PdfImage]:
    with pikepdf.open(pdf) as document:
        (stream,) = document.pages[0].get_images().values()
        assert isinstance(stream, pikepdf.Stream)
        yield pikepdf.PdfImage(stream)


def pdf_of(path: Path, folder: Path) -> Path:
    made = page_of(line("l1", Box(20, 40, 220, 60), "锂电产业"))
    return written(folder, replace(made, source=Source(str(path))))


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_goes_in_as_it_is(mode: str, tmp_path: Path) -> None:
    path = scan_of(tmp_path, mode, "jpg")
    with image_in(pdf_of(path, tmp_path)) as image:
        assert image.obj.read_raw_bytes() == path.read_bytes()


def test_a_jpeg_that_pdf_would_show_in_other_colours_is_made_anew(tmp_path: Path) -> None:
    path = scan_of(tmp_path, "CMYK", "jpg")
    with image_in(pdf_of(path, tmp_path)) as image:
        assert image.colorspace == "/DeviceRGB"
        assert image.obj.read_raw_bytes() != path.read_bytes()


def test_black_and_white_stays_exact_and_small(tmp_path: Path) -> None:
    path = scan_of(tmp_path, "1", "png")
    pdf = pdf_of(path, tmp_path)
    with image_in(pdf) as image:
        assert image.bits_per_component == 1
        made = np.asarray(image.as_pil_image().convert("1"))
    assert np.array_equal(made, np.asarray(Image.open(path)))
    assert preflight(pdf) == ""


def test_a_png_that_is_small_already_stays_exact(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    image = Image.new("RGB", (400, 300), (250, 250, 245))
    image.paste((10, 10, 10), (50, 50, 90, 90))
    image.paste((120, 10, 10), (150, 50, 190, 90))
    image.save(path)
    with image_in(pdf_of(path, tmp_path)) as made:
        assert np.array_equal(np.asarray(made.as_pil_image()), np.asarray(image))


def test_noise_in_a_png_becomes_a_jpeg(tmp_path: Path) -> None:
    path = scan_of(tmp_path, "RGB", "png")
    with image_in(pdf_of(path, tmp_path)) as image:
        assert image.filters == ["/DCTDecode"]
        assert len(image.obj.read_raw_bytes()) < path.stat().st_size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_that_lies_sideways_is_shown_upright(orientation: int, tmp_path: Path) -> None:
    upright = Image.new("L", (300, 400), 255)
    upright.paste(0, (0, 0, 100, 50))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(turns[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "scan.jpg"
    stored.save(path, exif=exif, dpi=(72, 72), quality=95)
    made = page_of(line("l1", Box(20, 40, 220, 60), "锂电产业"), size=(300, 400))
    assert made.page is not None
    result = replace(made, source=Source(str(path)), page=replace(made.page, dpi=72))
    seen = Image.open(rendered(written(tmp_path, result), 72, tmp_path)).convert("L")
    assert seen.size == (300, 400)
    difference = np.abs(np.asarray(seen, np.int16) - np.asarray(upright, np.int16))
    assert difference.mean() < 2


def test_a_scan_larger_than_any_page_is_shown_smaller(tmp_path: Path) -> None:
    result = page_of(line("l1", Box(20, 40, 220, 60), "锂电产业"), size=(30_000, 10))
    Image.new("L", (30_000, 10), 255).save(tmp_path / "a.png")
    assert result.page is not None
    shown = replace(
        result, source=Source(str(tmp_path / "a.png")), page=replace(result.page, dpi=72)
    )
    with pikepdf.open(written(tmp_path, shown)) as pdf:
        assert float(pdf.pages[0].mediabox[2]) == 14_400


def scanned_pdf(folder: Path, turns: Sequence[int], text: bytes = b"") -> Path:
    """A PDF of scans, each of 400 × 300 pixels at 144 dpi, its pages turned."""
    pdf = pikepdf.new()
    for turn in turns:
        data = io.BytesIO()
        Image.new("L", (300, 400) if turn in (90, 270) else (400, 300), 255).save(data, "JPEG")
        width, height = (150, 200) if turn in (90, 270) else (200, 150)
        pdf.add_blank_page(page_size=(width, height))
        page = pdf.pages[-1]
        image = pikepdf.Stream(
            pdf, data.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
            Width=width * 2, Height=height * 2, ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        name = page.add_resource(image, pikepdf.Name.XObject)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.F1)
        page.contents_add(f"q {width} 0 0 {height} 0 0 cm {name} Do Q\n".encode() + text)
        page.obj.Rotate = turn
    path = folder / "issue.pdf"
    pdf.save(path)
    return path


def results_of(path: Path, count: int) -> list[PageResult]:
    made = page_of(line("l1", Box(40, 60, 240, 80), "锂电产业集聚发展核心"))
    return [replace(made, source=Source(str(path), i, count)) for i in range(count)]


def test_the_pages_of_a_pdf_keep_their_pictures_and_get_text(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path, (0, 90, 180, 270))
    pdf = written(tmp_path, *results_of(path, 4))
    assert check(pdf) == ""
    with pikepdf.open(path) as before, pikepdf.open(pdf) as after:
        for a, b in zip(before.pages, after.pages, strict=True):
            (old,), (new,) = a.get_images().values(), b.get_images().values()
            assert old.read_raw_bytes() == new.read_raw_bytes()
        assert len(after.Root.StructTreeRoot.ParentTree.Nums) == 8
    with PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            assert text.get_text_range() == "锂电产业集聚发展核心"
    found = re.findall(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">', poppler(pdf, "-bbox")
    )
    assert len(found) == 4
    for values in found:
        assert tuple(map(float, values)) == pytest.approx((20, 30, 120, 40), abs=1.5)


def test_hidden_text_of_another_program_is_replaced(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path, (0,), b"BT /F1 12 Tf 3 Tr 10 10 Td (wrong) Tj 0 Tr ET")
    text = poppler(written(tmp_path, *results_of(path, 1)), "-raw")
    assert text.split() == ["锂电产业集聚发展核心"]


def test_a_page_with_text_that_can_be_seen_keeps_it_and_gets_no_other(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path, (0,), b"BT /F1 12 Tf 10 10 Td (printed) Tj ET")
    text = poppler(written(tmp_path, *results_of(path, 1)), "-raw")
    assert text.split() == ["printed"]


def test_a_page_that_failed_is_there_without_text(tmp_path: Path) -> None:
    good = blank(page_of(line("l1", Box(20, 40, 220, 60), "锂电产业")), tmp_path)
    bad = PageResult(good.source, PageStatus.FAILED)
    pdf = written(tmp_path, bad, good)
    assert check(pdf) == ""
    with pikepdf.open(pdf) as document:
        assert len(document.pages) == 2
    assert "锂电产业" in poppler(pdf, "-raw")


def test_the_structure_names_articles_headings_and_paragraphs(tmp_path: Path) -> None:
    result = blank(made_result("front", 0), tmp_path)
    with pikepdf.open(written(tmp_path, result)) as pdf:
        document = pdf.Root.StructTreeRoot.K
        articles = list(document.K)
        assert [str(article.S) for article in articles] == ["/Art"] * len(result.articles)
        heads = [str(element.S) for element in articles[1].K]
        assert "/H1" in heads
        assert "/P" in heads
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == [a.headline for a in result.articles if a.headline]
        assert pdf.docinfo["/Title"] == f"{result.masthead.paper} {result.masthead.date}".strip()


def test_the_same_page_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    result = blank(made_result("front", 0), tmp_path)
    assert searchable([result]) == searchable([result])


def test_the_profile_is_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    turned = ImageCms.profileToProfile(
        Image.fromarray(noise), profile, ImageCms.createProfile("sRGB")
    )
    assert np.abs(np.asarray(turned, np.int16) - noise).max() <= 1


def test_the_font_is_whole() -> None:
    data = glyphless.font_file()
    assert len(data) < 4096
    font = ImageFont.truetype(io.BytesIO(data), 96)
    assert font.getlength(" ") == 96
    assert font.getmask(" ").getbbox() is None


@pytest.mark.usefixtures("replay_story")
def test_the_command_writes_a_pdf_beside_the_scan(scan: Path, tmp_path: Path) -> None:
    done = digitize("run", scan, "--engine", "replay", "-o", tmp_path, "-f", "pdf", "-j", 1)
    assert done.exit_code == 0, done.output
    assert files(tmp_path) == ["page.png", "page.searchable.pdf"]
    assert HEADLINE in poppler(tmp_path / "page.searchable.pdf", "-raw")


def test_a_pdf_is_not_printed(scan: Path) -> None:
    done = digitize("run", scan, "--engine", "null", "-f", "pdf")
    assert done.exit_code == 2
    assert "pdf is no text; say into which folder it is written with -o FOLDER" in done.stderr


def test_the_drawn_story_is_found(tmp_path: Path) -> None:
    path = tmp_path / "story.png"
    story().image.save(path)
    assert poppler(pdf_of(path, tmp_path), "-raw").strip() == "锂电产业"
