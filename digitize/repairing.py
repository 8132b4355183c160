"""What ``digitize reflow`` does, apart from parsing and printing."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from digitize import atomic
from digitize.decoding import decoded
from digitize.errors import (
    DigitizeError,
    ExitCode,
    InputError,
    UsageError,
    internal,
    shown,
)
from digitize.formats import from_json, to_text
from digitize.formats.json import SCHEMA
from digitize.model import Join, PageResult
from digitize.opening import open_file
from digitize.reflow.plain import Repaired, paragraphs_of, reflow_text

Say = Callable[[str], None]
STREAM = "-"  # stdin among the inputs, stdout as output
CONTEXT = 8  # characters shown on both sides of a seam
LEARNED = 120_000  # characters of a text that the signal learns from, evenly taken


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``out`` is a folder, "-" for stdout, or None."""

    inputs: tuple[str, ...]
    out: str | None = None
    explain: bool = False
    as_json: bool = False
    keep_furniture: bool = False


def run(plan: Plan, show: Say, tell: Say) -> int:
    """Repair all inputs of ``plan``; results go to ``show`` or into files, the rest to ``tell``.

    Returns the exit code. Raises what is wrong with the command as a whole, before any text is
    read: UsageError, OutputError.
    """
    output = _Output(plan, _targets(plan), show)
    failed: list[DigitizeError] = []
    for name in plan.inputs:
        try:
            record = _record(name, plan.keep_furniture)
            output.put(name, record)
        except DigitizeError as error:
            failed.append(error)
            tell(f"digitize: {error}")
            continue
        for line in told(record) if plan.explain else ():
            tell(f"{_named(name)}: {line}")
    return _exit_code(failed, len(plan.inputs))


def repaired(text: str, keep_furniture: bool = False) -> Repaired:
    """``text`` put right with the best language signal that is installed.

    The signal learns from the text, then from what was repaired, until nothing changes. Raises
    MissingLanguageError where no word list is installed.
    """
    done = Repaired(text)
    while True:
        once = _once(done.text, keep_furniture)
        if once.text == done.text:
            return done
        done = done.followed_by(once)


