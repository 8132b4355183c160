from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_rows import STAT, asked, changed, making, outputs, row, sizes

from digitize.journal import Action, Asked, Making, Row, Stat, State, Step, plan

ONE = asked()
DONE = row(ONE)


def step(one: Asked, known: Row | None = None, *, lost: str = "", force: bool = False) -> Step:
    """What is planned for a page; ``lost`` is a file that is gone from the folder."""
    found = {n: s for n, s in sizes(known or DONE).items() if n != lost} if known else {}
    (made,) = plan([one], {known.key: known} if known else {}, found, force)
    return made


def told(one: Asked, known: Row | None = None, *, lost: str = "") -> tuple[str, str]:
    made = step(one, known, lost=lost)
    return made.action.value, made.reason


def test_a_page_that_is_done_is_kept() -> None:
    assert told(ONE, DONE) == ("keep", "done")


def test_a_page_without_text_is_done_too() -> None:
    assert told(ONE, changed(DONE, state=State.EMPTY)) == ("keep", "done")


def test_a_page_that_is_not_known_is_read() -> None:
    assert told(ONE) == ("read", "new")
    assert told(ONE, changed(row(ONE, State.PENDING), outputs={})) == ("read", "not finished")


def test_a_json_that_nobody_knows_of_may_be_of_this_page() -> None:
    for rows in ({}, {DONE.key: row(ONE, State.PENDING)}):
        (made,) = plan([ONE], rows, {"a.json": 99})
        assert made.action is Action.RECOVER
        assert made.reason == "a.json is there, and not in the journal"


def test_a_page_that_failed_is_tried_again() -> None:
    assert told(ONE, row(ONE, State.FAILED)) == ("read", "failed before: it is damaged")


def test_a_touched_file_of_the_same_content_is_kept() -> None:
    later = Stat(STAT.size, STAT.mtime_ns + 1)
    assert told(asked(stat=later, sha256="aa"), DONE) == ("keep", "done")
    assert told(asked(stat=later, sha256="bb"), DONE) == ("read", "the scan has changed")
    assert told(asked(stat=later), DONE) == ("read", "the scan has changed")


def test_another_size_is_another_file_whatever_its_time() -> None:
    assert told(asked(stat=Stat(999, STAT.mtime_ns)), DONE) == ("read", "the scan has changed")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (making(deskew=False), "preprocess.deskew: true → false"),
        (making(numpy="2.1"), "numpy: 2.0 → 2.1"),
        (
            making(numpy="2.1", deskew=False, mode="none"),
            "preprocess.deskew: true → false, numpy: 2.0 → 2.1",
        ),
    ],
)
def test_other_options_of_reading_read_again(made: Making, reason: str) -> None:
    assert told(asked(made=made), DONE) == ("read", reason)


def test_other_options_of_reflow_need_no_reading() -> None:
    assert told(asked(made=making(mode="none")), DONE) == ("reflow", "reflow.mode: full → none")


def test_another_format_needs_no_reading() -> None:
    assert told(asked(made=making("txt", "md")), DONE) == ("write", "md wanted as well")
    assert step(asked(made=making("txt", "md")), DONE).forms == {"txt", "json", "md"}


def test_fewer_formats_need_nothing() -> None:
    assert told(asked(made=making("txt")), DONE) == ("keep", "done")
    assert told(asked(made=making("txt")), DONE, lost="a.json") == ("keep", "done")


def test_a_lost_file_is_written_again_from_the_json() -> None:
    assert told(ONE, DONE, lost="a.txt") == ("write", "a.txt is missing")


def test_a_file_cut_short_is_written_again() -> None:
    (made,) = plan([ONE], {DONE.key: DONE}, {**sizes(DONE), "a.txt": 7})
    assert (made.action, made.reason) == (Action.WRITE, "a.txt has 7 bytes and not 103")


def test_without_the_json_the_page_is_read_again() -> None:
    reason = "a.json is missing; nothing is kept to make it from"
    assert told(ONE, DONE, lost="a.json") == ("read", reason)
    assert told(ONE, changed(DONE, aside=True), lost="a.json") == ("write", "a.json is missing")


