"""Files to read from that have no name: a copy by its descriptor, a stream that is asked again."""

from __future__ import annotations

import io
import os
from typing import Any

from digitize.errors import InputError
from digitize.remote.attempts import tried


class _View(io.RawIOBase):
    """Something of a known size, read from a place of its own."""

    def __init__(self, size: int) -> None:
        self._size, self._at = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        starts = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}
        self._at = max(0, starts[whence] + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        count = self._fill(buffer, self._at)
        self._at += count
        return count

    def _fill(self, buffer: Any, at: int) -> int:
        raise NotImplementedError


class CopyView(_View):
    """A local file by its descriptor, which is closed with the view."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(os.fstat(descriptor).st_size)
        self._descriptor = descriptor

    def fileno(self) -> int:
        """The descriptor; its own place in the file is not used here."""
        return self._descriptor

    def close(self) -> None:
        """Close the descriptor."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()

    def _fill(self, buffer: Any, at: int) -> int:
        return os.preadv(self._descriptor, [buffer], at)


class PartsView(_View):
    """A stream of fsspec's that can seek; a part that does not come is asked for again."""

    def __init__(self, stream: Any, doing: str) -> None:
        super().__init__(stream.seek(0, os.SEEK_END))
        self._stream, self._doing = stream, doing

    def close(self) -> None:
        """Close the stream."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _fill(self, buffer: Any, at: int) -> int:
        def part() -> bytes:
            self._stream.seek(at)
            return bytes(self._stream.read(len(buffer)))

        data = tried(part, self._doing, InputError)
        buffer[: len(data)] = data
        return len(data)
