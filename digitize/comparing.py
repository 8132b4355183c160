"""What ``digitize diff`` and ``digitize align`` do, apart from parsing and printing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from digitize import atomic
from digitize.errors import ExitCode, InputError, NothingUsableError, UsageError, shown
from digitize.evaluate import compare, profile, read
from digitize.evaluate.cer import total_confusions
from digitize.evaluate.confidence import Judged, calibration, judged
from digitize.evaluate.context import Excerpt, excerpts
from digitize.evaluate.document import Document
from digitize.evaluate.figures import Figures, share, total
from digitize.evaluate.ground_truth import LineTruth, line_truth
from digitize.evaluate.pairs import Pairs, is_text, paired, stem
from digitize.evaluate.profiles import Profile
from digitize.evaluate.record import page_record, run_record
from digitize.evaluate.result import Confusion, PageComparison
from digitize.evaluate.table import LEGEND, as_csv, notes, table
from digitize.formats import to_json
from digitize.model import PageResult, PageStatus, Source
from digitize.opening import missing
from digitize.report import Outcome, Report
from digitize.source import RUN_REPORT

Say = Callable[[str], None]
Paint = Callable[[Excerpt], str]
"""One excerpt as a line for the terminal."""

REPORTED = 40  # characters of a piece that has no counterpart


@dataclass(frozen=True, slots=True)
class DiffPlan:
    """What the user asked for. ``form`` is table, json or csv; ``html`` the report to write."""

    hypothesis: str
    reference: str
    profile: str
    form: str = "table"
    max_cer: float | None = None
    verbose: bool = False
    html: Path | None = None


@dataclass(slots=True)
class Comparisons:
    """What was found so far; pages themselves are kept by those who need them only."""

    profile: Profile
    rows: list[tuple[str, Figures]] = field(default_factory=list)
    confusions: list[tuple[Confusion, ...]] = field(default_factory=list)
    lines: list[Judged] = field(default_factory=list)
    failed: int = 0

    def add(self, page: PageComparison) -> None:
        """Take note of a page."""
        self.rows.append((page.name, page.figures))
        self.confusions.append(page.confusions)
        self.lines += judged(page.lines)

    @property
    def total(self) -> Figures:
        """All pages together, each with the weight of its text."""
        return total(figures for _, figures in self.rows)


def diff(plan: DiffPlan, show: Say, tell: Say, paint: Paint) -> ExitCode:
    """Compare every pair of pages; results go to ``show``, the rest to ``tell``.

    A page that cannot be read does not stop the others. Returns SOME_FAILED for such a page, for
    one without a counterpart, and where the CER of all pages is above ``plan.max_cer``.
    """
    found = Comparisons(profile(plan.profile))
    pairs = pairs_of(plan.hypothesis, plan.reference)
    found.failed += _tell_alone(pairs, tell)
    report = None if plan.html is None else Report(plan.html, len(pairs.found))
    records: list[dict[str, Any]] = []
    for page, document in compared(pairs, found, tell):
        if report is not None:
            report.add(page, document)
        if plan.verbose:
            say = show if plan.form == "table" else tell
            say(f"{shown(page.name)}:")
            for excerpt in excerpts(page):
                say(paint(excerpt))
        if plan.form == "json":
            records.append(page_record(page))
    if not found.rows:
        raise NothingUsableError("no page could be compared; see the messages above")
    show(_printed(plan.form, found, records))
    if report is not None:
        report.close(_outcome(found))
        tell(f"the report is in {shown(str(plan.html))}")
    return _exit_code(plan, found, tell)


def _outcome(found: Comparisons) -> Outcome:
    return Outcome(
        found.profile,
        found.total,
        total_confusions(found.confusions),
        calibration(found.lines),
        found.failed,
    )


def compared(
    pairs: Pairs, found: Comparisons, tell: Say
) -> Iterator[tuple[PageComparison, Document]]:
    """Compare pair by pair, each with our side of it; what cannot be read is told and counted."""
    for hypothesis, reference in pairs.found:
        try:
            ours, theirs = (read(path, glyphs=False) for path in (hypothesis, reference))
            page = compare(ours, theirs, found.profile)
        except InputError as error:
            tell(f"digitize: {error}")
            found.failed += 1
            continue
        page = replace(page, name=_name(hypothesis, pairs))
        found.add(page)
        yield page, ours


def _name(path: str, pairs: Pairs) -> str:
    """What a page is called: its stem, with the folders in which the pages differ."""
    folders = [os.path.dirname(hypothesis) for hypothesis, _ in pairs.found]
    folder = os.path.dirname(path)
    within = os.path.relpath(folder or ".", os.path.commonpath(folders) or ".")
    return os.path.normpath(os.path.join(within, stem(path)))


def pairs_of(hypothesis: str, reference: str) -> Pairs:
    """The pages to compare: two files, two folders, or a file and the folder of its reference.

    Raises NothingUsableError where there is no pair at all.
    """
    ours, theirs = _files(hypothesis), _files(reference)
    if ours is None and theirs is None:
        return Pairs(((hypothesis, reference),))
    if ours is not None and theirs is None:
        raise UsageError(f"{shown(hypothesis)} is a folder, {shown(reference)} a file; give two")
    if ours is None:
        found = _within(paired([os.path.basename(hypothesis)], theirs or []), "", reference)
        pairs = Pairs(
            tuple((hypothesis, their) for _, their in found.found), found.without_reference
        )
    else:
        pairs = _within(paired(ours, theirs or []), hypothesis, reference)
    if not pairs.found:
        raise NothingUsableError(
            f"no page of {shown(hypothesis)} has a reference in {shown(reference)}; files belong "
            "together by name, as page1.json and page1.ref.txt"
        )
    return pairs


def _files(path: str) -> list[str] | None:
    """The text files in a folder, as paths within it; None for a file."""
    if not os.path.exists(path):
        raise NothingUsableError(str(missing(path)))
    if not os.path.isdir(path):
        return None
    return [
        os.path.relpath(os.path.join(root, name), path)
        for root, _, names in os.walk(path)
        for name in names
        if is_text(name) and name != f"{RUN_REPORT}.json"
    ]


def _within(pairs: Pairs, hypothesis: str, reference: str) -> Pairs:
    """The same with paths that lead to the files."""
    return Pairs(
        tuple((os.path.join(hypothesis, a), os.path.join(reference, b)) for a, b in pairs.found),
        tuple(os.path.join(hypothesis, a) for a in pairs.without_reference),
        tuple(os.path.join(reference, b) for b in pairs.without_hypothesis),
    )


def _tell_alone(pairs: Pairs, tell: Say) -> int:
    for path in pairs.without_reference:
        tell(f"digitize: no reference for {shown(path)}; left out")
    for path in pairs.without_hypothesis:
        tell(f"digitize: nothing to compare with {shown(path)}; left out")
    return len(pairs.without_reference) + len(pairs.without_hypothesis)


def _printed(form: str, found: Comparisons, records: list[dict[str, Any]]) -> str:
    confusions = total_confusions(found.confusions)
    confidence = calibration(found.lines)
    if form == "json":
        data = run_record(found.profile, found.total, confusions, confidence)
        data["pages"] = records
        return json.dumps(data, ensure_ascii=False, indent=1)
    if form == "csv":
        return as_csv(found.rows, found.total, found.profile).rstrip("\n")
    below = notes(found.profile, found.total, confusions, confidence)
    return "\n".join([table(found.rows, found.total), "", *below, "", LEGEND])


def _exit_code(plan: DiffPlan, found: Comparisons, tell: Say) -> ExitCode:
    counts = found.total.characters
    # Text where none is expected is wrong throughout.
    cer = share(counts.errors, counts.reference)
    cer = float(counts.errors > 0) if cer is None else cer
    if plan.max_cer is not None and cer > plan.max_cer:
        tell(f"digitize: the CER is {cer:.4f}, above {plan.max_cer:g}")
        return ExitCode.SOME_FAILED
    return ExitCode.SOME_FAILED if found.failed else ExitCode.OK


@dataclass(frozen=True, slots=True)
class AlignPlan:
    """What the user asked for. ``out`` is a file, or None for stdout."""

    page: str
    reference: str
    profile: str
    out: Path | None = None


def align(plan: AlignPlan, show: Say, tell: Say) -> ExitCode:
    """Write the page with its reference's text in its lines; tell what has no counterpart.

    Raises NothingUsableError for files that cannot be read or have nothing in common.
    """
    try:
        page, reference = read(plan.page), read(plan.reference)
        truth = line_truth(_result(page), reference, profile(plan.profile))
    except InputError as error:
        raise NothingUsableError(str(error)) from error
    except ValueError as error:
        raise NothingUsableError(
            f"{shown(plan.page)} cannot take the text: {error}; give a page's JSON, ALTO, PAGE "
            "or hOCR"
        ) from error
    kept = truth.result.page.lines if truth.result.page else ()
    if not kept:
        raise NothingUsableError(
            f"{shown(plan.reference)} has nothing in common with {shown(plan.page)}"
        )
    _tell_unmatched(truth, len(kept), tell)
    text = to_json(truth.result)
    if plan.out is None:
        show(text.rstrip("\n"))
    else:
        atomic.write(plan.out, text.encode("utf-8"))
    return ExitCode.OK


def _result(document: Document) -> PageResult:
    """A page to write: with its lines, in the order in which it was read."""
    source = document.source or Source(document.name)
    return PageResult(source, PageStatus.OK, document.page)


def _tell_unmatched(truth: LineTruth, kept: int, tell: Say) -> None:
    for line in truth.without_text:
        tell(f"not in the reference: line {line.id} {_short(line.text)}")
    for text in truth.without_line:
        tell(f"not on the page: {_short(text)}")
    alone = len(truth.without_text)
    tell(f"{kept} of {kept + alone} lines have their text; {len(truth.without_line)} pieces left")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= REPORTED else f"{flat[:REPORTED]}… ({len(flat)} characters)"
