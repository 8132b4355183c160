"""What a URL says by itself: whether it is one, its scheme, the path that names the file."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from digitize.errors import DigitizeError, shown

WEB = frozenset({"http", "https"})
_LOCAL = frozenset({"file", "local"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # not C:/, a drive of Windows
_PASSWORD = re.compile(r"[A-Za-z0-9+.-]+://[^/@]*:[^/@]*@")


def scheme(text: str) -> str:
    """The scheme of a URL in lower case; "" where ``text`` is none."""
    match = _SCHEME.match(text)
    return match[1].lower() if match else ""


def is_url(text: str) -> bool:
    """Whether ``text`` leads away from the local file system."""
    return scheme(text) not in ("", *_LOCAL)


def is_local_url(text: str) -> bool:
    """Whether ``text`` is a local path in the form of a URL."""
    return scheme(text) in _LOCAL


def local_path(url: str, error: type[DigitizeError]) -> str:
    """The path that a file:// URL stands for; ``error`` where it names another machine."""
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise error(f"{shown(url)} names another machine; write three slashes: file:///folder")
    return unquote(url.split("://", 1)[1].removeprefix(parts.netloc))


def name_part(url: str) -> str:
    """The path in a URL from which names are made.

    A web address is cleared of its query and of %XX; the keys of stores may hold ? and %.
    """
    if scheme(url) not in WEB:
        return url
    parts = urlsplit(url)
    return f"{parts.netloc}{unquote(parts.path).rstrip('/')}"


def refuse_password(url: str, error: type[DigitizeError]) -> None:
    """Raise ``error`` where a URL holds a password: results and messages name their input."""
    if _PASSWORD.match(url):
        raise error(
            f"the {scheme(url)}:// address holds a password, which would get into the results; "
            "put it into fsspec's configuration (~/.config/fsspec/conf.json)"
        )
