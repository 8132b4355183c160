from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from journal_rows import STAT, asked, changed, making, row, sizes

from digitize import journal
from digitize.errors import ExitCode, OutputError
from digitize.journal import Action, Asked, Journal, PageKey, Row, State, Step, plan
from digitize.model import Half, Source

STUB = '{"name":"a"}'


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def book(tmp_path: Path, said: list[str]) -> Iterator[Journal]:
    with journal.opened(str(tmp_path), said.append) as opened:
        yield opened


def begin(book: Journal, *pages: Asked, action: Action = Action.READ) -> None:
    steps = [Step(one, action, "new", one.making.forms) for one in pages]
    book.begin(steps, [one.key for one in pages])


def again(folder: Path, said: list[str]) -> dict[PageKey, Row]:
    with journal.opened(str(folder), said.append) as book:
        return book.rows()


def test_a_page_is_known_before_it_is_made(book: Journal) -> None:
    begin(book, asked("/in/b.png"), asked("/in/a.png"))
    rows = book.rows()
    assert [known.name for known in rows.values()] == ["b", "a"]
    assert {known.state for known in rows.values()} == {State.PENDING}
    assert all(known.touched for known in rows.values())


def test_what_became_of_a_page_comes_back(tmp_path: Path, said: list[str]) -> None:
    one = asked("/in/报\udcff.png")
    done = changed(row(one), reason="两\udcff行", position=0)
    with journal.opened(str(tmp_path), said.append) as book:
        begin(book, one)
        book.record(done, STUB, b"packed")
        assert book.aside(one.key) == b"packed"
        assert list(book.stubs()) == [(one.key, STUB)]
    kept = changed(done, reason="两\\udcff行", aside=True)
    assert again(tmp_path, said) == {one.key: kept}
    assert said == []


def test_a_page_that_is_made_again_leaves_nothing_of_before(book: Journal) -> None:
    one = asked()
    begin(book, one)
    book.record(row(one), STUB, b"packed")
    begin(book, one)
    assert book.rows()[one.key].finished
    assert book.rows()[one.key].touched
    book.record(row(one, State.FAILED))
    assert (book.aside(one.key), list(book.stubs())) == (b"", [])
    assert not book.rows()[one.key].touched


def test_links_and_where_they_fail_are_kept(book: Journal) -> None:
    one, other = asked("/in/a.png"), asked("/in/b.png")
    begin(book, one, other)
    book.record(row(one), STUB)
    book.linking(one.key, b"packed")
    assert book.rows()[one.key].links not in ("", "digest")
    book.linked(changed(row(one), links="digest", outputs={"txt": {"a.txt": 7}}))
    book.unresolved({other.key: ["no page 4", "no page 5"]})
    rows = book.rows()
    assert (rows[one.key].links, rows[one.key].outputs) == ("digest", {"txt": {"a.txt": 7}})
    assert rows[one.key].aside
    assert rows[other.key].unresolved == ("no page 4", "no page 5")
    book.unresolved({})
    assert book.rows()[other.key].unresolved == ()


def test_a_kept_page_takes_its_files_new_time_and_its_new_place(book: Journal) -> None:
    one, other = asked("/in/a.png"), asked("/in/b.png")
    begin(book, one, other)
    for page in (one, other):
        book.record(row(page), STUB)
    later = asked("/in/a.png", stat=journal.Stat(STAT.size, 6), sha256="aa")
    begin(book, asked("/in/b.png"), later, action=Action.KEEP)
    rows = book.rows()
    assert list(rows) == [other.key, one.key]
    assert rows[one.key].stat.mtime_ns == 6
    assert [key for key, _ in book.stubs()] == [other.key, one.key]


def test_files_that_were_removed_on_purpose_are_forgotten(book: Journal) -> None:
    one = asked(made=making("txt", "json", "md"))
    begin(book, one)
    book.record(row(one))
    begin(book, asked(made=making("txt", "json")), action=Action.KEEP)
    known = book.rows()[one.key]
    assert known.making.forms == {"txt", "json"}
    assert known.outputs == {"txt": {"a.txt": 103}, "json": {"a.json": 104}}


