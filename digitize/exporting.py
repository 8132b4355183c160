"""What ``digitize export`` does: pages that were read before, in other formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from digitize import formats, page_files, text_choices
from digitize.errors import (
    DigitizeError,
    ExitCode,
    InputError,
    NothingUsableError,
    OptionError,
    OutputError,
    PageOutputError,
    UsageError,
    shown,
)
from digitize.model import PageResult
from digitize.options import TextOptions
from digitize.page_files import Wanted
from digitize.source import natural_key
from digitize.storage import LocalFolder, store_at
from digitize.volume import Leaf, Volume, write

Say = Callable[[str], None]
_SCHEMA = b'"schema": "digitize-page/1"'
_HEAD = 200  # bytes in which a page's JSON says what it is


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``inputs`` are JSON files of pages, or folders that hold them.

    ``text`` are the text options that are not to be as in the pages' own runs.
    """

    inputs: tuple[str, ...]
    out: str
    wanted: Wanted
    text: Mapping[str, Any] = field(default_factory=dict)
    quiet: bool = False


def run(plan: Plan, show: Say, tell: Say) -> int:
    """Write all pages in the formats of ``plan``, naming the files that hold many; the exit code.

    Raises what makes everything impossible.
    """
    if not plan.wanted.formats:
        known = ", ".join(formats.known())
        raise UsageError(f"say which formats to write, as in -f alto,pdf; there are {known}")
    for name in plan.wanted.formats:
        formats.named(name)
    paths = list(_pages(plan.inputs))
    if not paths:
        raise NothingUsableError("no page's JSON is there; write some with: digitize run -f json")
    folder = store_at(plan.out)
    folder.check()
    failed: list[DigitizeError] = []
    leaves = []
    for number, path in enumerate(paths, 1):
        try:
            leaves.append(_written(path, plan))
        except (InputError, PageOutputError) as error:
            failed.append(error)
            tell(f"digitize: {error}")
        if not plan.quiet:
            tell(f"[{number}/{len(paths)}] {shown(str(path))}")
    if not leaves:
        raise NothingUsableError("no page could be written")
    failed += _bound(Volume(tuple(leaves), plan.wanted.formats, folder), show, tell)
    if any(isinstance(error, OutputError) for error in failed):
        return ExitCode.OUTPUT_NOT_WRITABLE
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def _written(path: Path, plan: Plan) -> Leaf:
    result = _as_asked(formats.read_page(path), plan.text)
    page_files.write(store_at(plan.out), path.stem, result, plan.wanted)
    return Leaf(path.stem, result.source, LocalFolder(path.parent))


def _as_asked(result: PageResult, text: Mapping[str, Any]) -> PageResult:
    """``result`` with other text options."""
    if not text or result.page is None:
        return result
    asked = {**text_choices.of_page(result).model_dump(), **text}
    try:
        options = TextOptions.model_validate(asked).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).replace("_", "-")
        raise OptionError(f"--{name}: {first['msg']}") from error
    made = result.page.provenance
    provenance = replace(made, options={**made.options, "text": options})
    return replace(result, page=replace(result.page, provenance=provenance))


def _bound(volume: Volume, show: Say, tell: Say) -> list[DigitizeError]:
    try:
        for name in write(volume):
            show(f"{volume.folder.location}/{name}")
    except InputError as error:
        tell(f"digitize: {error}")
        return [error]
    return []


def _pages(inputs: Sequence[str]) -> Iterator[Path]:
    """The pages' files: those named, and those in the folders named, page2 before page10."""
    seen: set[str] = set()
    for entry in inputs:
        path = Path(entry)
        if not path.exists():
            raise InputError(f"no such file: {shown(entry)}; check the path")
        found = sorted(path.rglob("*.json"), key=lambda p: natural_key(str(p)))
        for page in filter(_is_page, found) if path.is_dir() else [path]:
            if page.stem in seen:
                raise InputError(
                    f"two pages are called {shown(page.stem)}; write them one folder at a time"
                )
            seen.add(page.stem)
            yield page


def _is_page(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _SCHEMA in file.read(_HEAD)
    except OSError:
        return False
