"""Files that hold many pages of a run: METS, EPUB, and PDFs of whole inputs."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from command import digitize, files
from drawn import HEADLINE, story
from lxml import etree
from made_results import made_result
from pdf_readers import check, poppler
from schema_check import faults

from digitize.formats import to_json
from digitize.model import Article, Masthead, PageResult, PageStatus, Paragraph, Role, Source
from digitize.storage import LocalFolder
from digitize.volume import Leaf, Volume, write
from digitize.volume.issues import issues_of

XSD = "mets-1.12.1.xsd"
EPUBCHECK = "/usr/share/java/epubcheck.jar"
_HREF = "{http://www.w3.org/1999/xlink}href"


def volume_of(folder: Path, results: Sequence[PageResult], *forms: str) -> Volume:
    """A run's output folder with ``results``, called page1, page2, …."""
    store = LocalFolder(folder)
    leaves = []
    for number, result in enumerate(results, 1):
        if result.status is not PageStatus.FAILED:
            (folder / f"page{number}.json").write_text(to_json(result), "utf-8")
        leaves.append(Leaf(f"page{number}", result.source, store))
    return Volume(tuple(leaves), forms, store)


def page(number: int, *articles: Article, **head: str) -> PageResult:
    source = Source(f"scans/第{number}版 a.png", sha256=f"{number:064d}")
    masthead = Masthead(**head)  # type: ignore[arg-type]
    return PageResult(source, PageStatus.OK, articles=articles, masthead=masthead)


def article(number: int, headline: str, *texts: str) -> Article:
    heads = (Paragraph("h", Role.HEADLINE, headline),) if headline else ()
    body = (Paragraph(f"p{i}", Role.BODY, text) for i, text in enumerate(texts))
    return Article(f"a{number}", (*heads, *body))