def test_a_file_with_more_pages_takes_the_names_it_had(book: Journal) -> None:
    def page(number: int, count: int) -> Asked:
        one = asked("/in/a.pdf")
        source = Source(one.source.path, number, count)
        return Asked(source, f"a-p{number + 1:04d}", STAT, making())

    begin(book, page(0, 2), page(1, 2))
    begin(book, page(0, 3), page(1, 3), page(2, 3))
    assert sorted(book.rows()) == [("/in/a.pdf", number, 3, "") for number in range(3)]


def test_a_scan_is_known_as_one_page_or_as_two(book: Journal) -> None:
    def half(which: Half) -> Asked:
        letter = which.letter and f"-{which.letter}"
        return Asked(Source("/in/a.png", half=which), f"a{letter}", STAT, making())

    def known() -> list[tuple[str, Half]]:
        return [(row.name, row.source.half) for row in book.rows().values()]

    whole, first, second = map(half, (Half.WHOLE, Half.RIGHT_FIRST, Half.LEFT_SECOND))
    begin(book, asked("/in/b.png"), whole)
    begin(book, first, second)
    assert set(known()) == {
        ("b", Half.WHOLE),
        ("a-a", first.source.half),
        ("a-b", second.source.half),
    }
    begin(book, half(Half.LEFT_FIRST), half(Half.RIGHT_SECOND))
    assert known() == [("b", ""), ("a-a", Half.LEFT_FIRST), ("a-b", Half.RIGHT_SECOND)]
    begin(book, whole)
    assert known() == [("b", ""), ("a", Half.WHOLE)]


def test_pages_can_be_known_by_other_paths(book: Journal) -> None:
    one = asked("/in/a.png")
    begin(book, one)
    there = ("/elsewhere/a.png", 0, 1, Half.WHOLE)
    book.move({one.key: there})
    assert list(book.rows()) == [there]


def test_the_last_run_is_noted(book: Journal) -> None:
    book.note(folder="/out", ended="")
    book.note(ended="yes")
    assert book.facts() == {"folder": "/out", "ended": "yes"}


