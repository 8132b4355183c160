"""OCRmyPDF with its usual number of processes, on one PDF of all the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from digitize.bench.contenders.tesseract import DEFAULT, found
from digitize.bench.contenders.tesseract import INSTALL as TESSERACT
from digitize.bench.model import BenchPage, Call

INSTALL = "pipx install ocrmypdf"
POINTS = 72.0  # an inch
SIDECAR = "text.txt"
JPEG = frozenset({".jpg", ".jpeg"})


@dataclass(frozen=True, slots=True)
class OcrMyPdf:
    """The program, all pages in one call, so that it can read as many at once as it will."""

    languages: tuple[str, ...] = ()
    name: str = "OCRmyPDF, its usual jobs"

    def missing(self) -> str:
        """The program, or Tesseract, which it calls."""
        if not found("ocrmypdf"):
            return f"ocrmypdf is not installed; {INSTALL}"
        return "" if found("tesseract") else f"tesseract is not installed; {TESSERACT}"

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        """The PDF is made here; JPEG pages are taken into it as they are."""
        out.mkdir(parents=True, exist_ok=True)
        scans = out / "scans.pdf"
        _bound(pages, scans)
        return Call(
            (
                found("ocrmypdf"),
                f"--language={'+'.join(self.languages or DEFAULT)}",
                "--output-type=pdf",
                f"--sidecar={out / SIDECAR}",
                str(scans),
                str(out / "read.pdf"),
            )
        )

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        """The pages of the sidecar, which form feeds divide."""
        found = (out / SIDECAR).read_text("utf-8").split("\f")
        result: dict[str, Path] = {}
        for page, text in zip(pages, found, strict=False):  # a form feed may stand at the end
            result[page.name] = out / f"{page.name}.txt"
            result[page.name].write_text(text, "utf-8")
        return result

    def stages(self, out: Path) -> dict[str, float]:
        """It has none that could be compared."""
        return {}


def _bound(pages: Sequence[BenchPage], path: Path) -> None:
    """A PDF of the pages, each at its own resolution, nothing lost."""
    document = pypdfium2.PdfDocument.new()
    for page in pages:
        image = pypdfium2.PdfImage.new(document)
        if page.path.suffix in JPEG:
            image.load_jpeg(str(page.path))
        else:
            image.set_bitmap(_bitmap(page.path))
        width, height = (side * POINTS / page.dpi for side in image.get_px_size())
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        sheet = document.new_page(width, height)
        sheet.insert_obj(image)
        sheet.gen_content()
    document.save(str(path))


def _bitmap(path: Path) -> pypdfium2.PdfBitmap:
    from PIL import Image  # noqa: PLC0415 - only here

    with Image.open(path) as opened:
        kept = opened if opened.mode in {"L", "RGB"} else opened.convert("RGB")
        return pypdfium2.PdfBitmap.from_pil(kept)
