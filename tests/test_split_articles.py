"""A file for every article: what it is called, what is in it, and what becomes of older ones."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import made_issue as made
import pytest
from click.testing import Result
from command import digitize, files, read_json
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digitize import article_files
from digitize.article_files import LIST, MOST_BYTES, file_name, files_of
from digitize.errors import ExitCode, OutputError
from digitize.model import Article, PageResult, Paragraph, Role, Source
from digitize.storage import LocalFolder

FORBIDDEN = set('/\\:*?"<>|')


@pytest.fixture
def scans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages 1 and 4, which are read as drawn in made_issue."""
    pages = {"p1": made.front(), "p4": made.fourth()}
    scans = tmp_path / "in"
    scans.mkdir()
    for name in pages:
        Image.new("L", (20, 20), 255).save(scans / f"{name}.png")

    def read(source: Source, engine: object, options: object) -> PageResult:
        del engine, options
        return replace(pages[Path(source.path).stem], source=source)

    monkeypatch.setattr("digitize.pipeline.digitize_page", read)
    return scans


def run(*args: str | Path) -> Result:
    return digitize("run", *args, "--engine", "null", "-j", 1, "--split-articles")


def shown(folder: Path) -> list[str]:
    return [name for name in files(folder) if name != LIST]


def result_of(*articles: Article) -> PageResult:
    return replace(made.front(), articles=articles)


def article(headline: str, *texts: str, number: int = 1) -> Article:
    head = [Paragraph("h", Role.HEADLINE, headline)] if headline else []
    body = [Paragraph(f"p{i}", Role.BODY, words) for i, words in enumerate(texts)]
    return Article(f"a{number}", (*head, *body))


# The command


def test_every_article_has_its_files_beside_those_of_the_page(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(scans, "-o", out, "-f", "txt,md,json").exit_code == ExitCode.OK
    assert files(out) == ["p1", "p1.json", "p1.md", "p1.txt", "p4", "p4.json", "p4.md", "p4.txt"]
    kinds = ("json", "md", "txt")
    names = [f"01-{made.CANAL}.{k}" for k in kinds] + [f"02-{made.SCHOOL}.{k}" for k in kinds]
    assert shown(out / "p1") == names
    assert (out / "p1" / f"02-{made.SCHOOL}.txt").read_text("utf-8") == (
        f"{made.SCHOOL}\n\n{made.SCHOOL_TEXT}\n"
    )
    assert (out / "p1" / f"02-{made.SCHOOL}.md").read_text("utf-8") == (
        f"## {made.SCHOOL}\n\n{made.SCHOOL_TEXT}\n"
    )


def test_json_of_an_article(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out, "-f", "json")
    page = read_json(out / "p1.json")
    data = read_json(out / "p1" / f"01-{made.CANAL}.json")
    assert data["schema"] == "digitize-article/1"
    assert data["article"] == page["articles"][0]
    assert data["article"]["continued_on"] == "p4#a2"
    assert data["source"] == page["source"]
    assert data["masthead"] == page["masthead"]


def test_a_stitched_story_is_one_file(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(scans, "-o", out, "-f", "txt")
    assert shown(out / "p4") == [f"01-{made.FERRY}.txt", "02-水渠通到码头.txt"]
    run(scans, "-o", out, "-f", "txt", "--stitch")
    assert shown(out / "p4") == [f"01-{made.FERRY}.txt"]
    whole = (out / "p1" / f"01-{made.CANAL}.txt").read_text("utf-8")
    assert whole == "\n\n".join([made.CANAL, *made.CANAL_WHOLE]) + "\n"


def test_they_need_a_folder(scans: Path) -> None:
    for args in ([scans / "p1.png"], [scans, "-o", "-"]):
        result = run(*args)
        assert result.exit_code == ExitCode.USAGE
        assert result.stderr == (
            "digitize: --split-articles writes a file an article; say where with -o FOLDER\n"
        )


def test_a_name_that_is_taken_fails_its_page_alone(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "p1").write_text("mine")
    result = run(scans, "-o", out, "-q")
    assert result.exit_code == ExitCode.OUTPUT_NOT_WRITABLE
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"digitize: cannot write {out}/p1/")
    assert (out / "p1").read_text() == "mine"
    assert len(shown(out / "p4")) == 4


# Runs after each other


def write(folder: Path, *articles: Article, formats: tuple[str, ...] = ("txt",)) -> list[str]:
    article_files.write(LocalFolder(folder), result_of(*articles), formats)
    return shown(folder) if folder.exists() else []


def test_what_an_earlier_run_wrote_goes(tmp_path: Path) -> None:
    folder = tmp_path / "p1"
    assert write(folder, article("甲"), article("乙")) == ["01-甲.txt", "02-乙.txt"]
    assert write(folder, article("甲"), article("丙")) == ["01-甲.txt", "02-丙.txt"]
    assert write(folder, article("甲"), formats=("md",)) == ["01-甲.md"]
    assert write(folder) == []


def test_files_of_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "p1"
    write(folder, article("甲"), article("乙"), article("丙"))
    (folder / "01-甲.txt").write_text("corrected by hand", "utf-8")
    (folder / "04-丁.txt").write_text("mine", "utf-8")
    (folder / "notes").mkdir()
    assert write(folder, article("新")) == ["01-新.txt", "01-甲.txt", "04-丁.txt", "notes"]
    assert (folder / "01-甲.txt").read_text() == "corrected by hand"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": {"01-甲.txt": 7}}'])
def test_a_broken_list_removes_nothing(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "p1"
    write(folder, article("甲"))
    (folder / LIST).write_text(text)
    assert write(folder, article("乙")) == ["01-乙.txt", "01-甲.txt"]
    assert "01-乙.txt" in json.loads((folder / LIST).read_text("utf-8"))["files"]


def test_a_list_reaches_no_other_folder(tmp_path: Path) -> None:
    folder = tmp_path / "p1"
    write(folder, article("甲"))
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    digest = hashlib.sha256(b"mine").hexdigest()
    names = ["../victim.txt", str(victim), "x/../../victim.txt", "..", ""]
    listed = {"files": dict.fromkeys(names, digest)}
    (folder / LIST).write_text(json.dumps(listed))
    assert write(folder, article("乙")) == ["01-乙.txt", "01-甲.txt"]
    assert victim.read_text() == "mine"


def test_a_link_in_the_place_of_a_file_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "p1"
    write(folder, article("甲"))
    target = tmp_path / "moved.txt"
    (folder / "01-甲.txt").rename(target)
    (folder / "01-甲.txt").symlink_to(target)
    assert write(folder, article("乙")) == ["01-乙.txt", "01-甲.txt"]
    assert target.exists()


def test_a_page_without_articles_makes_no_folder(tmp_path: Path) -> None:
    assert write(tmp_path / "p1") == []
    assert write(tmp_path / "p1", Article("a1", ())) == []
    assert not (tmp_path / "p1").exists()


def test_what_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "p1"
    write(folder, article("甲"))

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OutputError, match=r"^cannot remove .*01-甲\.txt: Permission denied"):
        write(folder, article("乙"))


# Names


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("水渠今日完工", "01-水渠今日完工.txt"),
        ("从“没人管”到“抢着干”", "01-从“没人管”到“抢着干”.txt"),
        ("21年 砺神剑", "01-21年 砺神剑.txt"),
        ("甲/乙\\丙", "01-甲／乙＼丙.txt"),
        ('问:"谁*来?"<一|二>', "01-问：＂谁＊来？＂＜一｜二＞.txt"),
        ("上\n下\t左\u2028右", "01-上 下 左 右.txt"),
        ("零\u200b宽\u202e字\x00符\x7f", "01-零宽字符.txt"),
        ("句号。", "01-句号。.txt"),
        ("完...", "01-完.txt"),
        ("...", "01-untitled.txt"),
        ("CON", "01-CON.txt"),
        ("e\u0301te\u0301", "01-été.txt"),
        ("-", "01--.txt"),
    ],
)
def test_safe_names(headline: str, name: str) -> None:
    assert list(files_of(result_of(article(headline)), ["txt"])) == [name]


