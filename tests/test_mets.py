"""METS: the scans of a volume for ``run``, what was read of them for ``reflow``."""

from __future__ import annotations

import os
from pathlib import Path

import made_read
import pytest
from command import digitize, files, read_json
from drawn import STORY_TEXT, recorded, story
from made_archive import picture, zipped
from test_cli_reflow_pages import drawn_story

from digitize.containers import group_of, located, read_mets
from digitize.containers.mets import File
from digitize.errors import ExitCode, InputError
from digitize.source import Discovered, discover, output_names

FILES = {
    "THUMBS": [("t1", "image/jpeg", "thumbs/1.jpg"), ("t2", "image/jpeg", "thumbs/2.jpg")],
    "DEFAULT": [("d1", "image/png", "small/1.png"), ("d2", "image/png", "small/2.png")],
    "MAX": [("m1", "image/png", "big/%E7%AC%AC1.png"), ("m2", "image/png", "big/%E7%AC%AC2.png")],
    "FULLTEXT": [("f1", "application/alto+xml", "alto/1.xml"), ("f2", "text/xml", "alto/2.xml")],
}


def mets(groups: dict[str, list[tuple[str, str, str]]] | None = None, order: str = "21") -> str:
    """Two pages, in this order, each with a file of every group."""
    known = FILES if groups is None else groups
    section = "".join(
        f'<mets:fileGrp USE="{use}">'
        + "".join(
            f'<mets:file ID="{i}" MIMETYPE="{kind}"><mets:FLocat xlink:href="{href}"/></mets:file>'
            for i, kind, href in found
        )
        + "</mets:fileGrp>"
        for use, found in known.items()
    )
    pages = "".join(
        f'<mets:div TYPE="page" ORDER="{n}" ORDERLABEL="第{n}版">'
        + "".join(f'<mets:fptr FILEID="{found[int(n) - 1][0]}"/>' for found in known.values())
        + "</mets:div>"
        for n in order
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><mets:mets xmlns:mets="http://www.loc.gov/METS/" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><mets:fileSec>{section}</mets:fileSec>'
        '<mets:structMap TYPE="LOGICAL"><mets:div TYPE="issue"><mets:fptr FILEID="t1"/></mets:div>'
        '</mets:structMap><mets:structMap TYPE="PHYSICAL"><mets:div TYPE="physSequence">'
        f"{pages}</mets:div></mets:structMap></mets:mets>"
    )


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A METS file with the pictures and the text that it names."""
    for folder in ("big", "small", "thumbs", "alto"):
        (tmp_path / folder).mkdir()
    for n in (1, 2):
        (tmp_path / "big" / f"第{n}.png").write_bytes(picture(200 + n, (300, 400)))
        (tmp_path / "small" / f"{n}.png").write_bytes(picture(100 + n))
        (tmp_path / "thumbs" / f"{n}.jpg").write_bytes(picture(n, form="JPEG"))
        (tmp_path / "alto" / f"{n}.xml").write_bytes(made_read.alto(drawn_story()))
    path = tmp_path / "issue.xml"
    path.write_text(mets(), "utf-8")
    return path


def found(path: Path, group: str = "") -> Discovered:
    return discover([str(path)], lambda _: group)


def names(path: Path, group: str = "") -> list[str]:
    return [os.path.relpath(s.path, path.parent) for s in found(path, group).sources]


def test_the_largest_pictures_in_the_order_of_the_pages(volume: Path) -> None:
    assert names(volume) == ["big/第2.png", "big/第1.png"]
    assert not found(volume).errors
    assert sorted(output_names(found(volume).sources).values()) == ["第1", "第2"]


def test_a_group_that_is_asked_for(volume: Path) -> None:
    assert names(volume, "THUMBS") == ["thumbs/2.jpg", "thumbs/1.jpg"]
    (message,) = (str(error) for _, error in found(volume, "NONE").errors)
    assert "no group of files is called 'NONE'; the groups are " in message
    assert "MAX" in message


def test_groups_by_name_and_by_what_they_hold() -> None:
    pages = read_mets(mets().encode())
    assert [page.label for page in pages] == ["第2版", "第1版"]
    assert group_of(pages, "", text=False) == "MAX"
    assert group_of(pages, "", text=True) == "FULLTEXT"
    ocrd = {
        "OCR-D-IMG": [("i1", "image/tiff", "1.tif"), ("i2", "image/tiff", "2.tif")],
        "OCR-D-OCR": [("o1", "application/vnd.prima.page+xml", "1.xml"), ("o2", "", "2.xml")],
    }
    pages = read_mets(mets(ocrd).encode())
    assert group_of(pages, "", text=False) == "OCR-D-IMG"
    assert group_of(pages, "", text=True) == "OCR-D-OCR"


def test_files_in_areas_and_groups_in_groups() -> None:
    pointer, area = '<mets:fptr FILEID="m1"/>', '<mets:par><mets:area FILEID="m1"/></mets:par>'
    text = mets().replace(pointer, f"<mets:fptr>{area}</mets:fptr>")
    head, rest = text.split('<mets:fileGrp USE="MAX">')
    inner, tail = rest.split("</mets:fileGrp>", 1)
    nested = f'<mets:fileGrp USE="MAX"><mets:fileGrp>{inner}</mets:fileGrp></mets:fileGrp>'
    assert all("MAX" in page.files for page in read_mets(f"{head}{nested}{tail}".encode()))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<mets/>", "names no files"),
        ("<mets", "broken XML"),
        (mets().replace("m1", "x1", 1), ""),
        ('<!DOCTYPE mets [<!ENTITY a "b">]><mets>&a;</mets>', "entities"),
    ],
)
def test_what_is_no_use(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "m.xml"
    path.write_text(text, "utf-8")
    messages = [str(error) for _, error in found(path).errors]
    assert messages
    assert all("\n" not in message for message in messages)
    assert any(says in message for message in messages)


def test_a_page_without_a_file_and_a_file_that_is_gone(volume: Path) -> None:
    (volume.parent / "big" / "第1.png").unlink()
    assert names(volume) == ["big/第2.png"]
    (message,) = (str(error) for _, error in found(volume).errors)
    assert message.startswith("no such file")


def test_where_files_are() -> None:
    def at(href: str, path: str) -> str:
        return located(File("MAX", "image/png", href), path)

    assert at("a/1.png", "/x/mets.xml") == "/x/a/1.png"
    assert at("file:///y/1.png", "/x/mets.xml") == "/y/1.png"
    assert at("https://y.org/1.png", "/x/mets.xml") == "https://y.org/1.png"
    assert at("../1.png", "https://x.org/a/mets.xml") == "https://x.org/1.png"
    with pytest.raises(InputError, match="its own machine"):
        at("file:///etc/passwd", "https://x.org/mets.xml")


def test_pages_on_the_web_are_called_after_the_volume(tmp_path: Path) -> None:
    known = {"MAX": [(f"m{n}", "image/jpeg", f"https://x.org/{n}/default.jpg") for n in (1, 2)]}
    path = tmp_path / "申报.xml"
    path.write_text(mets(known, "12"), "utf-8")
    have = found(path).sources
    assert list(output_names(have).values()) == ["申报-0001-第1版", "申报-0002-第2版"]


def test_a_volume_in_an_archive(volume: Path, tmp_path: Path) -> None:
    inside = [("issue.xml", volume.read_bytes())]
    inside += [(f"big/第{n}.png", picture(n)) for n in (1, 2)]
    path = zipped(tmp_path / "a.zip", inside)
    assert names(Path(f"{path}/issue.xml")) == ["big/第2.png", "big/第1.png"]


def test_a_run(volume: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITIZE_REPLAY", str(recorded(tmp_path / "recording.json", story())))
    for n in (1, 2):
        story().image.save(volume.parent / "big" / f"第{n}.png")
    out = tmp_path / "out"
    done = digitize("run", volume, "-o", out, "--engine", "replay", "-q", "-j", "1")
    assert done.exit_code == ExitCode.OK
    assert (out / "第1.txt").read_text("utf-8") == STORY_TEXT
    done = digitize("run", volume, "-o", tmp_path / "small out", "--engine", "null", "-q",
                    "--file-grp", "DEFAULT")  # fmt: skip
    assert read_json(tmp_path / "small out" / "1.json")["page"]["size"] == [40, 30]


def test_reflow(volume: Path, tmp_path: Path) -> None:
    done = digitize("reflow", volume, "-o", tmp_path / "out", "-f", "txt,json")
    assert done.exit_code == ExitCode.OK
    told = done.stderr.splitlines()
    assert len(told) == 2
    assert all("has not the shape of" in line for line in told)
    pages = [f"issue-p{n:04d}" for n in (1, 2)]
    assert files(tmp_path / "out") == [f"{p}.{form}" for p in pages for form in ("json", "txt")]
    for page in pages:
        assert (tmp_path / "out" / f"{page}.txt").read_text("utf-8") == STORY_TEXT
    source = read_json(tmp_path / "out" / "issue-p0001.json")["source"]
    assert source["path"].endswith("alto/2.xml")


def test_reflow_uses_the_scans(volume: Path, tmp_path: Path) -> None:
    for n in (1, 2):
        story().image.save(volume.parent / "big" / f"第{n}.png")
    digitize("reflow", volume, "-o", tmp_path / "out", "-f", "json")
    source = read_json(tmp_path / "out" / "issue-p0002.json")["source"]
    assert source["path"].endswith("big/第1.png")


def test_reflow_of_a_volume_with_a_broken_page(volume: Path, tmp_path: Path) -> None:
    (volume.parent / "alto" / "2.xml").write_text("<alto", "utf-8")
    done = digitize("reflow", volume, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.SOME_FAILED
    shape, broken = done.stderr.splitlines()
    assert "has not the shape of" in shape
    assert "2.xml: broken XML" in broken
    assert files(tmp_path / "out") == ["issue.txt"]
    (volume.parent / "alto" / "1.xml").unlink()
    done = digitize("reflow", volume, "-o", tmp_path / "out")
    assert done.exit_code == ExitCode.NOTHING_USABLE
    done = digitize("reflow", volume, "--file-grp", "MAX")
    assert done.exit_code == ExitCode.NOTHING_USABLE
    assert "is a scan" in done.stderr
