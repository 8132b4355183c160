"""A page made from what is kept of it, without reading it again."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

from digitize import formats
from digitize.batch.job import Job, Kept
from digitize.errors import InputError
from digitize.journal import making_of
from digitize.model import PageResult
from digitize.options import RunOptions
from digitize.source import hashed
from digitize.storage import store_at


def remade(job: Job, kept: Kept) -> PageResult | None:
    """The page, the same to the byte as if it were read; None where what is kept will not do.

    Raises InputError where the scan cannot be read to see whether it is still the same.
    """
    result = _result(job, kept)
    if result is None or result.page is None:
        return None
    made = result.page.provenance
    source = hashed(job.source)
    same = (source.page_no, source.page_count, source.half, source.sha256)
    was = result.source
    if (was.page_no, was.page_count, was.half, made.sha256) != same:
        return None
    if making_of(made.options, made.versions).reading != kept.reading:
        return None
    if not kept.reflow:
        return replace(result, source=source)
    return _put_in_order_anew(replace(result, source=source), job.options)


def _put_in_order_anew(result: PageResult, options: RunOptions) -> PageResult:
    from digitize.pipeline import put_in_order  # noqa: PLC0415 - OpenCV, not wanted for --help

    assert result.page is not None
    engine = result.page.provenance.versions["engine"]
    return put_in_order(result.source, result.page, engine, options)


def _result(job: Job, kept: Kept) -> PageResult | None:
    """What is kept; None where it is broken, or not what was kept."""
    try:
        data = zlib.decompress(kept.aside) if kept.aside else _file(job)
        if kept.record and hashlib.sha256(data).hexdigest() != kept.record:
            return None
        return formats.from_json(data.decode("utf-8"))
    except (InputError, ValueError, zlib.error):
        return None


def _file(job: Job) -> bytes:
    assert job.folder is not None, "what goes to stdout is kept nowhere"
    return store_at(job.folder).read(f"{job.name}.json") or b""
