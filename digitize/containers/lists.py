"""Files that are no scans but name them: IIIF manifests and METS."""

from __future__ import annotations

import json

from digitize.containers.contents import Contents
from digitize.containers.iiif import iiif_contents
from digitize.containers.mets import mets_contents
from digitize.errors import InputError, shown
from digitize.opening import open_file

MOST_BYTES = 64 << 20
"""Of such a file: a manifest of a thousand canvases has about 2 MB."""
_HEAD = 4096
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"


def listed(path: str, group: str = "") -> Contents | None:
    """The pages that a file names, of METS those in a ``group`` of files; None for other files.

    Raises InputError for a file that cannot be read.
    """
    with open_file(path) as stream:
        try:
            head = stream.read(_HEAD).lstrip(_MARKS).replace(b"\0", b"")
            is_json, is_mets = head.startswith(b"{"), names_mets(head)
            if not (is_json or is_mets):
                return None
            stream.seek(0)
            data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(f"cannot read {shown(path)}: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise InputError(f"{shown(path)} is too large for a list of scans; divide it")
    return mets_contents(data, path, group) if is_mets else _json_list(data, path)


def names_mets(head: bytes) -> bool:
    """Whether the first bytes of a file, without a mark, say that it is METS."""
    return head.startswith(b"<") and (b"<mets" in head or b":mets" in head)


def _json_list(data: bytes, path: str) -> Contents | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return iiif_contents(found, path)
