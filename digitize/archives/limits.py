"""How much an archive may hold: a bomb is told from scans by how much it was packed."""

from __future__ import annotations

import io
from typing import IO, Any

from digitize.errors import InputError, shown

MOST_MEMBERS = 100_000
"""A daily of 24 pages has 9,000 a year."""
MOST_BYTES = 2 << 30
"""Of one member: a page of 400 megapixels in colour is 1.2 GB."""
MOST_PACKED = 250
"""Times that a large member, or all of a packed TAR, may have been larger: pictures are packed
already, and even blank pages without compression hardly shrink so far."""
SMALL = 64 << 20
"""Bytes below which it does not matter how much was packed."""


def check_size(name: str, size: int, packed: int) -> None:
    """Raise InputError for a member that is too large, or was packed as no scan is."""
    if size > MOST_BYTES:
        raise InputError(
            f"{shown(name)} has {size / 1e9:.1f} GB, more than the {MOST_BYTES / 1e9:.1f} GB that "
            "are read of one file in an archive; unpack it"
        )
    if size > SMALL and size > MOST_PACKED * max(1, packed):
        raise bomb(name)


def bomb(name: str) -> InputError:
    """The error for what unpacks to far more than it seems to hold."""
    return InputError(
        f"{shown(name)} unpacks to more than {MOST_PACKED} times its size, as no scans do; "
        "if it is no trap, unpack it and name the folder"
    )


def too_many(path: str) -> InputError:
    """The error for an archive of too many members."""
    return InputError(
        f"{shown(path)} holds more than {MOST_MEMBERS:,} files; unpack it, or divide it"
    )


class Measured(io.RawIOBase):
    """The unpacked bytes of an archive, no more than MOST_PACKED times those it has."""

    def __init__(self, stream: IO[bytes], path: str, packed: int) -> None:
        self._stream, self._path = stream, path
        self.most, self._seen = max(SMALL, MOST_PACKED * packed), 0

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer``; InputError beyond the limit."""
        data = self._stream.read(len(buffer))
        self._seen += len(data)
        if self._seen > self.most:
            raise bomb(self._path)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream as well."""
        if not self.closed:
            self._stream.close()
        super().close()
