"""Whole files of every kind that is read, small ones: what the fuzzer spoils."""

from __future__ import annotations

import io
import json
import tempfile
from functools import cache
from pathlib import Path

import journal_rows
import made_pdf
import made_read
import test_iiif
import test_mets
from drawn import FIRST, HEADLINE, SECOND, STORY_TEXT, story
from fuzz_bytes import NUMBERS
from made_archive import pages, tarred, zipped
from test_cli_reflow_pages import drawn_story

from digitize import journal, render
from digitize.config import keys, toml
from digitize.formats import packed
from digitize.geometry import Box
from digitize.journal import Action, Step
from digitize.model import PageResult
from digitize.repairing.plan import Plan
from digitize.repairing.run import put_right
from digitize.stitching import stub_of, to_text

GOLDEN = Path(__file__).parent / "golden"
Seeds = list[bytes]
TRADITIONAL = "　　本報訊昨日上午，城北的新水渠全線完工，清水流進了三個村的田裡。\n"
_EM, _PITCH = 24, 38  # px


def two_columns() -> made_read.Sheet:
    """Two columns of six rows, and an old headline that runs down beside them."""
    rows = []
    for column, x in enumerate((60, 560)):
        for i in range(6):
            text = (*FIRST, *SECOND)[(i + column) % 5].strip("　")[:18]
            y = 60 + i * _PITCH
            words = [
                made_read.Word(c, Box(x + k * _EM, y, x + (k + 1) * _EM, y + _EM))
                for k, c in enumerate(text)
            ]
            rows.append(made_read.Row(tuple(words)))
    head = [
        made_read.Word(c, Box(1100, 60 + 40 * k, 1140, 100 + 40 * k))
        for k, c in enumerate(HEADLINE)
    ]
    return made_read.Sheet((1200, 400), (*rows, made_read.Row(tuple(head), vertical=True)))


@cache
def result() -> PageResult:
    """A page of our own."""
    data = made_read.hocr(drawn_story())
    return put_right(data, "page.hocr", Plan(("page.hocr",)), print).pages[0]


def foreign(form: str) -> Seeds:
    """What another program has read, in one of the forms of ``made_read``."""
    write = made_read.FORMS[form][1]
    return [write(drawn_story()), write(two_columns())]


def alto() -> Seeds:
    """ALTO, of other programs and our own."""
    tenths = made_read.alto(drawn_story(), "mm10", 0.85)
    return [*foreign("alto"), tenths, render(result(), "alto")]


def page_xml() -> Seeds:
    """PAGE XML, of other programs and our own."""
    return [*foreign("page"), render(result(), "page")]


def hocr() -> Seeds:
    """HOCR, of other programs and our own; HTML that is no XML."""
    plain = made_read.hocr(drawn_story()).partition(b"?>")[2].replace(b"</p>", b"")
    return [*foreign("hocr"), render(result(), "hocr"), plain]


def ocr_json() -> Seeds:
    """JSON of RapidOCR and PaddleOCR in several shapes."""
    lines = json.loads(made_read.rapidocr(drawn_story()))
    columns = {
        "boxes": [line["box"] for line in lines],
        "txts": [line["txt"] for line in lines],
        "scores": [0.9 for _ in lines],
        "word_results": [[["水", 0.9, line["box"]]] for line in lines],
    }
    layout = {"boxes": [{"label": "image", "coordinate": [5, 5, 90, 90]}]}
    whole = json.loads(made_read.paddleocr_3(drawn_story()))
    structure = {"layout_det_res": layout, "overall_ocr_res": whole, "width": 840, "height": 420}
    forms = ("rapidocr", "paddleocr-2", "paddleocr-3")
    made = [seed for form in forms for seed in foreign(form)]
    return [*made, *(json.dumps(x).encode() for x in (columns, structure, {"res": [structure]}))]


def own_json() -> Seeds:
    """Pages that digitize has written."""
    return [render(result(), "json")]


def mets() -> Seeds:
    """METS with pictures and text."""
    return [test_mets.mets().encode(), render_mets()]


def render_mets() -> bytes:
    """METS that names files by URL and by path, in groups within groups."""
    groups = {
        "IMG": [("i1", "image/png", "https://x.org/1.png"), ("i2", "", "file:///tmp/2.png")],
        "ALTO": [("a1", "", "alto/1.xml"), ("a2", "text/xml", "alto/%E7%AC%AC2.xml")],
    }
    return test_mets.mets(groups, "12").encode()


def iiif() -> Seeds:
    """Manifests of both versions, and what an image service tells."""
    service = {"@id": "https://x.org/i/1", "profile": "http://iiif.io/api/image/2/level1.json"}
    bodies = [test_iiif.body3(f"https://x.org/i/{n}") for n in (1, 2)]
    plain = {"@id": "https://x.org/1.jpg", "service": service}
    made = (
        test_iiif.manifest3(*(test_iiif.canvas3(n, body) for n, body in enumerate(bodies, 1))),
        test_iiif.manifest2(test_iiif.canvas2(plain, {"@value": "第1版"})),
        {"@context": "http://iiif.io/api/image/2/context.json", **service, "width": 9, "height": 9},
    )
    return [json.dumps(one).encode() for one in made]


