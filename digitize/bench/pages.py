"""The pages to measure on: pictures under names of their own, with their references."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from digitize.bench.model import BenchPage
from digitize.errors import NothingUsableError
from digitize.evaluate.pairs import is_text, paired
from digitize.image import PageImage
from digitize.model import Source
from digitize.opening import open_file
from digitize.preprocess.load import load
from digitize.source import discover, output_names

AS_THEY_ARE = frozenset({".png", ".jpg", ".jpeg"})  # what every contender can read
BLANK = 400  # px, the side of the blank page
USUAL_DPI = 300.0  # where a scan does not tell
MARKS = (".truth.", ".ref.", ".gt.")  # beside a scan only what is named so is a reference


def gathered(
    inputs: Sequence[str], references: str | None, copies: int, folder: Path
) -> tuple[BenchPage, ...]:
    """The pages of ``inputs``, each ``copies`` times, as files in ``folder``.

    PNG and JPEG files are copied; all else, as pages of a PDF, is made a PNG, so that all
    contenders read the same. Raises NothingUsableError where an input is of no use.
    """
    found = discover(inputs)
    for _, error in found.errors:
        raise NothingUsableError(str(error))
    if not found.sources:
        raise NothingUsableError("nothing to measure on; name a scan, a PDF, a folder or a glob")
    folder.mkdir(parents=True)
    names = output_names(found.sources)
    known = _references(found.sources, names, references)
    return tuple(
        _page(source, names[source], number, folder, known.get(names[source]))
        for number in range(1, copies + 1)
        for source in found.sources
    )


def blanks(count: int, folder: Path) -> tuple[BenchPage, ...]:
    """White pages, to see what a contender takes to start: one for every process."""
    folder.mkdir(parents=True)
    white = PageImage(np.full((BLANK, BLANK), 255, np.uint8))
    result = []
    for number in range(1, count + 1):
        path = folder / f"blank{number}.png"
        _save(white, path)
        result.append(BenchPage(path.stem, path, (BLANK, BLANK), USUAL_DPI))
    return tuple(result)


def _page(source: Source, name: str, number: int, folder: Path, reference: str | None) -> BenchPage:
    image = load(source)
    own = name if number == 1 else f"{name}-copy{number}"
    suffix = Path(source.path).suffix.lower()
    if suffix in AS_THEY_ARE:
        path = folder / f"{own}{suffix}"
        with open_file(source.path) as scan, path.open("wb") as copy:  # it may lie in an archive
            shutil.copyfileobj(scan, copy)
    else:
        path = folder / f"{own}.png"
        _save(image, path)
    return BenchPage(own, path, (image.width, image.height), image.dpi or USUAL_DPI, reference)


def _save(image: PageImage, path: Path) -> None:
    dpi = image.dpi or USUAL_DPI
    Image.fromarray(image.pixels).save(path, dpi=(dpi, dpi), compress_level=1)


def _references(
    sources: Sequence[Source], names: dict[Source, str], folder: str | None
) -> dict[str, str]:
    """The reference of each page, by its name: in ``folder``, or beside the scan."""
    result: dict[str, str] = {}
    for source in sources:
        where = folder or os.path.dirname(source.path) or "."
        files = _texts(where) if folder else _named_references(where)
        for _, reference in paired([f"{names[source]}.txt"], files).found:
            result[names[source]] = os.path.join(where, reference)
    return result


def _named_references(folder: str) -> list[str]:
    """Texts that cannot be a scan's own result; none where the scan lies in an archive."""
    if not os.path.isdir(folder):
        return []
    return [name for name in _texts(folder) if any(mark in name for mark in MARKS)]


def _texts(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if is_text(name)]
    except OSError as error:
        raise NothingUsableError(f"cannot look into {folder}: {error.strerror}") from error
