"""What a second run does again, and that the folder ends as after one run from the start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import made_issue as made
import pytest
import told_scans as told
from click.testing import Result
from command import digitize, files, read_json
from PIL import Image

from digitize import atomic, journal, page_files
from digitize.errors import ExitCode
from digitize.journal.lock import Lock

pytest_plugins = ("resume_fixtures",)


def run(*args: str | Path) -> Result:
    return digitize("run", *args, "--engine", "null", "-j", 1)


def sums(result: Result) -> str:
    """The last line on stderr."""
    assert result.exit_code == ExitCode.OK, result.stderr
    return result.stderr.splitlines()[-1]


def at_the(number: int, call: Callable[..., object]) -> Callable[..., object]:
    """``call``, which is interrupted in the place of its ``number``-th call."""
    calls = []

    def counted(*args: object) -> object:
        calls.append(args)
        if len(calls) == number:
            raise KeyboardInterrupt
        return call(*args)

    return counted


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a page with its bytes and when it was written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and journal.ROOM not in path.parts and path.name != "report.json"
    }


def content(folder: Path) -> dict[str, bytes]:
    return {name: data for name, (data, _) in state(folder).items()}


def fresh(tmp_path: Path, *args: str | Path) -> dict[str, bytes]:
    """What one run from the start writes."""
    out = tmp_path / "fresh"
    shutil.rmtree(out, ignore_errors=True)
    assert run(*args, "-o", out).exit_code == ExitCode.OK
    return content(out)


def test_a_second_run_does_nothing(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    assert "3 ok, 0 empty, 0 failed" in sums(run(scans, "-o", out))
    before = state(out)
    again = run(scans, "-o", out)
    assert len(again.stderr.splitlines()) == 1
    assert sums(again).startswith("0 ok, 0 empty, 0 failed, 3 done before")
    assert state(out) == before
    assert reads == ["1.png", "2.png", "3.png"]


def test_a_page_without_text_is_done_too(tmp_path: Path, reads: list[str]) -> None:
    told.scan(tmp_path / "in" / "white.png", [])
    for _ in range(2):
        assert run(tmp_path / "in", "-o", tmp_path / "out").exit_code == ExitCode.OK
    assert reads == ["white.png"]


def test_a_run_that_was_stopped_goes_on(
    scans: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    with monkeypatch.context() as patched:
        patched.setattr(page_files, "write", at_the(2, page_files.write))
        assert run(scans, "-o", out).exit_code == ExitCode.INTERRUPTED
    assert files(out) == ["1.json", "1.txt"]
    reads.clear()
    assert "2 ok, 0 empty, 0 failed, 1 done before" in sums(run(scans, "-o", out))
    assert reads == ["2.png", "3.png"]
    assert content(out) == fresh(tmp_path, scans)


CHANGES = {
    ("-f", "txt,json,md"): 0,
    ("-f", "txt"): 0,
    ("--split-articles",): 0,
    ("--reflow", "none"): 0,
    ("--reflow", "geometry", "-f", "md,json"): 0,
    ("--skip-step", "denoise"): 3,
    ("--binarize", "--reflow", "none"): 3,
}


@pytest.mark.parametrize("change", CHANGES, ids=" ".join)
def test_other_options_do_again_what_they_touch(
    scans: Path, tmp_path: Path, reads: list[str], change: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out)
    reads.clear()
    assert run(scans, "-o", out, *change).exit_code == ExitCode.OK
    assert len(reads) == CHANGES[change]
    expected = fresh(tmp_path, scans, *change)
    now = content(out)
    assert {name: now[name] for name in expected} == expected
    assert set(now) - set(expected) <= {f"{n}.{form}" for n in "123" for form in ("txt", "json")}
    reads.clear()
    run(scans, "-o", out, *change)
    assert reads == []


def test_files_that_are_not_asked_for_any_more_tell_the_same_as_the_others(
    scans: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out, "-f", "txt,json,md")
    run(scans, "-o", out, "-f", "json", "--reflow", "none")
    assert content(out) == fresh(tmp_path, scans, "-f", "txt,json,md", "--reflow", "none")


def test_inputs_that_changed_came_or_went(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out)
    reads.clear()
    told.scan(scans / "1.png", told.story(7))
    (scans / "2.png").touch()
    (scans / "3.png").unlink()
    told.scan(scans / "0.png", told.story(0))
    told.scan(scans / "more" / "2.png", told.story(8))
    lost = content(out)["3.txt"]
    assert "3 ok, 0 empty, 0 failed, 1 done before" in sums(run(scans, "-o", out))
    assert sorted(reads) == ["0.png", "1.png", "2.png"]
    assert "第7号" in (out / "1.txt").read_text("utf-8")
    assert "第2号" in (out / "2.txt").read_text("utf-8")  # it was there first
    assert "第8号" in (out / "2-more.txt").read_text("utf-8")
    assert content(out)["3.txt"] == lost


def test_a_file_that_changes_size_and_not_its_time_is_noticed(
    scans: Path, tmp_path: Path, reads: list[str]
) -> None:
    run(scans, "-o", tmp_path / "out")
    before = (scans / "1.png").stat()
    told.scan(scans / "1.png", told.story(1), told.story(7))
    os.utime(scans / "1.png", ns=(before.st_atime_ns, before.st_mtime_ns))
    reads.clear()
    run(scans, "-o", tmp_path / "out")
    assert reads == ["1.png"]


@pytest.mark.parametrize(
    ("lost", "count"), [("1.txt", 0), ("1.json", 1), ("cut 1.txt", 0), ("cut 1.json", 1)]
)
def test_files_that_are_lost_or_cut_short(
    scans: Path, tmp_path: Path, reads: list[str], lost: str, count: int
) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out)
    before = content(out)
    path = out / lost.removeprefix("cut ")
    if lost.startswith("cut"):
        path.write_bytes(before[path.name][:9])
    else:
        path.unlink()
    reads.clear()
    assert "1 ok, 0 empty, 0 failed, 2 done before" in sums(run(scans, "-o", out))
    assert len(reads) == count
    assert content(out) == before


def test_a_page_that_failed_is_tried_again(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    told.scan(scans / "2.png", [told.SPOILED])
    for _ in range(2):
        assert run(scans, "-o", out).exit_code == ExitCode.SOME_FAILED
    assert reads == ["1.png", "2.png", "3.png", "2.png"]
    told.scan(scans / "2.png", told.story(2))
    assert run(scans, "-o", out).exit_code == ExitCode.OK
    assert content(out) == fresh(tmp_path, scans)


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_without_its_journal_a_folder_is_taken_up_from_its_json(
    issue: Path, tmp_path: Path, reads: list[str], how: str
) -> None:
    out = tmp_path / "out"
    run(issue, "-o", out, "--stitch")
    before, book = content(out), journal.room_of(str(out)) / "journal.sqlite"
    reads.clear()
    if how == "lost":
        shutil.rmtree(book.parent)
    else:
        book.write_bytes(b"x" * 9999)
    again = run(issue, "-o", out, "--stitch")
    assert again.exit_code == ExitCode.OK
    assert ("is damaged (" in again.stderr) == (how == "damaged")
    assert (reads, content(out)) == ([], before)


def test_a_json_of_another_scan_is_not_taken_up(
    scans: Path, tmp_path: Path, reads: list[str]
) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out)
    shutil.rmtree(out / journal.ROOM)
    told.scan(scans / "2.png", told.story(5))
    reads.clear()
    run(scans, "-o", out)
    assert reads == ["2.png"]
    assert content(out) == fresh(tmp_path, scans)


def test_a_folder_that_moved_with_its_scans_is_known(
    scans: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").mkdir()
    scans.rename(tmp_path / "old" / "in")
    monkeypatch.chdir(tmp_path / "old")
    run("in", "-o", "out")
    (tmp_path / "old").rename(tmp_path / "new")
    monkeypatch.chdir(tmp_path / "new")
    reads.clear()
    assert "3 done before" in sums(run("in", "-o", "out"))
    assert "3 done before" in sums(run(tmp_path / "new" / "in", "-o", tmp_path / "new" / "out"))
    assert reads == []


def test_one_run_at_a_time(scans: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    room = journal.room_of(str(out))
    room.mkdir(parents=True)
    with Lock(room, str(out)):
        result = run(scans, "-o", out)
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert result.stderr.startswith(f"digitize: {out} is in use by process ")
    assert reads == []


def test_what_a_dead_run_left_is_swept(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out, "--split-articles")
    for path in (out / ".digitize-abcdefgh", out / "1" / ".digitize-a_b_c_d0"):
        path.write_text("half")
    before = content(out)
    run(scans, "-o", out, "--split-articles")
    assert len(content(out)) == len(before) - 2


def test_a_document_that_got_more_pages(tmp_path: Path) -> None:
    page = Image.new("L", (40, 30), 255)
    scan, out = tmp_path / "a.tif", tmp_path / "out"
    for count in (1, 2, 3):
        page.save(scan, save_all=True, append_images=[page] * (count - 1))
        assert run(scan, "-o", out, "-f", "txt").exit_code == ExitCode.OK
    assert files(out) == ["a-p0001.txt", "a-p0002.txt", "a-p0003.txt", "a.txt"]


# Stories that go on on other pages


def linked(out: Path) -> tuple[str | None, str | None]:
    """Where the story goes on, and where it comes from."""
    first = read_json(out / "p1.json")["articles"][0]["continued_on"]
    rest = read_json(out / "p4.json")["articles"][-1]["continued_from"]
    return first, rest


@pytest.mark.parametrize("options", [(), ("--stitch",), ("--stitch", "-f", "txt")], ids=str)
def test_links_are_written_once(
    issue: Path, tmp_path: Path, reads: list[str], options: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    run(issue, "-o", out, *options)
    before = state(out)
    assert "2 done before" in sums(run(issue, "-o", out, *options))
    assert state(out) == before
    assert len(reads) == 2


def test_a_page_that_comes_later_is_linked(issue: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    first = run(issue / "p1.png", "-o", out, "--stitch")
    assert "no page 4 of this issue in the run" in first.stderr
    second = run(issue / "p4.png", "-o", out, "--stitch")
    assert "no page" not in second.stderr
    assert linked(out) == ("p4#a2", "p1#a1")
    assert reads == ["p1.png", "p4.png"]
    assert content(out) == fresh(tmp_path, issue, "--stitch")


def test_stitched_and_apart_again(issue: Path, tmp_path: Path, reads: list[str]) -> None:
    out = tmp_path / "out"
    expected = {o: fresh(tmp_path, issue, *o) for o in ((), ("--stitch",))}
    assert expected[()] != expected["--stitch",]
    for options in ((), ("--stitch",), (), ("--stitch", "-f", "txt,json")):
        reads.clear()
        run(issue, "-o", out, *options)
        assert content(out) == expected[options[:1]]
    assert reads == []


def test_a_page_that_is_read_anew_changes_the_story_on_the_other(
    issue: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(issue, "-o", out, "--stitch")
    rows = [row.replace("水渠", "水管") for row in made.FOURTH[1]]
    told.scan(issue / "p4.png", made.FOURTH[0], rows)
    run(issue, "-o", out, "--stitch")
    assert content(out) == fresh(tmp_path, issue, "--stitch")


def test_a_link_that_is_no_more_is_taken_out(issue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(issue, "-o", out, "--stitch")
    told.scan(issue / "p4.png", made.FOURTH[0])
    run(issue, "-o", out, "--stitch")
    assert content(out) == fresh(tmp_path, issue, "--stitch")


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("options", [(), ("--stitch",)], ids=str)
def test_links_that_were_half_written_are_repaired(
    issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...],
    number: int,
) -> None:  # fmt: skip
    expected = fresh(tmp_path, issue, *options)
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr("digitize.atomic.write", at_the(number, atomic.write))
        assert run(issue, "-o", out, *options).exit_code == ExitCode.INTERRUPTED
    assert run(issue, "-o", out, *options).exit_code == ExitCode.OK
    assert content(out) == expected
