"""Output files that are written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from pathlib import Path

from digitize.errors import OutputError, shown

# Short, so that the longest name a file system takes can still be written by way of it.
_PREFIX = ".digitize-"
_TEMPORARY = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")
_BLOCK = bytes(4096)


def write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` by way of a temporary file beside it.

    Raises OutputError, leaving no trace, where that cannot be done.
    """
    temporary = path.parent / f"{_PREFIX}{secrets.token_hex(4)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _fill(temporary, data)
            os.replace(temporary, path)
        except BaseException:  # an interrupt too, wherever it comes, must leave no file behind
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_writable(path, error) from error


def create(path: Path, data: bytes) -> bool:
    """Write a file that does not exist yet; False, and nothing done, where it does.

    Raises OutputError, leaving no trace, where that cannot be done.
    """
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        return False
    except OSError as error:
        raise _not_writable(path, error) from error
    return True


def check_folder(folder: Path) -> None:
    """Make sure that files can be made in ``folder``; OutputError where they cannot.

    The folder is made where it does not exist.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=_PREFIX) as file:
            file.write(_BLOCK)
    except OSError as error:
        raise _not_writable(folder, error) from error


def is_temporary(name: str) -> bool:
    """Whether a file of this name is one that :func:`write` was killed over."""
    return _TEMPORARY.fullmatch(name) is not None


def _fill(path: Path, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _not_writable(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"cannot write {shown(str(path))}: {reason}; name another folder with -o")
