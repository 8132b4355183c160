"""Calls of the Tesseract program through pytesseract: many pictures with one start."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytesseract

from digitize.errors import EngineError, MissingEngineError, MissingLanguageError, unbroken
from digitize.image import Pixels
from digitize.ocr import tesseract_tsv
from digitize.ocr.tesseract_tsv import Word

INSTALL = "run: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
START_SECONDS = 60.0  # before which no call is given up: to start, on a busy machine
PICTURE_SECONDS = 3.0  # more for every picture: a line takes 0.03 s, so this is a hundredfold
NO_SCRIPT = frozenset({"osd", "equ"})  # listed among the languages but not to be read with


def installed() -> tuple[str, ...]:
    """The languages that are there; MissingEngineError where the program is not."""
    try:
        found = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError as error:
        raise _missing() from error
    return tuple(sorted(set(found) - NO_SCRIPT))


def version() -> str:
    """The version of the program."""
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise _missing() from error


def data_folder() -> str:
    """Where the program has its languages; "" where it does not tell, as before version 5."""
    command = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
    try:
        told = subprocess.run(command, capture_output=True, check=False, timeout=START_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    named = re.search(r'^[^\n]*"(.+)"', os.fsdecode(told.stdout))
    return named.group(1) if named else ""


def missing_language(name: str) -> MissingLanguageError:
    """The error for a language that is not there, with the command that brings it."""
    package = f"tesseract-ocr-{name.replace('_', '-').lower()}"
    return MissingLanguageError(f"tesseract has no language {name}; run: apt-get install {package}")


def _missing() -> MissingEngineError:
    return MissingEngineError(f"the program tesseract is not installed; {INSTALL}")


def read(pictures: Sequence[Pixels], languages: str, mode: int) -> list[list[Word]]:
    """The words in each picture, read in Tesseract's page segmentation ``mode``.

    Tesseract is given a file that lists the pictures, so that it starts and loads its model once.
    Raises EngineError where it breaks or takes too long. No file stays behind.
    """
    if not pictures:
        return []
    try:
        with tempfile.TemporaryDirectory(prefix="digitize-") as folder:
            listed = _written(Path(folder), pictures)
            tsv = pytesseract.image_to_data(
                str(listed),
                lang=languages,
                config=f"--psm {mode}",
                timeout=START_SECONDS + PICTURE_SECONDS * len(pictures),
            )
        return tesseract_tsv.words(tsv, len(pictures))
    except pytesseract.TesseractNotFoundError as error:
        raise _missing() from error
    except pytesseract.TesseractError as error:
        raise _failure(error) from error
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError is pytesseract's time-out
        raise EngineError(f"tesseract failed: {_one_line(str(error))}") from error


def _failure(error: pytesseract.TesseractError) -> EngineError:
    """What a return code other than 0 means."""
    message = _one_line(str(error.message))
    lost = re.search(r"Failed loading language '(\w+)'", message)
    if lost:
        return EngineError(str(missing_language(lost.group(1))))
    return EngineError(f"tesseract failed with code {error.status}: {message or 'no message'}")


def _one_line(message: str) -> str:
    """The message on one line, cut where it gets long."""
    line = unbroken(message)
    return line if len(line) <= 200 else line[:199] + "…"


def _written(folder: Path, pictures: Sequence[Pixels]) -> Path:
    """The pictures as PGM files (quick to write, nothing is lost) and the file that lists them."""
    files = []
    for i, pixels in enumerate(pictures):
        height, width = pixels.shape
        file = folder / f"{i}.pgm"
        file.write_bytes(b"P5 %d %d 255\n" % (width, height) + pixels.tobytes())
        files.append(file)
    listed = folder / "pictures.txt"
    listed.write_text("".join(f"{file}\n" for file in files), "utf-8")
    return listed
