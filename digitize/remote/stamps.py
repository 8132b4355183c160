"""What a store says of a file by which a change is noticed without fetching it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from digitize.errors import InputError, shown
from digitize.remote.attempts import tried
from digitize.remote.filesystem import connect

Stamp = tuple[int, int]
"""Bytes, and a number that is another when the content is; 0 where it is not told."""

# A tag is made of the content, a time is not, and is told more exactly in one answer than in
# another; so the first of these that is there counts alone.
_TAGS = (
    "ETag",
    "etag",
    "md5Hash",
    "content_md5",
    "Content-MD5",
    "mtime",
    "LastModified",
    "Last-Modified",
    "last_modified",
    "updated",
    "created",
)
_seen: dict[str, Stamp] = {}  # by URL, from listings: to ask for each of millions takes hours


def stamp_in(info: Mapping[str, Any]) -> Stamp:
    """The stamp in what fsspec tells of a file."""
    tag = next((info[name] for name in _TAGS if info.get(name)), None)
    if isinstance(tag, datetime):  # one answer may tell a time as this, another as seconds
        tag = tag.timestamp()
    number = 0 if tag is None else int.from_bytes(hashlib.sha256(repr(tag).encode()).digest()[:7])
    return int(info.get("size") or 0), number


def note(url: str, info: Mapping[str, Any]) -> None:
    """Remember what a listing tells of a file."""
    _seen[url] = stamp_in(info)


def stamp_of(url: str) -> Stamp:
    """The stamp of a file as it was listed, else as the store tells now; InputError.

    FileNotFoundError where there is no such file.
    """
    if url not in _seen:

        def ask() -> Mapping[str, Any]:
            fs, path = connect(url, InputError)
            info: Mapping[str, Any] = fs.info(path)
            return info

        note(url, tried(ask, f"look at {shown(url)}", InputError))
    return _seen[url]