def _once(text: str, keep_furniture: bool) -> Repaired:
    from digitize.language import signal  # noqa: PLC0415 - its word list takes a second

    learned = paragraphs_of(text)[:: len(text) // LEARNED + 1]
    return reflow_text(text, signal(learned), keep_furniture=keep_furniture)


def told(record: Repaired) -> Iterator[str]:
    """What was done, a line each."""
    for join in record.joins:
        before, after = join.before[-CONTEXT:], join.after[:CONTEXT]
        yield f"joined …{before}|{after}… ({join.reason}; {join.score:.2f})"
    for move in record.moves:
        yield f"moved {move.blocks} blocks, {move.first}… to …{move.last}: {move.reason}"
    for furniture in record.removed:
        yield f"removed {furniture.kind}: {furniture.text}"
    if record.lines:
        yield f"{record.lines} wrapped lines put together"
    if record.spaces:
        yield f"{record.spaces} spaces between characters taken out"


def _exit_code(failed: list[DigitizeError], total: int) -> ExitCode:
    codes = {error.exit_code for error in failed}
    for code in (ExitCode.OUTPUT_NOT_WRITABLE, ExitCode.MISSING_ENGINE):
        if code in codes:
            return code
    if len(failed) == total:
        return ExitCode.NOTHING_USABLE
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _named(name: str) -> str:
    return "stdin" if name == STREAM else shown(name)


# --- where results go


def _targets(plan: Plan) -> dict[str, Path]:
    """The file for each input, in a folder that can be written; none for stdout."""
    if plan.out == STREAM:
        return {}
    if plan.out is None:
        if len(plan.inputs) > 1:
            raise UsageError("more than one text: say where they go with -o FOLDER (or -o -)")
        return {}
    folder = Path(plan.out)
    targets = {name: folder / _file_name(name) for name in plan.inputs}
    _check_distinct(plan.inputs, folder)
    _check_apart(targets)
    atomic.check_folder(folder)
    return targets


def _file_name(name: str) -> str:
    if name == STREAM:
        return "stdin.txt"
    path = Path(name)
    return f"{path.stem}.txt" if path.suffix.lower() == ".json" else path.name


def _check_distinct(inputs: tuple[str, ...], folder: Path) -> None:
    counts = Counter(_file_name(name).casefold() for name in inputs)
    twice = [name for name in inputs if counts[_file_name(name).casefold()] > 1]
    if twice:
        names = " and ".join(shown(name) for name in twice[:2])
        raise UsageError(f"{names} would be one file in {shown(str(folder))}; repair them apart")


def _check_apart(targets: dict[str, Path]) -> None:
    """No result may take the place of an input."""
    inputs = {os.path.realpath(name) for name in targets if name != STREAM}
    for target in targets.values():
        if os.path.realpath(target) in inputs:
            raise UsageError(f"{shown(str(target))} is an input; name another folder with -o")


@dataclass(slots=True)
class _Output:
    """Takes the records one by one."""

    plan: Plan
    targets: dict[str, Path]
    show: Say
    begun: bool = False

    def put(self, name: str, record: Repaired) -> None:
        """Write or print one record; OutputError where that fails."""
        if name in self.targets:
            atomic.write(self.targets[name], record.text.encode("utf-8", "backslashreplace"))
        if self.plan.as_json:
            data = {"source": _named(name), **asdict(record)}
            self.show(json.dumps(data, ensure_ascii=False))
        elif name not in self.targets and record.text:
            text = record.text.removesuffix("\n")
            self.show(f"\n\n{text}" if self.begun else text)
            self.begun = True


# --- where texts come from


def _record(name: str, keep_furniture: bool) -> Repaired:
    """The text of a file put right; a DigitizeError where that cannot be done."""
    text = decoded(_bytes(name), _named(name))
    try:
        if _is_page(name, text):
            return _page_repaired(text, name)
        return repaired(text, keep_furniture)
    except DigitizeError:
        raise
    except Exception as error:
        raise internal(_named(name), error) from error


def _bytes(name: str) -> bytes:
    if name == STREAM:
        return sys.stdin.buffer.read()
    if os.path.isdir(name):
        raise InputError(f"{shown(name)} is a folder; name the text files in it")
    with open_file(name) as stream:
        try:
            return stream.read()
        except OSError as error:
            raise InputError(f"cannot read {shown(name)}: {error.strerror}") from error


def _is_page(name: str, text: str) -> bool:
    return name.lower().endswith(".json") or f'"schema": "{SCHEMA}"' in text[:100]


def _page_repaired(text: str, name: str) -> Repaired:
    """The text of a page that digitize has read before, reflowed from where its lines stand."""
    from digitize.language import signal  # noqa: PLC0415 - as above
    from digitize.reflow import reflow  # noqa: PLC0415 - scipy

    try:
        result = from_json(text)
    except ValueError as error:
        raise InputError(f"{_named(name)} is no page written by digitize: {error}") from error
    if result.page is None:
        raise InputError(
            f"{_named(name)} holds no page: {'; '.join(result.errors) or 'it is empty'}"
        )
    done = reflow(result.page, continuity=signal(line.text for line in result.page.lines))
    made = replace(result, page=done.page, articles=done.articles, furniture=done.furniture)
    return Repaired(to_text(made), joins=tuple(_page_joins(made)), removed=done.furniture)


def _page_joins(result: PageResult) -> Iterator[Join]:
    """The joins with the text at each seam in place of the lines' names."""
    lines = result.page.lines if result.page is not None else ()
    texts = {line.id: line.text.strip() for line in lines}
    for article in result.articles:
        for paragraph in article.paragraphs:
            for join in paragraph.joins:
                before, after = texts.get(join.before, ""), texts.get(join.after, "")
                yield replace(join, before=before[-2 * CONTEXT :], after=after[: 2 * CONTEXT])