def archives() -> Seeds:
    """Archives of scans; the first is a single page, of which others are made."""
    files = [("1.png", picture("PNG")), ("vol/2.tif", pages(9, 99)), ("readme.txt", b"text")]
    with tempfile.TemporaryDirectory() as folder:
        made = [zipped(Path(folder) / "a.zip", files)]
        made += [tarred(Path(folder) / f"a{end}", files) for end in (".tar", ".tar.gz", ".tar.xz")]
        return [picture("PNG"), *(path.read_bytes() for path in made)]


def picture(form: str, mode: str = "L", **options: object) -> bytes:
    """A small scan."""
    stream = io.BytesIO()
    story().image.resize((210, 105)).convert(mode).save(stream, form, **options)
    return stream.getvalue()


def images() -> Seeds:
    """Scans in every form and several packings."""
    import pillow_heif  # noqa: PLC0415 - an extra

    pillow_heif.register_heif_opener(thumbnails=False)
    tiffs = ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")
    return [
        *(picture(form) for form in ("PNG", "JPEG", "BMP", "WEBP", "GIF", "JPEG2000")),
        *(picture(form, "RGB") for form in ("PNG", "JPEG", "JPEG2000", "HEIF")),
        *(picture("PNG", mode) for mode in ("1", "P", "LA", "RGBA", "I;16")),
        *(picture("TIFF", compression=packing) for packing in tiffs),
        picture("TIFF", "1", compression="group4"),
        picture("JPEG", "CMYK", dpi=(300, 300)),
        pages(9, 99, 200),
    ]


def pdfs() -> Seeds:
    """PDFs: set type, a scan, several pages, one that is locked."""
    rows = [(50.0, 500.0 - 20 * i, 12.0, text.strip("　")) for i, text in enumerate(FIRST)]
    scan = made_pdf.pdf([
        made_pdf.CATALOG,
        made_pdf.page_tree(1),
        made_pdf.page(content=4, xobject=5),
        made_pdf.stream(b"q 144 0 0 216 0 0 cm /X Do Q"),
        made_pdf.picture(story().pixels[:200, :150]),
    ])  # fmt: skip
    hidden = made_pdf.typed(rows, more=b"q 400 0 0 600 0 0 cm /X Do Q 3 Tr\n")
    return [made_pdf.typed(rows), hidden, scan, made_pdf.blank(3), made_pdf.encrypted("x")]


def texts() -> Seeds:
    """Text in order and in disorder, in the encodings that are read."""
    broken = (GOLDEN / "zaozhuang-2024-02-06.ocr.txt").read_text("utf-8")
    told = f"{STORY_TEXT}\n\n第2版　2024年2月6日　星期二\n\n{TRADITIONAL}"
    return [
        STORY_TEXT.encode(),
        broken[:3000].encode(),
        told.encode("gb18030"),
        TRADITIONAL.encode("big5"),
        told.encode("utf-16"),
    ]


def references() -> Seeds:
    """What pages are compared with: Markdown and set truth, beside what others have read."""
    truth = {
        "articles": [
            {
                "headline": HEADLINE,
                "paragraphs": [{"text": FIRST[0], "sub": False}, {"text": "水", "sub": True}],
                "frames": [{"box": [0, 0, 9, 9], "fragments": [{"p": 0, "text": "水"}]}],
            }
        ],
        "captions": ["图"],
        "tables": [{"rows": [["一", "二"]]}],
        "furniture": [{"text": "第4版"}],
    }
    markdown = f"# {HEADLINE}\n\n*记者*\n\n{FIRST[0]}\n\n---\n\n## {HEADLINE}\n\n{SECOND[0]}\n"
    return [json.dumps(truth).encode(), markdown.encode(), *texts()[:2], *own_json()]


def settings() -> Seeds:
    """A ``digitize.toml`` with every key, and one with profiles and ranges."""
    every = "\n".join(f"{key} = {toml.value(keys.default_of(key))}" for key in keys.every())
    profiles = (
        '[ocr]\nengine = "tesseract"\n\n[profile.shenbao]\nmatch = "shenbao-*"\n'
        'ocr.languages = ["chi_tra"]\nreflow.furniture = ["本埠新聞.*"]\n\n'
        '[[pages]]\nmatch = ["*.pdf", "a/*"]\nrange = "1-4,9-"\npreprocess.denoise = false\n'
    )
    return [every.encode(), profiles.encode()]


TOML_VALUES = (
    *NUMBERS, b"true", b'""', b'"x"', b"[]", b"[1]", b'["("]', b"{}", b"{a = 1}", b"1979-05-27",
    b"nan", b"inf", b'"""\n"""', b"'*'", b'"\\u0000"', b'"9-1"', b'"1-"', b"[[[]]]", b'["[", "**"]',
    b'"\xe6\xb0\xb4"', b"0b1", b"07:32:00", b'"auto"', b'"none"', b'"20%"', b'"rapidocr"',
)  # fmt: skip


def journals() -> Seeds:
    """A journal of three pages, one with a stub and one laid aside."""
    with tempfile.TemporaryDirectory() as folder:
        with journal.opened(folder, print) as book:
            asked = [journal_rows.asked(f"/in/{n}.png") for n in "abc"]
            steps = [Step(one, Action.READ, "new", one.making.forms) for one in asked]
            book.begin(steps, [one.key for one in asked])
            book.record(journal_rows.row(asked[0]), to_text(stub_of(result(), "a", 0)))
            book.record(journal_rows.row(asked[1]), aside=packed(result()))
            book.note(folder="/out")
        return [(journal.room_of(folder) / "journal.sqlite").read_bytes()]


def recordings() -> Seeds:
    """What the replay engine repeats."""
    return [story().recording().encode()]
