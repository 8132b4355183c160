"""Files that are no scans but name them: IIIF manifests."""

from __future__ import annotations

import json

from digitize.containers.contents import Contents
from digitize.containers.iiif import iiif_contents
from digitize.errors import InputError, shown
from digitize.opening import open_file

MOST_BYTES = 64 << 20
"""Of such a file: a manifest of a thousand canvases has about 2 MB."""
_MARKS = b"\xef\xbb\xbf \t\r\n"


def listed(path: str) -> Contents | None:
    """The pages that a file names; None where it is no such file. InputError as for any file."""
    with open_file(path) as stream:
        try:
            head = stream.read(1024).lstrip(_MARKS)
            if not head.startswith(b"{"):
                return None
            stream.seek(0)
            data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(f"cannot read {shown(path)}: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise InputError(f"{shown(path)} is too large for a list of scans; divide it")
    return _json_list(data, path)


def _json_list(data: bytes, path: str) -> Contents | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return iiif_contents(found, path)
