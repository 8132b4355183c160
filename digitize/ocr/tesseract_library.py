"""libtesseract in this process, by way of the package tesserocr, where that is installed.

It reads what the program reads, with the program's own languages, in four fifths of the time: no
process to start, no pictures to write, the model is loaded once, and it is built without OpenMP.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from digitize.errors import EngineError, one_line
from digitize.image import Pixels
from digitize.ocr import tesseract_tsv
from digitize.ocr.tesseract_tsv import Word

if TYPE_CHECKING:
    import tesserocr

PACKAGE = "tesserocr"
ADVICE = f"to read with the program tesseract: pip uninstall {PACKAGE}"
RESOLUTION = 70  # dpi: what the program takes where a picture has none
HEAD = "level\tpage"  # the table's first row, which the library does not write
QUIET = {
    "debug_file": "/dev/null",  # it tells stderr of every picture without text
    "tessedit_enable_doc_dict": "0",  # what it has read must not change what it reads next
}


class Library:
    """Tesseract with some languages, from the ``folder`` where the program has their data.

    Several threads may read at once, each with a model of its own, loaded when it is wanted.
    """

    def __init__(self, folder: str, languages: str) -> None:
        self._folder, self._languages = folder, languages
        self._idle: list[tesserocr.PyTessBaseAPI] = []

    def version(self) -> str:
        """Version of the library and of the package that brings it."""
        import tesserocr  # noqa: PLC0415 - not always installed

        version = tesserocr.tesseract_version().split()[1]
        return f"{version}, {PACKAGE} {metadata.version(PACKAGE)}"

    def read(self, pictures: Sequence[Pixels], mode: int) -> list[list[Word]]:
        """The words in each picture, read in page segmentation ``mode``.

        Raises EngineError where it breaks, or cannot load the languages.
        """
        try:
            api = self._idle.pop()
        except IndexError:  # all are at work in other threads
            api = self._opened()
        try:
            found = [_words(api, picture, mode) for picture in pictures]
            api.Clear()
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"tesseract failed: {one_line(error)}") from error
        self._idle.append(api)
        return found

    def _opened(self) -> tesserocr.PyTessBaseAPI:
        import tesserocr  # noqa: PLC0415 - not always installed

        try:
            api = tesserocr.PyTessBaseAPI(path=self._folder, lang=self._languages)
        except RuntimeError as error:
            reason = f"{PACKAGE} cannot load {self._languages} from {self._folder}"
            raise EngineError(f"{reason}; {ADVICE}") from error
        for name, value in QUIET.items():
            api.SetVariable(name, value)
        return api


def of(folder: str, languages: str) -> Library | None:
    """The library for ``languages``; None without the package, or where a language is not there."""
    if not folder or importlib.util.find_spec(PACKAGE) is None:
        return None
    import tesserocr  # noqa: PLC0415 - not always installed

    _, there = tesserocr.get_languages(folder)
    return Library(folder, languages) if set(languages.split("+")) <= set(there) else None


def _words(api: tesserocr.PyTessBaseAPI, picture: Pixels, mode: int) -> list[Word]:
    height, width = picture.shape
    api.SetPageSegMode(mode)
    api.SetImageBytes(picture.tobytes(), width, height, 1, width)
    api.SetSourceResolution(RESOLUTION)
    (found,) = tesseract_tsv.words(f"{HEAD}\n{api.GetTSVText(0)}", 1)
    return found
