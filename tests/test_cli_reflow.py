"""``digitize reflow``: texts in, texts and records out, errors in one line."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from command import digitize, files, process, read_json
from drawn import STORY_TEXT

import digitize as library
from digitize.cli import main
from digitize.errors import ExitCode
from digitize.reflow.plain import Repaired
from digitize.repairing import texts

GOLDEN = Path(__file__).resolve().parent / "golden"
OCR = GOLDEN / "zaozhuang-2024-02-06.ocr.txt"
REF = (GOLDEN / "zaozhuang-2024-02-06.ref.txt").read_text("utf-8")
HALF = "11月的第一个星期一，周桂芳早早起床，拧开了水龙头。水清得能看见壶底，她"
REST = "特意拍了一张照片，发到了邻居群里，大家都说真好。"
BROKEN = f"{HALF}\n\n{REST}\n"
WHOLE = f"{HALF}{REST}\n"


def from_stdin(data: bytes, *args: str) -> Result:
    return CliRunner().invoke(main, ["reflow", "-", *args], input=data)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "broken.txt"
    path.parent.mkdir()
    path.write_text(BROKEN, "utf-8")
    return path


def test_zaozhuang_to_stdout() -> None:
    done = digitize("reflow", OCR)
    assert done.exit_code == ExitCode.OK
    assert re.sub("^#+ ", "", done.stdout, flags=re.MULTILINE) == REF
    assert done.stderr == ""


def test_as_a_process_of_its_own() -> None:
    done = process("reflow", OCR)
    assert done.returncode == 0
    assert re.sub("^#+ ", "", done.stdout, flags=re.MULTILINE) == REF


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_stdin_in_any_encoding(encoding: str) -> None:
    done = from_stdin(BROKEN.encode(encoding))
    assert done.exit_code == ExitCode.OK
    assert done.stdout_bytes.decode("utf-8") == WHOLE


def test_nothing_in_nothing_out() -> None:
    done = from_stdin(b"")
    assert (done.exit_code, done.stdout_bytes) == (ExitCode.OK, b"")


def test_clean_text_comes_out_as_it_is() -> None:
    assert from_stdin(REF.encode()).stdout_bytes == REF.encode()
    crlf = REF.replace("\n", "\r\n").encode()
    assert from_stdin(crlf).stdout_bytes == crlf


def test_explain_tells_every_change_on_a_line_of_its_own() -> None:
    done = digitize("reflow", OCR, "--explain")
    told = done.stderr.splitlines()
    assert len([line for line in told if ": joined …" in line]) == 3
    assert any("moved 2 blocks, ### 加速突破" in line for line in told)
    assert f"{OCR}: removed contact: 5289997" in told
    assert all(line.startswith(f"{OCR}: ") for line in told)
    assert "务的关键" not in done.stdout.split("标任")[0]


def test_explain_counts_lines_and_spaces() -> None:
    text = "\n".join(" ".join(HALF[i : i + 18]) for i in range(0, len(HALF), 18))
    lines = "\n".join(WHOLE[i : i + 12] for i in range(0, len(WHOLE), 12))
    assert "spaces between characters taken out" in from_stdin(text.encode(), "--explain").stderr
    assert "wrapped lines put together" in from_stdin(lines.encode(), "--explain").stderr


def test_the_record_as_json() -> None:
    done = digitize("reflow", OCR, "--json")
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert re.sub("^#+ ", "", record["text"], flags=re.MULTILINE) == REF
    assert record["source"] == str(OCR)
    assert [(j["before"][-2:], j["after"][:2]) for j in record["joins"]][-1] == ("标任", "务的")
    assert set(record["joins"][0]) >= {"before", "after", "reason", "score"}
    assert record["moves"][0]["blocks"] == 2
    assert [f["text"] for f in record["removed"]][2] == "5289997"
    assert (record["lines"], record["spaces"]) == (0, 0)


def test_furniture_can_be_kept() -> None:
    assert "5289997" in digitize("reflow", OCR, "--keep-furniture").stdout
    assert "5289997" not in digitize("reflow", OCR).stdout


def test_several_files_go_into_a_folder(broken: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = digitize("reflow", OCR, broken, "-o", out)
    assert done.exit_code == ExitCode.OK
    assert done.stdout == ""
    assert files(out) == ["broken.txt", OCR.name]
    assert (out / "broken.txt").read_text("utf-8") == WHOLE
    assert broken.read_text("utf-8") == BROKEN


def test_records_beside_the_files(broken: Path, tmp_path: Path) -> None:
    done = digitize("reflow", OCR, broken, "-o", tmp_path / "out", "--json")
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == [
        str(OCR),
        str(broken),
    ]
    assert files(tmp_path / "out") == ["broken.txt", OCR.name]


def test_several_files_to_stdout_only_if_asked(broken: Path) -> None:
    done = digitize("reflow", broken, broken)
    assert done.exit_code == ExitCode.USAGE
    assert "-o FOLDER" in done.stderr
    both = digitize("reflow", broken, OCR, "-o", "-")
    assert both.exit_code == ExitCode.OK
    assert both.stdout.startswith(f"{WHOLE}\n\n## ")


def test_an_input_is_never_overwritten(broken: Path, tmp_path: Path) -> None:
    before = broken.read_bytes()
    for folder in (broken.parent, tmp_path / "in" / ".." / "in"):
        done = digitize("reflow", broken, "-o", folder)
        assert done.exit_code == ExitCode.USAGE
        assert "is an input; name another folder" in done.stderr
        assert done.stderr.count("\n") == 1
    assert broken.read_bytes() == before
    assert files(broken.parent) == ["broken.txt"]


def test_another_input_is_not_overwritten_either(broken: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "second.txt"
    other.parent.mkdir()
    other.write_text(WHOLE, "utf-8")
    twin = tmp_path / "in" / "second.txt"
    twin.write_text(BROKEN, "utf-8")
    done = digitize("reflow", broken, other, "-o", twin.parent)
    assert done.exit_code == ExitCode.USAGE
    assert twin.read_text("utf-8") == BROKEN


def test_files_of_one_name_are_refused(broken: Path, tmp_path: Path) -> None:
    twin = tmp_path / "more" / "Broken.txt"
    twin.parent.mkdir()
    twin.write_text(BROKEN, "utf-8")
    done = digitize("reflow", broken, twin, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.USAGE
    assert "would be one file" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "no such file"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "read it with: digitize run"),
        (b"\xc3\x28\xff\xff\x81", "neither UTF-8 nor GB18030 nor Big5"),
    ],
)
def test_what_cannot_be_read(data: bytes | None, said: str, tmp_path: Path, broken: Path) -> None:
    bad = tmp_path / "bad.txt"
    if data is not None:
        bad.write_bytes(data)
    alone = digitize("reflow", bad)
    assert alone.exit_code == ExitCode.NOTHING_USABLE
    assert said in alone.stderr
    assert alone.stderr.count("\n") == 1
    done = digitize("reflow", bad, broken, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.SOME_FAILED
    assert said in done.stderr
    assert files(tmp_path / "out") == ["broken.txt"]


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    done = digitize("reflow", tmp_path)
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert "is a folder; name the text files in it" in done.stderr


def test_output_that_cannot_be_written(broken: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = digitize("reflow", broken, "-o", tmp_path / "file")
    assert done.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    taken = tmp_path / "out" / "broken.txt"
    taken.mkdir(parents=True)
    done = digitize("reflow", broken, OCR, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    assert (tmp_path / "out" / OCR.name).is_file()
    assert not any(name.startswith(".digitize") for name in os.listdir(tmp_path / "out"))


def test_a_fault_in_our_own_code_stops_no_other_text(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = texts.repaired

    def fail(text: str, *others: Any) -> Repaired:
        if text == BROKEN:
            raise ZeroDivisionError("by\nzero")
        return true(text, *others)

    monkeypatch.setattr(texts, "repaired", fail)
    done = digitize("reflow", broken, OCR, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.SOME_FAILED
    assert "internal error: ZeroDivisionError: by zero" in done.stderr
    assert files(tmp_path / "out") == [OCR.name]


@pytest.mark.usefixtures("replay_story")
def test_a_page_of_our_own_is_put_in_order_by_its_lines(scan: Path, tmp_path: Path) -> None:
    digitize("run", scan, "-o", tmp_path / "out", "--engine", "replay", "-q")
    page = tmp_path / "out" / "page.json"
    data = read_json(page)
    data["articles"] = []  # what was made of the lines is of no account
    page.write_text(json.dumps(data), "utf-8")
    done = digitize("reflow", page)
    assert done.exit_code == ExitCode.OK
    assert done.stdout == STORY_TEXT
    again = digitize("reflow", page, "-o", tmp_path / "again")
    assert again.exit_code == ExitCode.OK
    assert (tmp_path / "again" / "page.txt").read_text("utf-8") == STORY_TEXT
    assert from_stdin(page.read_bytes()).stdout == STORY_TEXT


def test_json_of_others(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"a": 1}', "utf-8")
    done = digitize("reflow", path)
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert "no page written by digitize" in done.stderr


def test_the_help_sends_scans_to_run() -> None:
    done = digitize("reflow", "--help")
    assert "Scans go to: digitize run" in " ".join(done.stdout.split())


def test_the_library_offers_it() -> None:
    assert library.reflow_text(BROKEN).text == WHOLE
    assert isinstance(library.reflow_text(WHOLE), Repaired)