def opened(folder: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(folder / "articles.epub")


def epub_faults(path: Path) -> str:
    """What EPUBCheck finds wrong; empty: nothing, no warning either."""
    done = subprocess.run(
        ["java", "-jar", EPUBCHECK, path, "--failonwarnings"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_run_of_set_pages_makes_a_valid_mets_and_a_valid_book(tmp_path: Path) -> None:
    results = [made_result("front", 0), made_result("vertical", 0), made_result("mixed", 1)]
    volume = volume_of(tmp_path, results, "json", "mets", "epub")
    assert list(write(volume)) == ["mets.xml", "articles.epub"]
    assert faults((tmp_path / "mets.xml").read_text("utf-8"), XSD) == []
    assert epub_faults(tmp_path / "articles.epub") == ""


ODD = (
    replace(article(1, "题<&>\x01", "一\ud800。", "甲\t乙"), continued_on="page2#a1"),
    article(2, "", "没有标题的一篇文章，开头的几个字就是它的名字。"),
    Article("a3", (Paragraph("p", Role.TABLE, "甲\t1"), Paragraph("q", Role.TABLE, "乙\t2"))),
    Article("a4", ()),
    replace(article(5, "写在别处", "二。"), stitched_to="page2#a1"),
)


def test_odd_articles_make_valid_files(tmp_path: Path) -> None:
    results = [
        page(1, *ODD, paper="河西\x02日报", date="2024-02-06", page="A01"),
        page(2, replace(article(1, "续", "三。"), continued_from="page1#a1")),
        PageResult(Source("scans/bad.jpg"), PageStatus.FAILED),
    ]
    list(write(volume_of(tmp_path, results, "json", "mets", "epub")))
    assert faults((tmp_path / "mets.xml").read_text("utf-8"), XSD) == []
    assert epub_faults(tmp_path / "articles.epub") == ""
    with opened(tmp_path) as book:
        names = [name for name in book.namelist() if name.startswith("OEBPS/a")]
        assert len(names) == 4  # those without text, or written elsewhere, are no chapters
        first, last = (book.read(name).decode() for name in (names[0], names[-1]))
    assert 'href="a00004.xhtml">→' in first
    assert 'href="a00001.xhtml">←' in last


def test_a_run_without_any_article_makes_no_book(tmp_path: Path) -> None:
    assert list(write(volume_of(tmp_path, [page(1)], "json", "epub"))) == []


def test_a_book_is_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    volume = volume_of(tmp_path, [page(1, article(1, "题", "一。"))], "json", "epub")
    made = []
    for _ in range(2):
        list(write(volume))
        made.append((tmp_path / "articles.epub").read_bytes())
    assert made[0] == made[1]


def test_the_contents_go_by_paper_date_page_and_article(tmp_path: Path) -> None:
    results = [
        page(1, article(1, "一版头条", "一。"), paper="河西日报", date="2024-02-06", page="A01"),
        page(2, article(1, "二版头条", "二。"), section="要闻"),
        page(3, article(1, "次日", "三。"), paper="河西日报", date="2024-02-07", page="A01"),
    ]
    list(write(volume_of(tmp_path, results, "json", "epub")))
    with opened(tmp_path) as book:
        nav = etree.fromstring(book.read("OEBPS/nav.xhtml"))
        assert book.infolist()[0].filename == "mimetype"
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
    entries = [(len(list(a.iterancestors("{*}ol"))), a.text) for a in nav.iter("{*}a")]
    assert entries == [
        (1, "河西日报 2024-02-06"),
        (2, "A01"), (3, "一版头条"),
        (2, "page2 要闻"), (3, "二版头条"),
        (1, "河西日报 2024-02-07"),
        (2, "A01"), (3, "次日"),
    ]  # fmt: skip


def test_pages_that_name_no_date_belong_to_the_issue_before_them(tmp_path: Path) -> None:
    heads = [
        {"paper": "河西日报", "date": "2024-02-06"}, {}, {"paper": "河西日报"},
        {"date": "2024-02-06"}, {"date": "2024-02-07"}, {},
    ]  # fmt: skip
    results = [page(i, **head) for i, head in enumerate(heads)]
    volume = volume_of(tmp_path, results)
    found = [(i.paper, i.date, len(i.sheets)) for i in issues_of(volume.results())]
    assert sum(count for *_, count in found) == 6
    assert found[0][:2] == ("河西日报", "2024-02-06")
    assert found[-1] == ("", "2024-02-07", 2)


def test_mets_names_every_file_and_every_article_s_place(tmp_path: Path) -> None:
    result = made_result("front", 0)
    volume = volume_of(tmp_path, [result], "json", "alto", "mets")
    (tmp_path / "page1.alto.xml").write_text("<alto/>")
    list(write(volume))
    root = etree.fromstring((tmp_path / "mets.xml").read_bytes())
    groups = {
        group.get("USE"): [place.get(_HREF) for place in group.iter("{*}FLocat")]
        for group in root.iter("{*}fileGrp")
    }
    assert groups["FULLTEXT"] == ["page1.alto.xml"]
    assert groups["JSON"] == ["page1.json"]
    assert groups["IMAGE"][0].endswith("front-0.png")
    divs = [d for d in root.iter("{*}div") if d.get("TYPE") == "article"]
    assert [d.get("LABEL") or "" for d in divs] == [a.headline for a in result.articles]
    areas = [area.get("BEGIN") for area in divs[0].iter("{*}area")]
    assert areas[0] == result.articles[0].paragraphs[0].id


def test_a_scan_is_named_by_its_way_from_the_output_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    source = Source(str(tmp_path / "第1版.png"))
    volume = Volume((), (), LocalFolder(out))
    assert volume.address(source.path) == "../%E7%AC%AC1%E7%89%88.png"
    assert volume.address("s3://bucket/a b.png") == "s3://bucket/a b.png"


def exported(tmp_path: Path, *options: str) -> tuple[Path, str]:
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    volume_of(pages, [made_result("front", 0), made_result("vertical", 0)])
    (pages / "report.json").write_text("{}")
    done = digitize("export", pages, "-o", out, *options)
    assert done.exit_code == 0, done.output
    return out, done.stdout


def test_export_writes_what_was_read_before_in_other_formats(tmp_path: Path) -> None:
    out, printed = exported(tmp_path, "-f", "alto,txt", "-f", "mets,epub", "-q")
    assert files(out) == [
        "articles.epub", "mets.xml", "page1.alto.xml", "page1.txt", "page2.alto.xml", "page2.txt",
    ]  # fmt: skip
    assert printed.split() == [f"{out}/mets.xml", f"{out}/articles.epub"]


def test_export_writes_a_file_an_article(tmp_path: Path) -> None:
    out, _ = exported(tmp_path, "-f", "tei", "--split-articles")
    assert len(list((out / "page1").glob("*.tei.xml"))) > 5


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("-f", "doc"), 2, "no format is called 'doc'"),
        ((), 2, "say which formats to write"),
        (("-f", "pdf"), 4, "no page could be written"),
    ],
)
def test_export_tells_what_is_wrong(
    options: tuple[str, ...], code: int, told: str, tmp_path: Path
) -> None:
    volume_of(tmp_path, [made_result("front", 0)])
    done = digitize("export", tmp_path, "-o", tmp_path / "out", *options)
    assert done.exit_code == code
    assert told in done.stderr


