"""Where results go: files in a folder, or stdout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from digitize import atomic, formats
from digitize.errors import OutputError, PageOutputError
from digitize.image import Pixels
from digitize.model import PageResult, PageStatus, Source
from digitize.source import output_names


class Sink(Protocol):
    """Takes the results in whatever order the pages are done."""

    def take(self, result: PageResult) -> None:
        """Put the result, a failed one too, where it belongs; OutputError where that fails."""
        ...


class Folder:
    """A folder with a file for every page and format, named after the scan."""

    def __init__(
        self, folder: Path, sources: Sequence[Source], names: Sequence[str], overlay: bool
    ) -> None:
        self._folder, self._names, self._overlay = folder, names, overlay
        self._bases = output_names(sources)
        atomic.check_folder(folder)

    def take(self, result: PageResult) -> None:
        """Write the files of a page. All are made before the first is written."""
        if result.status is PageStatus.FAILED:
            return
        for suffix, data in self._files(result):
            self._write(self._bases[result.source] + suffix, data)

    def _files(self, result: PageResult) -> list[tuple[str, bytes]]:
        writers = [formats.writer(name) for name in self._names]
        files = [(suffix, make(result).encode("utf-8")) for suffix, make in writers]
        return [*files, (".overlay.png", overlay_png(result))] if self._overlay else files

    def _write(self, name: str, data: bytes) -> None:
        try:
            atomic.write(self._folder / name, data)
        except OutputError as error:
            # A name that is taken spoils one page; a full disk or a lost folder, the whole run.
            atomic.check_folder(self._folder)
            raise PageOutputError(str(error)) from error


class Stream:
    """Stdout, in the order of the inputs: a page waits for those before it."""

    def __init__(
        self, show: Callable[[str], None], sources: Sequence[Source], names: Sequence[str]
    ) -> None:
        self._show, self._names = show, names
        self._left = list(reversed(sources))
        self._held: dict[Source, PageResult] = {}
        self._begun = False

    def take(self, result: PageResult) -> None:
        """Print the result and those that waited for it, or keep it."""
        self._held[result.source] = result
        while self._left and self._left[-1] in self._held:
            self._print(self._held.pop(self._left.pop()))

    def _print(self, result: PageResult) -> None:
        if result.status is PageStatus.FAILED:
            return
        for name in self._names:
            text = formats.writer(name)[1](result).rstrip("\n")
            if text:
                # Two blank lines between pages, as between the articles of one.
                self._show(f"\n\n{text}" if self._begun else text)
                self._begun = True


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
        raise OutputError("the picture cannot be written as PNG; leave out --overlay")
    return bytes(data)
