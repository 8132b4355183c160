"""Results laid aside on disk while a run goes on, so that memory does not grow with its pages."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from contextlib import suppress
from typing import IO

from digitize.errors import OutputError
from digitize.model import PageResult, Source

FASTEST = 1  # zlib's level: a page shrinks to an eighth, and more effort gains little


class Spool:
    """Results by their source, in a temporary file without a name: gone with the process."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._places: dict[Source, tuple[int, int]] = {}

    def put(self, result: PageResult) -> None:
        """Lay ``result`` aside, in place of an earlier one; OutputError where that fails."""
        data = zlib.compress(pickle.dumps(result, pickle.HIGHEST_PROTOCOL), FASTEST)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="digitize-")  # noqa: SIM115 - kept
            start = self._file.seek(0, 2)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            reason = error.strerror or str(error)
            folder = tempfile.gettempdir()
            raise OutputError(
                f"cannot lay pages aside in {folder}: {reason}; set TMPDIR to another folder"
            ) from error
        self._places[result.source] = (start, len(data))

    def get(self, source: Source) -> PageResult | None:
        """The result that was put last, or None."""
        if self._file is None or source not in self._places:
            return None
        start, length = self._places[source]
        self._file.seek(start)
        result = pickle.loads(zlib.decompress(self._file.read(length)))
        assert isinstance(result, PageResult)
        return result

    def close(self) -> None:
        """Free the room on disk."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self._file = None
        self._places.clear()
