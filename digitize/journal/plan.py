"""What is to be done with every page of a run. Pure: what is there and what is wanted, to steps.

A page is kept where its input, its options and its files are as they should be. If not, as little
is done again as will do: a page whose reading still holds is never read again while what was read
is to be had, from its own JSON or from the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digitize.journal.keys import difference
from digitize.journal.model import Action, Asked, PageKey, Row, State, Step

JSON = "json"  # the form that holds all of a page


def plan(
    asked: Sequence[Asked],
    rows: Mapping[PageKey, Row],
    sizes: Mapping[str, int],
    force: bool = False,
) -> tuple[Step, ...]:
    """A step for every page of ``asked``, in that order.

    ``rows`` are the pages that the journal knows, ``sizes`` the files in the output folder, by
    names as in :data:`Outputs`. ``force``: every page is read, whatever is there.
    """
    return tuple(_step(one, rows.get(one.key), sizes, force) for one in asked)


def whole_forms(row: Row, sizes: Mapping[str, int]) -> frozenset[str]:
    """The forms of a page of which every file is there as it was written."""
    return row.making.forms.difference(_form for _form, _ in _spoiled(row, sizes))


def _step(asked: Asked, row: Row | None, sizes: Mapping[str, int], force: bool) -> Step:
    wanted = asked.making.forms
    if row is None or row.state is State.PENDING:
        return _first(asked, row, sizes, force)
    forms = wanted | whole_forms(row, sizes)
    if force:
        return Step(asked, Action.READ, "asked for", forms)
    anew = _to_read(asked, row)
    if anew:
        return Step(asked, Action.READ, anew, forms)
    action, reason = _to_write(asked, row, sizes)
    if action is not Action.KEEP and not _kept(row, sizes):
        return Step(asked, Action.READ, f"{reason}; nothing is kept to make it from", forms)
    return Step(asked, action, reason, forms)


def _first(asked: Asked, row: Row | None, sizes: Mapping[str, int], force: bool) -> Step:
    """The step for a page that was never finished, as far as is known."""
    reason = "new" if row is None else "not finished"
    if not force and f"{asked.name}.{JSON}" in sizes:
        reason = f"{asked.name}.{JSON} is there, and not in the journal"
        return Step(asked, Action.RECOVER, reason, asked.making.forms)
    return Step(asked, Action.READ, "asked for" if force else reason, asked.making.forms)


def _to_read(asked: Asked, row: Row) -> str:
    """Why the page must be read again; "" if it need not be."""
    if row.state is State.FAILED:
        return f"failed before: {row.reason}"
    if asked.stat != row.stat and asked.source.sha256 != row.sha256:
        return "the scan has changed"
    if asked.making.reading != row.making.reading:
        return difference(row.making.reading, asked.making.reading)
    return ""


def _to_write(asked: Asked, row: Row, sizes: Mapping[str, int]) -> tuple[Action, str]:
    """What is to be done with a page whose reading holds, and why."""
    if asked.making.reflow != row.making.reflow:
        return Action.REFLOW, difference(row.making.reflow, asked.making.reflow)
    wanted = asked.making.forms
    lacking = sorted(wanted - row.making.forms)
    if lacking:
        return Action.WRITE, f"{', '.join(lacking)} wanted as well"
    for form, reason in _spoiled(row, sizes):
        if form in wanted:
            return Action.WRITE, reason
    if row.touched:
        return Action.WRITE, "another run began to change it and did not end"
    return Action.KEEP, "done"


def _spoiled(row: Row, sizes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The form of every file that is not as it was written, and what is wrong with it."""
    for form, files in row.outputs.items():
        for name, size in files.items():
            found = sizes.get(name)
            if found is None:
                yield form, f"{name} is missing"
            elif found != size:
                yield form, f"{name} has {found} bytes and not {size}"


def _kept(row: Row, sizes: Mapping[str, int]) -> bool:
    """Whether what was read is to be had without reading again."""
    if row.aside:
        return True
    own = bool(row.record) and JSON in row.outputs and not row.links
    return own and JSON in whole_forms(row, sizes)
