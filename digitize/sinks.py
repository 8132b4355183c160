"""Where results go: files in a folder, or stdout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from digitize import article_files, atomic, formats
from digitize.errors import OutputError, PageOutputError
from digitize.image import Pixels
from digitize.model import PageResult, PageStatus, Source
from digitize.source import output_names
from digitize.spool import Spool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write of every page: formats by name, a picture, a file for every article."""

    formats: Sequence[str]
    overlay: bool = False
    articles: bool = False


class Sink(Protocol):
    """Takes the results in whatever order the pages are done."""

    def take(self, result: PageResult, waits: bool = False) -> None:
        """Put the result, a failed one too, where it belongs; OutputError where that fails.

        ``waits``: it may come again, changed by what other pages hold.
        """
        ...

    def again(self, result: PageResult) -> None:
        """Put a result that was linked with others in the place of the one before."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...


class Folder:
    """A folder with a file for every page and format, named after the scan."""

    def __init__(self, folder: Path, sources: Sequence[Source], wanted: Wanted) -> None:
        self._folder, self._wanted = folder, wanted
        self._bases = output_names(sources)
        atomic.check_folder(folder)

    def take(self, result: PageResult, waits: bool = False) -> None:
        """Write the files of a page. All are made before the first is written."""
        del waits  # it is written at once, so that an interrupted run leaves what it has read
        if result.status is not PageStatus.FAILED:
            self._write(result, self._pictures(result))

    def again(self, result: PageResult) -> None:
        """Write the page's files again; what was found on the scan is as it was."""
        self._write(result, [])

    def close(self) -> None:
        """All is written."""

    def reread(self, source: Source) -> PageResult:
        """What was written of a page; InputError where it cannot be read any more."""
        return formats.read_page(self._folder / f"{self._bases[source]}.json")

    def _pictures(self, result: PageResult) -> list[tuple[str, bytes]]:
        return [(".overlay.png", overlay_png(result))] if self._wanted.overlay else []

    def _write(self, result: PageResult, more: Sequence[tuple[str, bytes]]) -> None:
        base, names = self._bases[result.source], self._wanted.formats
        writers = [formats.writer(name) for name in names]
        files = [*((suffix, make(result).encode("utf-8")) for suffix, make in writers), *more]
        try:
            for suffix, data in files:
                atomic.write(self._folder / (base + suffix), data)
            if self._wanted.articles:
                article_files.write(self._folder / base, result, names)
        except OutputError as error:
            # A name that is taken spoils one page; a full disk or a lost folder, the whole run.
            atomic.check_folder(self._folder)
            raise PageOutputError(str(error)) from error


class Stream:
    """Stdout, in the order of the inputs: a page waits for those before it.

    With ``linked``, a page that may come again waits for that, and those behind it with it.
    """

    def __init__(
        self,
        show: Callable[[str], None],
        sources: Sequence[Source],
        names: Sequence[str],
        linked: bool = False,
    ) -> None:
        self._show, self._names, self._linked = show, names, linked
        self._left = list(reversed(sources))
        self._held: dict[Source, tuple[PageResult, bool]] = {}
        self._aside, self._waiting = Spool(), list[Source]()
        self._begun = False

    def take(self, result: PageResult, waits: bool = False) -> None:
        """Print the result and those that waited for it, or keep it."""
        self._held[result.source] = (result, waits)
        while self._left and self._left[-1] in self._held:
            self._next(*self._held.pop(self._left.pop()))

    def again(self, result: PageResult) -> None:
        """Keep the result in place of the one before, if that is still here."""
        if result.source in self._waiting:
            self._aside.put(result)

    def close(self) -> None:
        """Print what waited."""
        for source in self._waiting:
            result = self._aside.get(source)
            if result is not None:
                self._print(result)
        self._aside.close()

    def _next(self, result: PageResult, waits: bool) -> None:
        if self._waiting or (waits and self._linked):
            self._waiting.append(result.source)
            self._aside.put(result)
        else:
            self._print(result)

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