def test_export_of_what_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert digitize("export", tmp_path, "-o", tmp_path, "-f", "md").exit_code == 4
    assert digitize("export", tmp_path / "gone", "-o", tmp_path, "-f", "md").exit_code == 1
    assert digitize("export", tmp_path / "a.json", "-o", tmp_path, "-f", "md").exit_code == 4


@pytest.mark.usefixtures("replay_story")
def test_a_run_writes_the_book_at_its_end(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = digitize("run", scan, "--engine", "replay", "-o", out, "-f", "epub,mets", "-j", 1)
    assert done.exit_code == 0, done.output
    assert {"articles.epub", "mets.xml", "page.json"} <= set(files(out))
    with opened(out) as book:
        assert HEADLINE in book.read("OEBPS/nav.xhtml").decode()


@pytest.mark.usefixtures("replay_story")
def test_a_pdf_of_several_pages_becomes_one_searchable_pdf(tmp_path: Path) -> None:
    scan, out = tmp_path / "issue.pdf", tmp_path / "out"
    story().image.save(scan, save_all=True, append_images=[story().image], resolution=144)
    done = digitize("run", scan, "--engine", "replay", "-o", out, "-f", "pdf", "-j", 1)
    assert done.exit_code == 0, done.output
    assert "issue.searchable.pdf" in files(out)
    assert not [name for name in files(out) if name.startswith("issue-p") and "pdf" in name]
    assert check(out / "issue.searchable.pdf") == ""
    with pikepdf.open(out / "issue.searchable.pdf") as pdf:
        assert len(pdf.pages) == 2
    assert poppler(out / "issue.searchable.pdf", "-raw").count(HEADLINE) == 2


@pytest.mark.usefixtures("replay_story")
def test_the_pages_of_a_tiff_become_one_pdf_too(tmp_path: Path) -> None:
    scan, out = tmp_path / "issue.tif", tmp_path / "out"
    image = story().image
    image.save(scan, save_all=True, append_images=[image, image])
    done = digitize("run", scan, "--engine", "replay", "-o", out, "-f", "pdf,txt", "-j", 1)
    assert done.exit_code == 0, done.output
    assert poppler(out / "issue.searchable.pdf", "-raw").count(HEADLINE) == 3


@pytest.mark.usefixtures("replay_story")
def test_a_scan_that_is_gone_when_the_pdf_is_made_fails_that_alone(tmp_path: Path) -> None:
    volume = volume_of(
        tmp_path, [replace(page(i), source=Source("gone.tif", i, 2)) for i in (0, 1)]
    )
    done = digitize("export", tmp_path, "-o", tmp_path, "-f", "pdf,txt")
    assert done.exit_code == 1
    assert "gone.tif" in done.stderr
    assert len(volume.leaves) == len(list(tmp_path.glob("*.txt")))


@pytest.mark.usefixtures("replay_story")
def test_rows_of_several_pages_are_printed_as_one_table(scan: Path, tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(scan.read_bytes())
    done = digitize("run", tmp_path, "--engine", "replay", "-o", "-", "-f", "csv", "-j", 1)
    rows = done.stdout_bytes.decode()
    assert [line.partition(",")[0] for line in rows.split("\r\n")] == ["id", "b#a1", "page#a1", ""]
    text = digitize("run", tmp_path, "--engine", "replay", "-o", "-", "-f", "jsonl", "-j", 1).stdout
    assert [json.loads(line)["id"] for line in io.StringIO(text)] == ["b#a1", "page#a1"]


@pytest.mark.usefixtures("replay_story")
def test_a_run_that_finds_all_done_makes_no_book_again(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ("run", scan, "--engine", "replay", "-o", out, "-f", "epub", "-j", 1)
    made = []
    for step in range(4):
        if step == 2:
            (out / "articles.epub").unlink()
        if step == 3:
            (out / "page.json").unlink()
        assert digitize(*command).exit_code == 0
        made.append((out / "articles.epub").stat().st_mtime_ns)
    assert made[0] == made[1] < made[2] == made[3]  # the page came out the same
