"""METS as input: what was read of every page of a volume, in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from digitize.containers import MetsPage, group_of, located, names_mets, read_mets
from digitize.decoding import decoded
from digitize.errors import InputError, shown
from digitize.filetype import HEAD_BYTES
from digitize.model import PageResult
from digitize.opening import open_file
from digitize.repairing import pages
from digitize.repairing.plan import Plan, Say, named

_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"


def is_volume(data: bytes) -> bool:
    """Whether a file is METS."""
    return names_mets(data[: 4 * HEAD_BYTES].lstrip(_MARKS).replace(b"\0", b""))


def volume(data: bytes, name: str, plan: Plan, tell: Say) -> Iterator[PageResult | InputError]:
    """Every page of a METS file as articles, or why there is none.

    Raises InputError where the file as a whole cannot be used.
    """
    try:
        found = read_mets(data)
        group = group_of(found, plan.settings.file_group(name), text=True)
    except ValueError as error:
        raise InputError(f"cannot use {named(name)}: {error}") from error
    pictures = _pictures(found)
    for number, page in enumerate(found, 1):
        try:
            yield from _page(page, (group, pictures), name, (plan, tell))
        except KeyError:
            what = f"page {number} of {named(name)} has no file in the group {group}"
            yield InputError(f"{what}; it is left out")
        except InputError as error:
            yield error


def _page(
    page: MetsPage, groups: tuple[str, str], name: str, how: tuple[Plan, Say]
) -> Iterator[PageResult]:
    path = located(page.files[groups[0]], name)
    data = read_bytes(path)
    found = pages.xml_pages(data, path) or pages.text_pages(decoded(data, path), path)
    if found is None:
        raise InputError(f"{shown(path)} is no page with places; choose others with --file-grp")
    if isinstance(found, PageResult):
        yield pages.put_in_order(found, path, how[0].settings)
        return
    scan = page.files.get(groups[1])
    near = located(scan, name) if scan is not None else ""
    yield from pages.rebuilt(found, (data, path, near if os.path.isfile(near) else ""), *how)


def _pictures(found: Sequence[MetsPage]) -> str:
    """The group of the scans; "" where there is none."""
    try:
        return group_of(found, "", text=False)
    except ValueError:
        return ""


def read_bytes(name: str) -> bytes:
    """All of a file; InputError where it cannot be read."""
    with open_file(name) as stream:
        try:
            return stream.read()
        except OSError as error:
            raise InputError(f"cannot read {shown(name)}: {error.strerror}") from error
