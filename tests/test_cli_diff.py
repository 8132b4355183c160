from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import sys
from pathlib import Path

import pytest
from command import digitize, process, read_json
from evaluation import SAMPLES, in_lines, line, sample_paragraphs, shuffled

import digitize as library
from digitize.errors import ExitCode
from digitize.formats import to_json
from digitize.model import Article, Page, PageResult, PageStatus, Paragraph, Role, Source

REFERENCE = sample_paragraphs()
TEXT = "\n\n".join(REFERENCE)


def write(folder: Path, name: str, text: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def page_json(confidences: list[float]) -> str:
    texts = ["理电产业今年的产值达到新高，", "同比增长了三成六。"]
    lines = tuple(line(i, t, c) for i, (t, c) in enumerate(zip(texts, confidences, strict=True)))
    body = Paragraph("p", Role.BODY, "".join(texts), tuple(item.id for item in lines))
    return to_json(
        PageResult(
            Source("scan.png"), PageStatus.OK, Page((9, 9), lines=lines), (Article("a1", (body,)),)
        )
    )


def test_two_files(tmp_path: Path) -> None:
    ours = write(tmp_path, "out/page.txt", TEXT.replace("锂", "理"))
    result = digitize("diff", ours, write(tmp_path, "page.ref.txt"))
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    head, row, *rest = result.stdout.splitlines()
    assert head.split()[:5] == ["page", "chars", "CER", "free", "order"]
    errors, size = TEXT.count("锂"), sum(map(len, REFERENCE))
    share = f"{100 * errors / size:.2f}%"
    assert row.split()[:5] == ["page", str(size), share, share, "0.00%"]
    below = "\n".join(rest)
    assert "profile punct: NFKC" in below
    assert f"锂→理 {errors}" in below
    assert "total" not in head + row  # one page is its own total


def test_order_errors_alone(tmp_path: Path) -> None:
    ours = write(tmp_path, "page.txt", "\n\n".join(shuffled(REFERENCE)))
    result = digitize("diff", ours, write(tmp_path, "page.ref.txt"))
    _, _, cer, free, order = result.stdout.splitlines()[1].split()[:5]
    assert free == "0.00%"
    assert cer == order != "0.00%"


def test_folders_and_their_weighted_total(tmp_path: Path) -> None:
    write(tmp_path, "out/p2.txt", TEXT.replace("锂", "理"))
    write(tmp_path, "out/p10.txt", "甲乙")
    write(tmp_path, "out/p3.txt")
    write(tmp_path, "refs/p2.ref.txt")
    write(tmp_path, "refs/p10.gt.txt", "甲丙")
    write(tmp_path, "refs/p4.txt")
    result = digitize("diff", tmp_path / "out", tmp_path / "refs")
    assert result.exit_code == ExitCode.SOME_FAILED
    rows = result.stdout.splitlines()
    assert [row.split()[0] for row in rows[1:4]] == ["p2", "p10", "total"]
    errors, size = TEXT.count("锂") + 1, sum(map(len, REFERENCE)) + 2
    assert rows[3].split()[1:3] == [str(size), f"{100 * errors / size:.2f}%"]
    assert "no reference for" in result.stderr
    assert "out/p3.txt" in result.stderr
    assert "refs/p4.txt" in result.stderr


def test_the_report_of_a_run_is_no_page(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "out", tmp_path / "ref"
    for folder in (ours, theirs):
        folder.mkdir()
        write(folder, "p1.txt")
    write(ours, "report.json", "{}")
    result = digitize("diff", ours, theirs)
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")


def test_a_file_and_the_folder_of_its_reference(tmp_path: Path) -> None:
    ours = write(tmp_path, "out/p2.txt")
    write(tmp_path, "refs/p2.ref.txt")
    write(tmp_path, "refs/p3.ref.txt")
    result = digitize("diff", ours, tmp_path / "refs")
    assert (result.exit_code, result.stderr) == (ExitCode.OK, "")
    assert result.stdout.splitlines()[1].split()[2] == "0.00%"


def test_the_project_s_samples_against_themselves() -> None:
    """Text against set truth, page by page: paired by name within one folder."""
    result = digitize("diff", SAMPLES / "front-clean.ref.txt", SAMPLES / "front-clean.truth.json")
    assert result.exit_code == ExitCode.OK
    assert result.stdout.splitlines()[1].split()[2:5] == ["0.00%"] * 3


@pytest.mark.parametrize(("limit", "code"), [("0.5", 0), ("0.001", 1), ("0", 1)])
def test_max_cer(tmp_path: Path, limit: str, code: int) -> None:
    ours = write(tmp_path, "a.txt", TEXT.replace("锂", "理"))
    result = digitize("diff", ours, write(tmp_path, "b.txt"), "--max-cer", limit)
    assert result.exit_code == code
    assert ("above" in result.stderr) is bool(code)
    assert result.stdout.startswith("page")


def test_max_cer_where_no_text_is_expected(tmp_path: Path) -> None:
    ours = write(tmp_path, "a.txt", "多余的字")
    result = digitize("diff", ours, write(tmp_path, "b.txt", ""), "--max-cer", "0.1")
    assert result.exit_code == ExitCode.SOME_FAILED


def test_json(tmp_path: Path) -> None:
    ours = write(tmp_path, "page.json", page_json([0.6, 0.99]))
    reference = write(tmp_path, "page.ref.txt", "锂电产业今年的产值达到新高，同比增长了三成六。")
    result = digitize("diff", ours, reference, "--json", "--profile", "strict")
    data = json.loads(result.stdout)
    assert data["schema"] == "digitize-diff/1"
    assert data["profile"]["name"] == "strict"
    assert data["total"]["characters"]["errors"] == 1
    assert data["total"]["characters"]["rates"]["cer"] == pytest.approx(1 / 23)
    assert data["confusions"] == [{"expected": "锂", "found": "理", "count": 1}]
    assert data["calibration"]["threshold"] == 0.6
    page = data["pages"][0]
    assert page["hypothesis"]["scan"] == "scan.png"
    assert page["differences"] == [
        {
            "kind": "substituted",
            "expected": "锂",
            "found": "理",
            "reference": {"paragraph": 0, "start": 0, "end": 1},
            "hypothesis": {"paragraph": 0, "start": 0, "end": 1},
            "line_ids": ["l0000"],
            "confidence": 0.6,
        }
    ]
    assert [item["errors"] for item in page["lines"]] == [1, 0]


def test_csv(tmp_path: Path) -> None:
    write(tmp_path, "out/a.txt", TEXT.replace("锂", "理"))
    write(tmp_path, "out/b.txt")
    write(tmp_path, "refs/a.txt")
    write(tmp_path, "refs/b.txt")
    result = digitize("diff", tmp_path / "out", tmp_path / "refs", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["page"] for row in rows] == ["a", "b", "total"]
    assert {row["profile"] for row in rows} == {"punct"}
    assert rows[0]["characters.errors"] == rows[2]["characters.errors"] == str(TEXT.count("锂"))
    assert float(rows[1]["paragraphs.rates.exact"]) == 1
    assert float(rows[1]["order.rates.tau"]) == 1


def test_verbose_shows_differences_in_context_with_their_lines(tmp_path: Path) -> None:
    ours = write(tmp_path, "page.json", page_json([0.61, 0.99]))
    expected = "锂电产业今年的产值达到新高，同比增长了三成六。"
    result = digitize("diff", "-v", ours, write(tmp_path, "page.ref.txt", expected))
    assert "  l0000 0.61  [锂→理]电产业今年的产值达到…" in result.stdout
    expected = "理电产业今年的产值达到新高，同比增长三成六啊。"
    result = digitize("diff", "-v", ours, write(tmp_path, "page.ref.txt", expected))
    assert "  l0001 0.99  …值达到新高，同比增长{+了+}三成六[-啊-]。" in result.stdout
    assert "\x1b" not in result.stdout


def test_verbose_shows_moves(tmp_path: Path) -> None:
    ours = write(tmp_path, "a.txt", "\n\n".join([*REFERENCE[1:], REFERENCE[0]]))
    result = digitize("diff", "-v", ours, write(tmp_path, "b.txt"))
    assert f">>{REFERENCE[0]}<<" in result.stdout


def on_terminal(*args: str, **env: str) -> str:
    """What the command shows on a terminal of its own."""
    read, write_end = pty.openpty()
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        os.dup2(write_end, 1)
        os.environ.update(env)
        os.execv(sys.executable, [sys.executable, "-m", "digitize", *args])
    os.close(write_end)
    shown = b""
    try:
        while part := os.read(read, 4096):
            shown += part
    except OSError:  # the terminal's other end is closed
        pass
    os.waitpid(child, 0)
    os.close(read)
    return shown.decode("utf-8")


def test_colours_on_a_terminal_only(tmp_path: Path) -> None:
    ours = write(tmp_path, "page.json", page_json([0.61, 0.99]))
    reference = write(tmp_path, "page.ref.txt", "锂电产业今年的产值达到新高，同比增长了三成六。")
    args = ("diff", "-v", str(ours), str(reference))
    assert "\x1b[33m\x1b[1m[锂→理]\x1b[0m电产业" in on_terminal(*args)
    assert "\x1b" not in on_terminal(*args, "--no-color")
    assert "\x1b" not in on_terminal(*args, NO_COLOR="1")
    assert "\x1b" not in process(*args).stdout  # a pipe


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    reference = write(tmp_path, "page.ref.txt", TEXT.encode(encoding))
    result = digitize("diff", write(tmp_path, "page.txt"), reference)
    assert result.stdout.splitlines()[1].split()[2] == "0.00%"


def test_bad_pages_do_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        write(tmp_path, f"out/{name}.txt")
    write(tmp_path, "refs/a.xml", b"<alto><Layout></alto>")
    write(tmp_path, "refs/b.txt", b"")
    write(tmp_path, "refs/c.ref.txt")
    write(tmp_path, "refs/d.txt", bytes(range(256)) * 4)
    result = digitize("diff", tmp_path / "out", tmp_path / "refs")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert [row.split()[0] for row in result.stdout.splitlines()[1:4]] == ["b", "c", "total"]
    assert "broken XML" in result.stderr
    assert "d.txt" in result.stderr
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("hypothesis", "reference", "code", "reason"),
    [
        ("none.txt", "a.txt", 4, "no such file"),
        ("a.txt", "none.txt", 4, "no such file"),
        ("empty", "refs", 4, "no page of"),
        ("a.txt", "empty", 4, "no page of"),
        ("refs", "a.txt", 2, "give two"),
        ("bad.xml", "a.txt", 4, "broken XML"),
    ],
)
def test_nothing_to_compare(
    tmp_path: Path, hypothesis: str, reference: str, code: int, reason: str
) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "refs/b.txt")
    write(tmp_path, "bad.xml", "<alto>")
    (tmp_path / "empty").mkdir()
    result = digitize("diff", tmp_path / hypothesis, tmp_path / reference)
    assert result.exit_code == code
    assert reason in result.stderr
    assert result.stdout == ""


