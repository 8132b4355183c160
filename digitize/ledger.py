"""A folder as the place of results: what a run does there goes by the journal and into it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any

from digitize import journal, run_report, survey, volume
from digitize.batch import Job, Kept, Outcome, Unwritten
from digitize.errors import InputError, OutputError, shown
from digitize.formats import named
from digitize.journal import Action, Journal, Row, State, Step
from digitize.model import PageStatus
from digitize.options import OutputOptions
from digitize.page_files import Wanted
from digitize.reflow.continuity import Continuity
from digitize.relinking import Relinking, outputs_of
from digitize.stitching import Links, to_text
from digitize.storage import Store
from digitize.survey import Ground, Survey
from digitize.volume import Leaf, Volume

Say = Callable[[str], None]
STATES = {
    PageStatus.OK: State.OK,
    PageStatus.EMPTY: State.EMPTY,
    PageStatus.FAILED: State.FAILED,
}


@contextmanager
def opened(store: Store, tell: Say) -> Iterator[tuple[Journal, Ground]]:
    """The journal of a folder, which is this run's alone meanwhile, and what is there.

    What a dead run left half written is removed. Raises OutputError where the folder cannot be
    written, or another run has it.
    """
    store.check()
    with journal.opened(store.location, tell) as book:
        here = os.path.abspath(store.location)
        book.move(survey.moved(book.rows(), book.facts().get("folder", ""), here))
        book.note(folder=here)
        rows = book.rows()
        names = {row.name for row in rows.values()}
        store.sweep(names)
        yield book, Ground(rows, store.sizes(names))


def looked_at(store: Store) -> Ground:
    """What is in a folder, of which nothing is changed; InputError, OutputError."""
    book = journal.to_read(store.location)
    if book is None:
        return Ground({}, store.sizes())
    try:
        rows = book.rows()
        here = os.path.abspath(store.location)
        keys = survey.moved(rows, book.facts().get("folder", ""), here)
    finally:
        book.close()
    rows = {keys.get(key, key): replace(row, key=keys.get(key, key)) for key, row in rows.items()}
    return Ground(rows, store.sizes({row.name for row in rows.values()}))


class Ledger:
    """The folder during a run.

    ``found`` says what is to be done, ``forms`` which formats are written.
    """

    def __init__(
        self,
        book: Journal,
        store: Store,
        found: Survey,
        forms: Sequence[str],
        output: OutputOptions,
    ) -> None:
        self._book, self._store, self._output = book, store, output
        self._forms = tuple(forms)
        self._survey = found
        self._steps = {step.asked.name: step for step in found.todo}
        self.links = Links()
        book.begin(found.steps, found.order)

    @property
    def count(self) -> int:
        """How many pages there is something to do with."""
        return len(self._steps)

    @property
    def kept(self) -> int:
        """How many pages are as they should be."""
        return len(self._survey.steps) - len(self._steps)

    def jobs(self, first: Job) -> Iterator[Job]:
        """What is to be done, like ``first`` in all that is the same for every page."""
        for index, step in enumerate(self._survey.todo):
            asked = step.asked
            yield replace(
                first,
                source=asked.source,
                name=asked.name,
                index=index,
                wanted=Wanted.of(step.forms),
                kept=self._kept(step),
            )

    def take(self, outcome: Outcome) -> None:
        """Keep what became of a page, whose files its worker has written."""
        row = row_of(self._steps[outcome.name], outcome)
        row = replace(row, below=self._output.low_confidence)
        written = row.finished and outcome.stub is not None
        stub = to_text(outcome.stub) if written and outcome.stub is not None else ""
        aside = b"" if "json" in row.outputs or not written else outcome.aside
        self._book.record(row, stub, aside)

    def link(self, continuity: Continuity) -> Iterator[Unwritten]:
        """Write the pages again whose stories turned out to go on elsewhere."""
        labels = {s.asked.key: shown(s.asked.source.label) for s in self._survey.steps}
        relinking = Relinking(self._book, self._store, labels)
        yield from relinking.write(self._output.stitch, continuity)
        self.links = relinking.links

    def bind(self) -> Iterator[Unwritten]:
        """Write the files that hold many pages, unless they are there and nothing has changed."""
        if not any(named(form).volume for form in self._forms):
            return
        asked = [step.asked for step in self._survey.steps]
        leaves = tuple(Leaf(one.name, one.source, self._store) for one in asked)
        bound = Volume(leaves, self._forms, self._store)
        rows = self._book.rows()
        known = [(one.name, r.record, r.links) for one in asked if (r := rows.get(one.key))]
        digest = sha256(repr((self._forms, known)).encode()).hexdigest()
        if self._book.facts().get("bound") == digest and volume.whole(bound):
            return
        try:
            for _ in volume.write(bound):
                pass
        except (InputError, OutputError) as error:
            yield Unwritten(str(error), output=isinstance(error, OutputError))
        else:
            self._book.note(bound=digest)

    def close(self) -> None:
        """All is written."""

    def report(self, data: Mapping[str, Any]) -> None:
        """Write ``report.json``; OutputError where that fails."""
        self._store.sweep(self._steps)  # workers that were killed may have left something
        self._store.write(run_report.FILE, run_report.text(data))

    def _kept(self, step: Step) -> Kept | None:
        """From what a page can be made without reading it."""
        reading = step.asked.making.reading
        if step.action is Action.RECOVER:
            return Kept(reading, reflow=True)
        if step.action not in {Action.WRITE, Action.REFLOW}:
            return None
        row = self._survey.rows[step.asked.key]
        aside = self._book.aside(row.key) if row.aside else b""
        return Kept(reading, aside, row.record, step.action is Action.REFLOW)


def row_of(step: Step, outcome: Outcome) -> Row:
    """What the journal keeps of a page that a run has done."""
    asked, unwritten = step.asked, outcome.unwritten
    state = STATES[outcome.status] if unwritten is None else State.FAILED
    reasons = outcome.errors if unwritten is None else (unwritten.reason,)
    return Row(
        key=asked.key,
        name=asked.name,
        stat=asked.stat,
        sha256=outcome.source.sha256,
        making=replace(asked.making, forms=step.forms),
        outputs=outputs_of(outcome.files),
        record=outcome.record,
        state=state,
        reason="; ".join(reasons),
        seconds=outcome.seconds.get("total", 0.0),
        lines=outcome.lines,
        doubtful=outcome.doubtful,
        confidence=outcome.confidence,
    )
