"""Independent programs that open our PDFs: poppler, qpdf, pdfium, pdf.js, PDFBox Preflight."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_JARS = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "javax.activation",
    "jaxb-api",
)
_CLASS_PATH = ":".join(f"/usr/share/java/{jar}.jar" for jar in _JARS)
CER = 0.005  # that an article may have in what a reader gives
EDGE = 4  # characters by which an approximate match may be off


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, encoding="utf-8", errors="replace",
        timeout=120, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def poppler(pdf: Path, *options: str) -> str:
    """What ``pdftotext`` reads; ``-raw``: in the order of the content."""
    return _run("pdftotext", *options, pdf, "-")


def pdfium(pdf: Path) -> str:
    """What Chromium's reader gives for copying, all pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def check(pdf: Path) -> str:
    """What qpdf finds wrong; empty: nothing."""
    done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def preflight(pdf: Path) -> str:
    """What Apache PDFBox Preflight says of a file that should be PDF/A-1b; empty: it is."""
    said = _run("java", "-cp", _CLASS_PATH, "org.apache.pdfbox.preflight.Validator_A1b", pdf)
    return "" if "is a valid PDF/A-1b file" in said else said


def rendered(pdf: Path, dpi: int, folder: Path) -> Path:
    """The first page as a picture by ``pdftoppm``."""
    _run("pdftoppm", "-r", str(dpi), "-png", "-singlefile", pdf, folder / "page")
    return folder / "page.png"


def bare(text: str) -> str:
    return "".join(text.split())


def cer_in(article: str, text: str) -> float:
    """Errors per character of an article where it is found best in a text; white space aside."""
    wanted, found = bare(article), bare(text)
    if wanted in found:
        return 0.0
    place = fuzz.partial_ratio_alignment(wanted, found)
    assert place is not None
    start, end = place.dest_start, place.dest_end
    edges = range(-EDGE, EDGE + 1)
    pieces = (found[max(0, start + a) : end + b] for a in edges for b in edges)
    return min(Levenshtein.distance(wanted, piece) for piece in pieces) / len(wanted)
