"""One run at a time in an output folder."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from digitize.errors import OutputError, shown

FILE = "lock"
# What file systems say that have no locks: some network and user-space ones.
NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})


class Lock:
    """Held from ``with`` to its end, or to the end of the process, however it ends.

    The kernel's lock on ``folder/lock``; the file says who holds it. On a file system without
    locks, a file that is there while the lock is held: it is taken over where its process is dead.
    Raises OutputError, naming the other process, where somebody holds it.
    """

    def __init__(self, folder: Path, place: str) -> None:
        self._folder, self._path = folder, folder / FILE
        self._place = place  # what is locked, as the user knows it
        self._handle: int | None = None
        self._mark: Path | None = None

    def __enter__(self) -> Lock:
        """Take the lock."""
        try:
            self._handle = self._locked()
            if self._handle is None:
                self._mark = self._marked()
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"cannot lock {shown(str(self._path))}: {reason}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give it back."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
        if self._mark is not None:
            self._mark.unlink(missing_ok=True)
        self._handle = self._mark = None

    def _locked(self) -> int | None:
        """The open file with the kernel's lock; None where the file system has no locks."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if isinstance(error, BlockingIOError):
                raise self._held(_read(self._path)) from None
            if error.errno not in NO_LOCKS:
                raise
            return None
        _sign(handle)
        return handle

    def _marked(self) -> Path:
        """The file that holds the place of a lock, made now."""
        path = self._folder / f"{FILE}.pid"
        for _ in range(2):
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            except FileExistsError:
                holder = _read(path)
                if not _dead(holder):
                    raise self._held(holder, path) from None
                path.unlink(missing_ok=True)
                continue
            _sign(handle)
            os.close(handle)
            return path
        raise self._held({})

    def _held(self, holder: dict[str, object], mark: Path | None = None) -> OutputError:
        who = f"process {holder['pid']} on {holder['host']}" if _whole(holder) else "another run"
        since = f" since {holder['since']}" if _whole(holder) else ""
        remove = f" (if it is gone, remove {shown(str(mark))})" if mark else ""
        return OutputError(
            f"{shown(self._place)} is in use by {who}{since}; wait for it{remove} "
            "or name another folder with -o"
        )


def holder_of(folder: Path) -> str:
    """Which process holds the lock of ``folder``, in words; "" for none."""
    try:
        handle = os.open(folder / FILE, os.O_RDONLY)
    except OSError:
        handle = None
    if handle is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _named(_read(folder / FILE))
        except OSError:
            pass  # no locks here: the mark tells
        finally:
            os.close(handle)
    mark = _read(folder / f"{FILE}.pid")
    return _named(mark) if mark and not _dead(mark) else ""


def _named(holder: dict[str, object]) -> str:
    return f"process {holder['pid']} on {holder['host']}" if _whole(holder) else "another process"


def _sign(handle: int) -> None:
    """Say in the file who holds the lock."""
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "born": _born()}
    with suppress(OSError):  # the disk is full: the lock holds all the same
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(who).encode())


def _read(path: Path) -> dict[str, object]:
    """What the holder wrote; nothing where it is not written yet."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _whole(holder: dict[str, object]) -> bool:
    return {"pid", "host", "since"} <= holder.keys()


def _dead(holder: dict[str, object]) -> bool:
    """Whether the process is known to be gone: only its own machine can tell."""
    pid = holder.get("pid")
    if not isinstance(pid, int) or holder.get("host") != socket.gethostname():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return holder.get("born") != _born(pid)  # another has its number now


def _born(pid: int | str = "self") -> str:
    """When a process was started, as Linux counts; "" where that is not told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        return stat.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