def test_a_page_is_recorded_whole_or_not_at_all(
    book: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = asked()
    begin(book, one)

    def fail(text: str) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(book, "_setting", fail)
        with pytest.raises(KeyboardInterrupt):
            book.record(row(one), STUB)
    assert book.rows()[one.key].state is State.PENDING
    book.record(row(one), STUB)
    assert book.rows()[one.key].finished


KILLED = """
import os, signal, sys
from pathlib import Path
from journal_rows import asked, row
from digitize import journal
from digitize.journal import Action, Step
pages = [asked(f"/in/{i}.png") for i in range(200)]
with journal.opened(sys.argv[1], print) as book:
    book.begin([Step(p, Action.READ, "new", p.making.forms) for p in pages], [p.key for p in pages])
    for number, page in enumerate(pages):
        book.record(row(page), "{}")
        if number == 120:
            os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_loses_nothing_that_was_recorded(tmp_path: Path, said: list[str]) -> None:
    here = str(Path(__file__).parent)
    env = {**os.environ, "PYTHONPATH": here}
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], env=env, check=False)
    assert done.returncode == -signal.SIGKILL
    rows = again(tmp_path, said)
    assert len(rows) == 200
    assert sum(known.finished for known in rows.values()) == 121
    assert said == []


@pytest.mark.parametrize("where", ["head", "middle", "cut", "other", "database"])
def test_a_damaged_journal_is_set_aside(where: str, tmp_path: Path, said: list[str]) -> None:
    pages = [asked(f"/in/{i}.png") for i in range(300)]
    with journal.opened(str(tmp_path), said.append) as book:
        begin(book, *pages)
    path = journal.room_of(str(tmp_path)) / "journal.sqlite"
    whole = path.read_bytes()
    spoiled = {
        "head": b"\xff" * 100 + whole[100:],
        "middle": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "cut": whole[: len(whole) // 2],
        "other": b"notes of a reader\n" * 500,
    }
    if where in spoiled:
        path.write_bytes(spoiled[where])
    else:
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE notes (text)")
        other.close()
    assert again(tmp_path, said) == {}
    (line,) = said
    assert line.startswith(f"digitize: {path} is damaged (")
    aside = [name for name in os.listdir(path.parent) if ".damaged-" in name]
    assert len(aside) == 1
    assert aside[0] in line


def test_an_empty_file_is_a_new_journal(tmp_path: Path, said: list[str]) -> None:
    path = journal.room_of(str(tmp_path)) / "journal.sqlite"
    path.parent.mkdir()
    path.touch()
    assert again(tmp_path, said) == {}
    assert said == []


def of_version(number: int, folder: Path, said: list[str]) -> Path:
    """A journal of one page that says it is of another version."""
    with journal.opened(str(folder), said.append) as book:
        begin(book, asked())
    path = journal.room_of(str(folder)) / "journal.sqlite"
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {number}")
    other.close()
    return path


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path, said: list[str]) -> None:
    path = of_version(99, tmp_path, said)
    before = path.read_bytes()
    for look in (again, lambda folder, _: journal.to_read(str(folder))):
        with pytest.raises(OutputError, match="was written by a newer digitize; use that one"):
            look(tmp_path, said)
    assert (path.read_bytes(), said) == (before, [])


def test_a_journal_of_an_earlier_form_is_built_anew(tmp_path: Path, said: list[str]) -> None:
    of_version(1, tmp_path, said)
    assert again(tmp_path, said) == {}
    assert "has the form of version 1" in said[0]


def test_a_full_disk_is_one_line(book: Journal) -> None:
    book._connection.execute("PRAGMA max_page_count = 20")
    pages = [asked(f"/in/{i}.png") for i in range(2000)]
    with pytest.raises(OutputError, match=r"journal\.sqlite: database or disk is full; see to"):
        begin(book, *pages)
    assert book.rows() == {}


def test_looking_needs_no_lock_and_changes_nothing(book: Journal, tmp_path: Path) -> None:
    begin(book, asked())
    other = journal.to_read(str(tmp_path))
    assert other is not None
    assert list(other.rows()) == [asked().key]
    with pytest.raises(OutputError, match="readonly"):
        other.note(spoiled="yes")
    other.close()


def test_there_may_be_nothing_to_look_at(tmp_path: Path) -> None:
    assert journal.to_read(str(tmp_path)) is None
    room = tmp_path / journal.ROOM
    room.mkdir()
    (room / "journal.sqlite").write_bytes(b"notes of a reader\n" * 500)
    with pytest.raises(OutputError) as caught:
        journal.to_read(str(tmp_path))
    assert caught.value.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert len(str(caught.value).splitlines()) == 1


def test_the_journal_of_a_place_behind_a_url_is_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with journal.opened("s3://paper/out", print):
        assert journal.to_read("s3://paper/out") is not None
        assert journal.to_read("s3://paper/other") is None
        with pytest.raises(OutputError, match=r"^s3://paper/out is in use by process "):
            journal.opened("s3://paper/out", print).__enter__()
    assert journal.room_of("s3://paper/out").parent == tmp_path / "digitize"


def test_a_journal_of_10000_pages_costs_less_than_a_millisecond_a_page(tmp_path: Path) -> None:
    count = 10_000
    pages = [asked(f"/home/reader/scans/1980/05/{i:05d}.png") for i in range(count)]
    stub = '{"name":"00001","parts":[' + '{"id":"a1","headline":"水渠今日全线完工"},' * 30 + "]}"
    begun = time.process_time()
    with journal.opened(str(tmp_path), print) as book:
        steps = plan(pages, book.rows(), {})
        book.begin(steps, [page.key for page in pages])
        for page in pages:
            book.record(row(page), stub)
        assert len(list(book.stubs())) == count
    first = time.process_time() - begun
    with ExitStack() as stack:
        book = stack.enter_context(journal.opened(str(tmp_path), print))
        rows = book.rows()
        steps = plan(pages, rows, sizes(*rows.values()))
        book.begin(steps, [page.key for page in pages])
    second = time.process_time() - begun - first
    size = (journal.room_of(str(tmp_path)) / "journal.sqlite").stat().st_size
    print(f" [{first / count * 1e3:.2f} ms a page, again {second / count * 1e3:.2f} ms,"
          f" {size / count:.0f} bytes]", end="")  # fmt: skip
    assert {step.action for step in steps} == {Action.KEEP}
    assert first / count < 0.001
    assert second / count < 0.001
    assert size / count < 2000
