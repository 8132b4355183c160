"""Archives and databases spoiled as what they are: members with evil names, rows that cannot be."""

from __future__ import annotations

import io
import sqlite3
import struct
import tarfile
import zipfile
from contextlib import suppress
from random import Random
from typing import Any
from warnings import catch_warnings

from fuzz_bytes import spoiled

NAMES = (
    "1.png", "vol/2.png", "第3版.tif", "../up.png", "/etc/abs.png", "a/../../b.png", "..\\win.png",
    "C:\\x.png", "c:/y.png", "./4.png", "a//b.png", "", ".", "..", "1.png/2.png", "x\n.png",
    "inner.zip", "inner.tar.gz", "a" * 300 + ".png", ".hidden.png", "__MACOSX/1.png", "~/5.png",
    "\udcff.png", "CON", "1.overlay.png", "con\0trol.png", "-rf.png", "a:b.png",
    "水/" * 60 + "6.png",
)  # fmt: skip
_ODD: tuple[Any, ...] = (
    None, 0, -1, 1, 2**40, 1.5, float("inf"), "", "x", "水", "ok", "{}", "[]", "null", '{"a":1}',
    '{"txt":{"a.txt":"x"}}', "{", b"", b"\xff\xfe", b"/in/a.png", b"\0", "json", "pending", "a\nb",
)  # fmt: skip
_TYPES = (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE,
          tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE, tarfile.CONTTYPE, b"9")  # fmt: skip
_MODES = ("w:", "w:", "w:gz", "w:bz2", "w:xz")
BOMB = 70 << 20  # bytes of zeros: just more than is always allowed
_CENTRAL = b"PK\x01\x02"


def spoiled_archive(data: bytes, rng: Random) -> bytes:
    """An archive of pages with something wrong in it, or one that is there spoiled by bytes."""
    if rng.random() < 0.4:
        return spoiled(data, rng)
    page = data[:200_000]
    names = [rng.choice(NAMES) for _ in range(rng.choice((1, 2, 3, 8)))]
    made = _zip(names, page, rng) if rng.random() < 0.5 else _tar(names, page, rng)
    return spoiled(made, rng) if rng.random() < 0.2 else made


def _content(page: bytes, rng: Random, packed: bool = True) -> bytes:
    if packed and rng.random() < 0.005:
        return bytes(BOMB)
    return rng.choice((page, page[: rng.randrange(len(page) + 1)], b"", b"%PDF-1.4", b"II*\0"))


def _zip(names: list[str], page: bytes, rng: Random) -> bytes:
    stream = io.BytesIO()
    with catch_warnings(action="ignore"), zipfile.ZipFile(stream, "w") as archive:  # names twice
        for name in names:
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
            info.compress_type = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            info.external_attr = rng.choice((0, 0, 0o120777 << 16, 0o020666 << 16))  # link, device
            archive.writestr(info, _content(page, rng, info.compress_type != zipfile.ZIP_STORED))
    data = bytearray(stream.getvalue())
    if rng.random() < 0.5:  # a field of the list of members says something else
        at = data.find(_CENTRAL, rng.randrange(len(data)))
        if at >= 0:
            value = rng.choice((0, 1, 0xFF, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, rng.getrandbits(32)))
            struct.pack_into(
                "<I", data, at + rng.choice((6, 8, 10, 16, 20, 24, 28, 32, 38, 42)), value
            )
    return bytes(data)


def _tar(names: list[str], page: bytes, rng: Random) -> bytes:
    stream = io.BytesIO()
    mode, form = rng.choice(_MODES), rng.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT))
    with tarfile.open(fileobj=stream, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name in names:
            info = tarfile.TarInfo(name.replace("\0", ""))
            info.type = rng.choice(_TYPES) if rng.random() < 0.4 else tarfile.REGTYPE
            info.linkname = rng.choice(("/etc/passwd", "../x", "1.png", ""))
            if rng.random() < 0.2:
                info.pax_headers = {"size": rng.choice(("-1", "x", "9" * 30)), "path": name[::-1]}
            content = _content(page, rng, mode != "w:")
            info.size = len(content)
            if rng.random() < 0.1:
                info.size = rng.choice((0, 1 << 33, len(content) + 512))
                content = content.ljust(info.size if info.size < 1 << 20 else 0, b"\0")
                archive.addfile(info, None)
                archive.fileobj.write(content)
            else:
                archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def spoiled_journal(data: bytes, rng: Random) -> bytes:
    """A journal whose rows say what cannot be, or whose bytes are spoiled."""
    if rng.random() < 0.3:
        return spoiled(data, rng)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # A database in memory cannot write ahead, as the mark in the head would have it.
        connection.deserialize(data[:18] + b"\1\1" + data[20:])
        for _ in range(rng.choice((1, 2, 4))):
            _try(connection, _statement(connection, rng))
        made = connection.serialize()
        return made[:18] + b"\2\2" + made[20:]
    except sqlite3.Error:
        return spoiled(data, rng)
    finally:
        connection.close()


def _try(connection: sqlite3.Connection, statement: tuple[str, tuple[Any, ...]]) -> None:
    with suppress(sqlite3.Error, OverflowError):  # what a rule forbids stays as it is
        connection.execute(*statement)


def _statement(connection: sqlite3.Connection, rng: Random) -> tuple[str, tuple[Any, ...]]:
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql > ''")
    ]
    table = rng.choice(tables or ["pages"])
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] or ["id"]
    column = rng.choice(columns)
    match rng.randrange(12):
        case 0:
            return f"DROP TABLE {table}", ()
        case 1:
            return f"DELETE FROM {table} WHERE rowid % 2 = ?", (rng.randrange(2),)
        case 2:
            return f"ALTER TABLE {table} RENAME COLUMN {column} TO gone", ()
        case 3:
            return f"ALTER TABLE {table} DROP COLUMN {column}", ()
        case 4:
            return f"PRAGMA user_version = {rng.choice((0, 2, -1, 2**31 - 1))}", ()
        case _:
            return f"UPDATE OR IGNORE {table} SET {column} = ?", (rng.choice(_ODD),)