def test_an_unknown_profile(tmp_path: Path) -> None:
    ours = write(tmp_path, "a.txt")
    result = digitize("diff", ours, ours, "--profile", "sloppy")
    assert result.exit_code == ExitCode.USAGE
    assert "strict, punct, variants, loose" in result.stderr


def test_the_table_stands_under_wide_names(tmp_path: Path) -> None:
    for name in ("齐鲁晚报", "p1"):
        write(tmp_path, f"out/{name}.txt")
        write(tmp_path, f"refs/{name}.txt")
    rows = digitize("diff", tmp_path / "out", tmp_path / "refs").stdout.splitlines()[:4]
    columns = {
        sum(2 if ord(char) > 0x2E80 else 1 for char in row[: found.end()])
        for row in rows[1:]
        if (found := re.search(r" \d+", row))
    }
    assert len(columns) == 1


def test_from_the_library(tmp_path: Path) -> None:
    reference = write(tmp_path, "page.ref.txt")
    found = library.diff(write(tmp_path, "page.txt", "\n".join(in_lines(REFERENCE))), reference)
    assert found.figures.characters.errors == 0
    assert found.figures.paragraphs.split > 5
    assert library.diff(reference, reference, "strict").profile == "strict"


def test_align_writes_ground_truth(tmp_path: Path) -> None:
    ours = write(tmp_path, "page.json", page_json([0.61, 0.99]))
    reference = write(
        tmp_path, "old.txt", "鋰電產業今年的產值達到新高，同比增長了三成六。\n\n另一段文字。"
    )
    out = tmp_path / "truth.json"
    result = digitize("align", ours, reference, "-o", out)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    data = read_json(out)
    assert [item["text"] for item in data["page"]["lines"]] == [
        "鋰電產業今年的產值達到新高，",
        "同比增長了三成六。",
    ]
    assert data["source"]["path"] == "scan.png"
    assert "not on the page: 另一段文字。" in result.stderr
    assert "2 of 2 lines have their text; 1 pieces left" in result.stderr
    assert json.loads(digitize("align", ours, reference).stdout) == data


@pytest.mark.parametrize(
    ("page", "reference", "reason"),
    [
        ("page.txt", "ref.txt", "no lines"),
        ("page.json", "other.txt", "nothing in common"),
        ("none.json", "ref.txt", "no such file"),
        ("page.json", "bad.xml", "broken XML"),
    ],
)
def test_align_without_anything_to_align(
    tmp_path: Path, page: str, reference: str, reason: str
) -> None:
    write(tmp_path, "page.json", page_json([0.5, 0.5]))
    write(tmp_path, "page.txt", "甲")
    write(tmp_path, "ref.txt", "锂电产业今年的产值达到新高")
    write(tmp_path, "other.txt", "abcdefgh")
    write(tmp_path, "bad.xml", "<alto>")
    result = digitize("align", tmp_path / page, tmp_path / reference, "-o", tmp_path / "o.json")
    assert result.exit_code == ExitCode.NOTHING_USABLE
    assert reason in result.stderr
    assert not (tmp_path / "o.json").exists()
