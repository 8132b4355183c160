"""What is laid aside on disk while a run goes on, so that memory does not grow with its pages."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import IO

from digitize.errors import OutputError


class Spool:
    """Bytes by a page's name, in a temporary file without a name: gone with the process."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, name: str, data: bytes) -> None:
        """Lay ``data`` aside, in place of earlier ones; OutputError where that fails."""
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
        self._places[name] = (start, len(data))

    def get(self, name: str) -> bytes | None:
        """What was put last under ``name``, or None."""
        if self._file is None or name not in self._places:
            return None
        start, length = self._places[name]
        self._file.seek(start)
        return self._file.read(length)

    def close(self) -> None:
        """Free the room on disk."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        self._file = None
        self._places.clear()
