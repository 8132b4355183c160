"""The files of a page in the output folder: one a format, the overlay, a folder of articles."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digitize import article_files, formats, text_choices
from digitize.errors import OutputError, PageOutputError
from digitize.image import Pixels
from digitize.model import PageResult
from digitize.storage import Store

OVERLAY, ARTICLES = "overlay", "articles"  # forms of files beside the formats
GAP = "\n\n\n"  # two blank lines between pages on stdout, as between the articles of one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write of every page: formats by name, a picture, a file for every article."""

    formats: tuple[str, ...] = ()
    overlay: bool = False
    articles: bool = False

    @property
    def forms(self) -> frozenset[str]:
        """The same as a set of names; without formats that hold all pages of a run."""
        apart = {OVERLAY: self.overlay, ARTICLES: self.articles}
        own = (name for name in self.formats if formats.named(name).scope is not formats.Scope.RUN)
        return frozenset(own) | {name for name, wanted in apart.items() if wanted}

    @staticmethod
    def of(forms: Collection[str]) -> Wanted:
        """What :attr:`forms` gives, as it was, the formats in their usual order."""
        names = tuple(name for name in formats.known() if name in forms)
        return Wanted(names, OVERLAY in forms, ARTICLES in forms)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its name in the output folder, its bytes, their hash.

    ``form`` is the format's name, "overlay" or "articles".
    """

    name: str
    size: int
    form: str
    sha256: str


def write(folder: Store, name: str, result: PageResult, wanted: Wanted) -> tuple[Written, ...]:
    """Write the files of the page called ``name``. All are made before the first is written.

    Raises PageOutputError where those of this page cannot be written, OutputError where no file
    can, InputError where an overlay is wanted and the scan has gone.
    """
    as_chosen = text_choices.applied(result, text_choices.of_page(result))
    files = [
        (form, name + formats.named(form).suffix, _encoded(form, name, result, as_chosen))
        for form in wanted.formats
        if _has_a_file(form, result)
    ]
    if wanted.overlay:
        files.append((OVERLAY, f"{name}.overlay.png", overlay_png(result)))
    try:
        for _, file, data in files:
            folder.write(file, data)
        if wanted.articles:
            apart = article_files.write(folder.inside(name), result, wanted.formats)
            files += [(ARTICLES, f"{name}/{file}", data) for file, data in apart.items()]
    except OutputError as error:
        # A name that is taken spoils one page; a full disk or a lost folder, the whole run.
        folder.check()
        raise PageOutputError(str(error)) from error
    return tuple(_written(form, file, data) for form, file, data in files)


def _encoded(form: str, name: str, result: PageResult, as_chosen: PageResult) -> bytes:
    return formats.encoded(form, as_chosen if formats.named(form).chosen else result, name)


def _has_a_file(form: str, result: PageResult) -> bool:
    """Whether a page gets a file of its own: not where one file holds all of its input or run."""
    scope = formats.named(form).scope
    alone = scope is formats.Scope.INPUT and result.source.alone
    return scope is formats.Scope.PAGE or alone


def _written(form: str, file: str, data: bytes) -> Written:
    return Written(file, len(data), form, hashlib.sha256(data).hexdigest())


def text(name: str, result: PageResult, forms: Sequence[str]) -> str:
    """The page called ``name`` as it is printed, in all ``forms``; "" where nothing is."""
    as_chosen = text_choices.applied(result, text_choices.of_page(result))
    parts = (
        formats.writer(form)[1](as_chosen if formats.named(form).chosen else result, name)
        for form in forms
    )
    return GAP.join(stripped for part in parts if (stripped := part.rstrip("\n")))


def behind(text: str, forms: Sequence[str]) -> str:
    """What is printed of a page behind another: rows follow rows, else there is a gap."""
    heads = [formats.named(form).head for form in forms]
    if len(heads) == 1 and heads[0] is not None:
        return "".join(text.splitlines(keepends=True)[heads[0] :])
    return f"{GAP[1:]}{text}" if text else ""


def overlay_png(result: PageResult) -> bytes:
    """The overlay of a result as PNG bytes; InputError where its scan is gone."""
    from digitize import overlay  # noqa: PLC0415 - heavy
    from digitize.preprocess.load import load  # noqa: PLC0415

    return png(overlay.draw(load(result.source).pixels, result))


def png(pixels: Pixels) -> bytes:
    """(H, W) grey or (H, W, 3) RGB pixels as PNG bytes."""
    import cv2  # noqa: PLC0415 - heavy

    done, data = cv2.imencode(".png", pixels[..., ::-1] if pixels.ndim == 3 else pixels)
    if not done:
        raise PageOutputError("the picture cannot be written as PNG; leave out --overlay")
    return bytes(data)
