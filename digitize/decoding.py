"""Text files of unknown encoding: UTF-8, UTF-16 with a mark, GB18030 (so GBK, GB2312) or Big5."""

from __future__ import annotations

import codecs
import unicodedata

from digitize.errors import InputError, shown
from digitize.filetype import HEAD_BYTES, sniff

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("gb18030", "big5")
# The commonest characters of running Chinese text, and its punctuation. Bytes read in the wrong
# legacy encoding give rare characters.
_COMMON = frozenset(
    "的一是不了在人有我他这這个個上大中国國来來到时時年地为為和日会會"
    "，。、：；！？「」“”（）《》\n 0123456789"
)
_ODD = frozenset({"Cn", "Co", "Cs"})  # unassigned, private use, lone surrogates


def decoded(data: bytes, name: str) -> str:
    """The text of a file, without a byte order mark.

    Raises InputError, which calls the file ``name``, for a scan and for bytes that are no text.
    """
    kind = sniff(data[:HEAD_BYTES], name)
    if kind is not None:
        raise InputError(f"{shown(name)} is a scan ({kind}); read it with: digitize run")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise InputError(
            f"{shown(name)} is no text (it holds NUL bytes); scans go to: digitize run"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name) from error


def _legacy(data: bytes, name: str) -> str:
    """The text in the legacy encoding in which it reads best."""
    found = []
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(char) in _ODD for char in text):
            found.append(text)
    if not found:
        raise _undecodable(name)
    return max(found, key=lambda text: sum(char in _COMMON for char in text) / len(text))


def _undecodable(name: str) -> InputError:
    return InputError(
        f"{shown(name)} is neither UTF-8 nor GB18030 nor Big5 text; convert it to UTF-8 with iconv"
    )
