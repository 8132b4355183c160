"""``digitize reflow``, apart from parsing and printing."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from digitize.decoding import decoded
from digitize.errors import DigitizeError, ExitCode, InputError, UsageError, internal, shown
from digitize.formats import to_text
from digitize.model import PageResult, Source
from digitize.page_files import GAP
from digitize.paper import paper_of
from digitize.reflow.plain import Repaired
from digitize.repairing import pages, texts, volumes
from digitize.repairing.output import Output
from digitize.repairing.plan import STREAM, Done, Plan, Say, named


def run(plan: Plan, show: Say, tell: Say) -> int:
    """Repair all inputs of ``plan``; results go to ``show`` or into files, the rest to ``tell``.

    Returns the exit code. Raises what is wrong with the command as a whole, before any text is
    read: UsageError, OutputError.
    """
    if plan.image is not None and len(plan.inputs) > 1:
        raise UsageError("--image is the picture of one page; name one FILE with it")
    output = Output(plan, show)
    failed: list[DigitizeError] = []
    useless = 0
    for name in plan.inputs:
        try:
            done = _done(name, plan, tell)
            output.put(name, done)
        except DigitizeError as error:
            failed.append(error)
            useless += 1
            tell(f"digitize: {error}")
            continue
        for fault in done.errors:
            failed.append(fault)
            tell(f"digitize: {fault}")
        for line in texts.told(done.record) if plan.explain else ():
            tell(f"{named(name)}: {line}")
    return _exit_code(failed, nothing=useless == len(plan.inputs))


def _exit_code(failed: list[DigitizeError], *, nothing: bool) -> ExitCode:
    codes = {error.exit_code for error in failed}
    for code in (ExitCode.OUTPUT_NOT_WRITABLE, ExitCode.MISSING_ENGINE):
        if code in codes:
            return code
    if nothing:
        return ExitCode.NOTHING_USABLE
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _done(name: str, plan: Plan, tell: Say) -> Done:
    """The text or the pages of a file put right; a DigitizeError where that cannot be done."""
    data = _bytes(name)
    try:
        return put_right(data, name, plan, tell)
    except DigitizeError:
        raise
    except Exception as error:
        raise internal(named(name), error) from error


def put_right(data: bytes, name: str, plan: Plan, tell: Say) -> Done:
    """What is in a file, put right; a DigitizeError where that cannot be done."""
    if volumes.is_volume(data):
        return _of_volume(list(volumes.volume(data, name, plan, tell)))
    found = pages.xml_pages(data, name)
    if found is None:
        text = decoded(data, named(name))
        read = pages.text_pages(text, name)
        if read is None:
            return _text(text, name, plan)
        if isinstance(read, PageResult):
            return _of_pages([pages.put_in_order(read, name, plan.settings)])
        found = read
    return _of_pages(list(pages.rebuilt(found, (data, name, ""), plan, tell)))


def _text(text: str, name: str, plan: Plan) -> Done:
    """A text without geometry, which can become nothing but a text."""
    if plan.forms != ("txt",) or plan.image is not None:
        option = "-f" if plan.forms != ("txt",) else "--image"
        raise InputError(
            f"{named(name)} is text without places on a page: {option} is for pages; leave it out"
        )
    paper = paper_of(plan.settings.for_page(Source(name)))
    return Done(texts.repaired(text, plan.keep_furniture, paper))


def _of_volume(found: list[PageResult | InputError]) -> Done:
    """The pages of a volume that could be used, and what could not."""
    results = [one for one in found if isinstance(one, PageResult)]
    errors = tuple(one for one in found if isinstance(one, InputError))
    if not results:
        raise errors[0]
    return replace(_of_pages(results), errors=errors)


def _of_pages(results: list[PageResult]) -> Done:
    text = GAP.join(filter(None, (to_text(result).rstrip("\n") for result in results)))
    record = Repaired(
        f"{text}\n" if text else "",
        joins=tuple(join for result in results for join in pages.joins_of(result)),
        removed=tuple(piece for result in results for piece in result.furniture),
    )
    return Done(record, tuple(results))


def _bytes(name: str) -> bytes:
    if name == STREAM:
        return sys.stdin.buffer.read()
    if os.path.isdir(name):
        raise InputError(f"{shown(name)} is a folder; name the text files in it")
    return volumes.read_bytes(name)
