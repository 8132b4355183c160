"""From a URL to fsspec's file system for it, with packages that are missing named."""

from __future__ import annotations

from typing import Any

from digitize.errors import DigitizeError, shown, unbroken
from digitize.remote.address import WEB, refuse_password, scheme
from digitize.remote.web import web_options

# What these remember of a folder would hide what other workers write, and fill the memory.
_NO_LISTINGS_KEPT = {"use_listings_cache": False}
_REMEMBERING = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"})
_EXTRAS = {"s3": "s3", "s3a": "s3", "http": "http", "https": "http"}


def connect(url: str, error: type[DigitizeError]) -> tuple[Any, str]:
    """The ``fsspec.AbstractFileSystem`` of a URL and the path in it; ``error`` with advice.

    What is raised on the way to a server, as some file systems go there at once, is passed on.
    """
    refuse_password(url, error)
    name = scheme(url)
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        options: dict[str, Any] = dict(_NO_LISTINGS_KEPT) if name in _REMEMBERING else {}
        if name in WEB:
            options = {"client_kwargs": web_options()}
        file_system, path = url_to_fs(url, **options)
    except ImportError as failure:
        raise error(f"{shown(url)} cannot be opened; {_to_install(name, failure)}") from failure
    except ValueError as failure:
        why = unbroken(failure)
        raise error(f"{shown(url)} cannot be opened: {why}; check how it begins") from failure
    return file_system, str(path)


def _to_install(name: str, failure: ImportError) -> str:
    extra = _EXTRAS.get(name)
    if extra is None and "fsspec" in str(failure):
        extra = "remote"
    if extra is not None:
        return f'install what {name}:// needs: pip install "digitize[{extra}]"'
    return unbroken(failure)  # fsspec says which package to install
