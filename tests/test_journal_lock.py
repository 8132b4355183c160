from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from digitize import journal
from digitize.errors import ExitCode, OutputError
from digitize.journal.lock import Lock, holder_of

HOLD = """
import sys
from pathlib import Path
from digitize.journal.lock import Lock
with Lock(Path(sys.argv[1]), "out"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "out" / journal.ROOM
    folder.mkdir(parents=True)
    return folder


def holding(room: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, room],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no locks."""

    def refuse(*args: object) -> NoReturn:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_the_lock_is_given_back(room: Path) -> None:
    for _ in range(2):
        with Lock(room, "out"):
            assert holder_of(room).startswith(f"process {os.getpid()} on ")
    assert holder_of(room) == ""


def test_another_process_is_named(room: Path) -> None:
    other = holding(room)
    with pytest.raises(OutputError) as caught, Lock(room, "out"):
        pass
    assert caught.value.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    message = str(caught.value)
    assert message.startswith(
        f"out is in use by process {other.pid} on {socket.gethostname()} since "
    )
    assert message.endswith("; wait for it or name another folder with -o")
    assert holder_of(room) == f"process {other.pid} on {socket.gethostname()}"
    other.communicate("")
    with Lock(room, "out"):
        pass


def test_the_lock_of_a_killed_process_does_not_block(room: Path) -> None:
    other = holding(room)
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert holder_of(room) == ""
    with Lock(room, "out"):
        pass


def test_an_error_inside_gives_the_lock_back(room: Path) -> None:
    with pytest.raises(ValueError, match="inside"), Lock(room, "out"):
        raise ValueError("inside")
    with Lock(room, "out"):
        pass


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_file_stands_for_one(room: Path) -> None:
    with Lock(room, "out"):
        assert holder_of(room).startswith(f"process {os.getpid()} on ")
        with pytest.raises(OutputError, match=r"if it is gone, remove .*lock\.pid\) or name"):
            Lock(room, "out").__enter__()
    assert holder_of(room) == ""
    with Lock(room, "out"):
        pass


@pytest.mark.usefixtures("no_locks")
@pytest.mark.parametrize("what", ["dead", "reborn", "elsewhere", "torn"])
def test_without_locks_a_dead_process_does_not_block(what: str, room: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    holder = {"pid": gone.pid, "host": socket.gethostname(), "since": "then", "born": "1"}
    if what == "reborn":  # its number is another process's now
        holder["pid"] = os.getpid()
    if what == "elsewhere":  # nobody here can tell
        holder["host"] = "another machine"
    text = json.dumps(holder)[: 20 if what == "torn" else None]
    (room / "lock.pid").write_text(text)
    if what in {"dead", "reborn"}:
        with Lock(room, "out"):
            pass
    else:
        with pytest.raises(OutputError, match="is in use by"), Lock(room, "out"):
            pass


def test_a_folder_that_cannot_be_locked_is_one_line(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (
        pytest.raises(OutputError, match=r"^cannot lock .*: Input/output error"),
        Lock(room, "out"),
    ):
        pass


def test_the_lock_is_taken_on_a_full_disk(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with Lock(room, "out"), pytest.raises(OutputError, match="in use by another run; wait for it"):
        Lock(room, "out").__enter__()
