"""Who reads the pages: digitize itself, and the programs that it is measured against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digitize.bench.contenders.ocrmypdf import OcrMyPdf
from digitize.bench.contenders.ours import Digitize
from digitize.bench.contenders.rapidocr import RapidOcr
from digitize.bench.contenders.tesseract import Tesseract
from digitize.bench.model import Contender


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of the others: processes or threads, and Tesseract's languages."""

    jobs: int
    languages: tuple[str, ...] = ()


PEERS: dict[str, Callable[[Wishes], Contender]] = {
    "rapidocr": lambda wishes: RapidOcr(wishes.jobs),
    "tesseract": lambda wishes: Tesseract(wishes.jobs, wishes.languages),
    "ocrmypdf": lambda wishes: OcrMyPdf(wishes.languages),
}
"""The others, by the name under which they are asked for."""

__all__ = ["PEERS", "Digitize", "Wishes"]