def test_a_json_that_was_linked_with_others_is_not_the_page_alone() -> None:
    linked = changed(DONE, links="digest")
    assert step(ONE, linked, lost="a.txt").action is Action.READ
    assert step(ONE, changed(linked, aside=True), lost="a.txt").action is Action.WRITE


def test_what_an_unfinished_run_may_have_changed_is_written_again() -> None:
    assert step(ONE, changed(DONE, touched=True)).action is Action.WRITE


def test_force_reads_everything() -> None:
    assert step(ONE, DONE, force=True).action is Action.READ
    (made,) = plan([ONE], {}, {"a.json": 5}, force=True)
    assert (made.action, made.reason) == (Action.READ, "asked for")


def test_files_that_are_there_are_made_anew_with_the_others() -> None:
    had = row(asked(made=making("txt", "json", "md")))
    assert step(asked(made=making("txt", deskew=False)), had).forms == {"txt", "json", "md"}
    assert step(asked(made=making("txt", deskew=False)), had, lost="a.md").forms == {"txt", "json"}


FORMS = st.frozensets(st.sampled_from(["txt", "json", "md", "overlay"]), min_size=1)
MAKINGS = st.builds(
    lambda forms, mode, deskew: making(*forms, mode=mode, deskew=deskew),
    FORMS,
    st.sampled_from(["full", "none"]),
    st.booleans(),
)
STATS = st.builds(Stat, st.sampled_from([1000, 1001]), st.sampled_from([5, 6]))
HASHES = st.sampled_from(["aa", "bb"])
ASKED = st.builds(lambda m, s, h: asked(made=m, stat=s, sha256=h), MAKINGS, STATS, HASHES)
ROWS = st.builds(
    lambda one, state, links, aside, touched: changed(
        row(one, state), links=links, aside=aside, touched=touched
    ),
    ASKED,
    st.sampled_from(State),
    st.sampled_from(["", "digest"]),
    st.booleans(),
    st.booleans(),
)
FILES = st.dictionaries(
    st.sampled_from([f"a.{form}" for form in ("txt", "json", "md", "overlay")]),
    st.sampled_from([103, 104, 102, 107, 3]),
)


@given(ASKED, ROWS, FILES)
def test_a_page_is_kept_if_and_only_if_all_of_it_is_as_wanted(
    one: Asked, known: Row, files: dict[str, int]
) -> None:
    (made,) = plan([one], {known.key: known}, files)
    wanted = sizes(changed(known, outputs=outputs("a", one.making.forms)))
    whole = (
        known.finished
        and not known.touched
        and (one.stat == known.stat or one.source.sha256 == known.sha256)
        and (one.making.reading, one.making.reflow) == (known.making.reading, known.making.reflow)
        and one.making.forms <= known.making.forms
        and wanted.items() <= files.items()
    )
    assert (made.action is Action.KEEP) == whole
    assert made.forms >= one.making.forms


@given(ASKED, ROWS, FILES)
def test_nothing_is_made_from_what_does_not_hold(
    one: Asked, known: Row, files: dict[str, int]
) -> None:
    (made,) = plan([one], {known.key: known}, files)
    if made.action in {Action.WRITE, Action.REFLOW}:
        assert known.finished
        assert one.making.reading == known.making.reading
        own = not known.links and files.get("a.json") == known.outputs.get("json", {}).get("a.json")
        assert known.aside or own
    if made.action is Action.WRITE:
        assert one.making.reflow == known.making.reflow
    if made.action is Action.RECOVER:
        assert known.state is State.PENDING
        assert "a.json" in files


@given(ASKED, ROWS, FILES)
def test_what_was_done_as_planned_is_done(one: Asked, known: Row, files: dict[str, int]) -> None:
    (made,) = plan([one], {known.key: known}, files)
    if made.action is not Action.KEEP:
        known = row(replace(one, making=replace(one.making, forms=made.forms)))
        known = changed(known, sha256=one.source.sha256)
        files = {**files, **sizes(known)}
    (again,) = plan([one], {known.key: known}, files)
    assert again.action is Action.KEEP


@given(st.lists(ASKED, max_size=4), st.booleans())
def test_a_step_a_page_in_order(pages: list[Asked], force: bool) -> None:
    assert [made.asked for made in plan(pages, {}, {}, force)] == pages