def test_an_article_without_a_headline_is_named_by_its_first_words() -> None:
    turned = Article(
        "a1",
        (
            Paragraph("a", Role.TURN, "（上接第一版）"),
            Paragraph(
                "b", Role.BODY, "工程旨在提升流通设施和市场管理水平的积极引导多元投入，推动。"
            ),
        ),
    )
    only_turn = replace(turned, paragraphs=turned.paragraphs[:1])
    assert list(files_of(result_of(turned, only_turn), ["txt"])) == [
        "01-工程旨在提升流通设施和市场管理水平的积极.txt",
        "02-untitled.txt",
    ]


def test_more_than_99_articles_sort_by_number() -> None:
    names = list(files_of(result_of(*[article("同题")] * 101), ["txt"]))
    assert (names[0], names[-1]) == ("001-同题.txt", "101-同题.txt")
    assert names == sorted(names)
    assert len(set(names)) == 101


@pytest.mark.parametrize("char", ["字", "a", "é", "e\u0301\u0323", "𠮷", "葛\U000e0100"])
@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_long_names_are_cut_between_characters(char: str, suffix: str) -> None:
    name = file_name(f"01-{char * 200}", suffix)
    size = len(unicodedata.normalize("NFC", char).encode())
    assert MOST_BYTES - size < len(name.encode()) <= MOST_BYTES
    title = name.removeprefix("01-").removesuffix(suffix)
    assert title.replace(unicodedata.normalize("NFC", char), "") == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_headline_gives_a_name_that_can_be_written(headline: str) -> None:
    (name,) = files_of(result_of(article(headline, "文。")), ["json"])
    assert name.startswith("01-")
    assert name.endswith(".json")
    assert len(name.encode()) <= MOST_BYTES
    assert not FORBIDDEN & set(name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
    assert Path(name).name == name
    assert name[:-5] == name[:-5].rstrip(". ")
