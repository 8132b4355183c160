from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path
from urllib.parse import unquote

import pytest
from command import digitize, files
from evaluation import document, sample_paragraphs
from made_report import made

from digitize.errors import ExitCode
from digitize.evaluate import compare, profile
from digitize.evaluate.figures import Figures
from digitize.report import Outcome, Report
from digitize.report.report import IN_ONE

TEXT = "\n\n".join(sample_paragraphs())


def folders(root: Path, count: int) -> tuple[Path, Path]:
    """Folders of ``count`` pages, each with some characters wrong."""
    for number in range(count):
        for side, text in (("out", TEXT.replace("锂", "理")), ("refs", TEXT)):
            path = root / side / f"第{number}版.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    return root / "out", root / "refs"


def test_one_file_for_few_pages(tmp_path: Path) -> None:
    report = tmp_path / "new" / "report.html"
    result = digitize("diff", *folders(tmp_path, 3), "--html", report)
    assert result.exit_code == ExitCode.OK
    assert result.stderr == f"the report is in {report}\n"
    assert result.stdout.startswith("page")  # the table as ever
    assert files(report.parent) == ["report.html"]
    text = report.read_text("utf-8")
    assert text.count('<article class="page') == 3
    assert f"<li>锂→理 <small>{3 * TEXT.count('锂')}</small></li>" in text
    assert "Profile <b>punct</b>" in text


def test_an_index_and_a_file_a_page_for_many(tmp_path: Path) -> None:
    report = tmp_path / "报告 1.html"
    result = digitize("diff", *folders(tmp_path, IN_ONE + 1), "--html", report, "--json")
    assert result.exit_code == ExitCode.OK
    assert result.stdout.startswith("{")
    text = report.read_text("utf-8")
    assert '<article class="page' not in text
    links = [unquote(link) for link in re.findall(r'<a href="([^"#]+)"', text)]
    assert sorted(links) == [f"报告 1/{name}" for name in files(tmp_path / "报告 1")]
    assert len(links) == IN_ONE + 1
    pages = [(tmp_path / link).read_text("utf-8") for link in links]
    steps = [re.findall(r'<a href="([^"]+)" data-go="(\w+)"', page) for page in pages]
    assert [name for _, name in steps[0]] == ["home", "after"]
    assert [name for _, name in steps[-1]] == ["home", "before"]
    for number, found in enumerate(steps):
        named = {name: unquote(link) for link, name in found}
        assert (report.parent / "报告 1" / named["home"]).resolve() == report.resolve()
        if number:
            assert f"报告 1/{named['before']}" == links[number - 1]
        if number < IN_ONE:
            assert f"报告 1/{named['after']}" == links[number + 1]


def test_pages_that_could_not_be_compared_are_counted(tmp_path: Path) -> None:
    ours, theirs = folders(tmp_path, 2)
    (theirs / "第1版.txt").write_bytes(bytes(range(256)) * 4)
    result = digitize("diff", ours, theirs, "--html", tmp_path / "r.html")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "<b>1</b> could not be" in (tmp_path / "r.html").read_text("utf-8")


def test_the_scan_lies_inside(tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    assert digitize("diff", *made(tmp_path / "pages"), "--html", report).exit_code == ExitCode.OK
    text = report.read_text("utf-8")
    assert text.count('<image href="data:image/jpeg;base64,/9j/') == 1
    assert text.count("<polygon data-l=") == 24
    assert text.count('class="wrong"') == 3


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("report.txt", ExitCode.USAGE, "ends in .html"),
        ("folder.html", ExitCode.USAGE, "is a folder"),
        ("file/report.html", ExitCode.OUTPUT_NOT_WRITABLE, "name another file with --html"),
    ],
)
def test_where_no_report_can_be(tmp_path: Path, name: str, code: ExitCode, reason: str) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("x")
    result = digitize("diff", *folders(tmp_path, 1), "--html", tmp_path / name)
    assert result.exit_code == code
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_nothing_to_compare_leaves_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<alto>", "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    result = digitize("diff", tmp_path / "a.xml", tmp_path / "b.txt", "--html", tmp_path / "r.html")
    assert result.exit_code == ExitCode.NOTHING_USABLE
    assert not (tmp_path / "r.html").exists()


def test_the_html_is_the_same_twice(tmp_path: Path) -> None:
    ours, theirs = made(tmp_path / "pages")
    texts = []
    for folder in ("a", "b"):
        digitize("diff", ours, theirs, "--html", tmp_path / folder / "r.html")
        texts.append((tmp_path / folder / "r.html").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.alone
def test_a_report_is_quick_and_long_ones_take_no_memory(tmp_path: Path) -> None:
    """A page of 2,000 characters with a scan in under 1 s; a page more costs a row of a table."""
    ours = document(sample_paragraphs())
    page = compare(document([t.replace("的", "白") for t in sample_paragraphs()]), ours)
    book = Report(tmp_path / "r.html", 1000)
    book.add(page, ours)  # templates are loaded
    before = time.perf_counter()
    for _ in range(50):
        book.add(page, ours)
    assert (time.perf_counter() - before) / 50 < 0.06  # 1,000 pages in a minute
    tracemalloc.start()
    for _ in range(50):
        book.add(page, ours)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept / 50 < 20_000  # bytes a page, of 60,000 in its file
    book.close(Outcome(profile("punct"), Figures(), (), None, 0))
    assert len(files(tmp_path / "r")) == 101
