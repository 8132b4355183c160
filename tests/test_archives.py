"""Scans in ZIP and TAR archives, and what is refused."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from command import digitize, files, read_json
from drawn import STORY_TEXT, recorded, story
from made_archive import (
    TARS,
    archived,
    encrypted,
    pages,
    picture,
    tarred,
    with_raw_names,
    zipped,
)
from made_pdf import blank

from digitize.archives import limits, opened
from digitize.errors import ExitCode, InputError
from digitize.model import Source
from digitize.opening import open_file
from digitize.preprocess.load import load
from digitize.source import Discovered, discover, hashed, output_names

SUFFIXES = [".zip", ".cbz", *TARS]


def found(*paths: Path | str) -> Discovered:
    return discover([str(path) for path in paths])


def names(result: Discovered, folder: Path) -> list[str]:
    return [os.path.relpath(source.path, folder) for source in result.sources]


def told(result: Discovered) -> list[str]:
    messages = [str(error) for _, error in result.errors]
    assert all("\n" not in message for message in messages)
    return messages


def grey(source: Source) -> int:
    return int(load(source).pixels[0, 0])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_scan_is_a_source(suffix: str, tmp_path: Path) -> None:
    path = archived(
        tmp_path / f"issue{suffix}",
        [
            ("page10.png", picture(100)),
            ("page2.png", picture(20)),
            ("vol/notes.txt", b"no scan"),
            ("vol/page1.tif", pages(11, 12)),
        ],
    )
    result = found(path)
    assert not result.errors
    assert result.skipped == 1
    inner = [f"issue{suffix}/{name}" for name in ("page2.png", "page10.png", "vol/page1.tif")]
    assert names(result, tmp_path) == [*inner, inner[-1]]
    assert [source.page_no for source in result.sources] == [0, 0, 0, 1]
    assert [grey(source) for source in result.sources] == [20, 100, 11, 12]
    backwards = [grey(source) for source in reversed(result.sources)]
    assert backwards == [12, 11, 100, 20]


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz"])
def test_the_hash_is_that_of_the_file(suffix: str, tmp_path: Path) -> None:
    data = picture(7)
    path = archived(tmp_path / f"a{suffix}", [("p.png", data)])
    (tmp_path / "p.png").write_bytes(data)
    apart = hashed(Source(str(tmp_path / "p.png")))
    assert hashed(found(path).sources[0]).sha256 == apart.sha256 != ""


def test_a_member_can_be_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("x/p1.png", picture(1)), ("x/p2.png", picture(2))])
    result = found(f"{path}/x/p2.png")
    assert names(result, tmp_path) == ["a.zip/x/p2.png"]
    assert grey(result.sources[0]) == 2
    assert "no such file" in told(found(f"{path}/x/p3.png"))[0]


def test_a_pdf_within_is_counted(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tgz", [("b.pdf", blank(3))])
    assert [source.page_no for source in found(path).sources] == [0, 1, 2]


def test_names_of_outputs(tmp_path: Path) -> None:
    one = zipped(tmp_path / "mon.zip", [("p1.png", picture(1)), ("p2.png", picture(2))])
    two = tarred(tmp_path / "tue.tar.gz", [("p1.png", picture(3))])
    chosen = output_names(found(one, two).sources)
    assert sorted(chosen.values()) == ["p1-mon", "p1-tue", "p2"]


def test_archives_in_folders_and_globs(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", [("p1.png", picture(1))])
    (tmp_path / "b.png").write_bytes(picture(2))
    assert names(found(tmp_path), tmp_path) == ["a.zip/p1.png", "b.png"]
    assert names(found(tmp_path / "*.zip"), tmp_path) == ["a.zip/p1.png"]


def test_a_folder_that_is_named_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "p.png").write_bytes(picture(9))
    assert [grey(source) for source in found(tmp_path).sources] == [9]


def test_what_systems_leave_in_archives_is_passed_over(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        [
            ("__MACOSX/._p.png", picture(1)),
            (".hidden.png", picture(1)),
            ("p.overlay.png", picture(1)),
            ("p.png", picture(2)),
        ],
    )
    assert names(found(path), tmp_path) == ["a.zip/p.png"]


@pytest.mark.parametrize("codepage", ["gb18030", "utf-8", "cp437"])
def test_chinese_names_of_old_packers(codepage: str, tmp_path: Path) -> None:
    wanted = "第一版.png" if codepage != "cp437" else "café.png"
    path = with_raw_names(tmp_path / "a.zip", [(wanted.encode(codepage), picture(3))])
    source = found(path).sources[0]
    if codepage != "cp437":  # which fits no other code page for sure
        assert os.path.basename(source.path) == wanted
    assert grey(source) == 3


# --- what is refused


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_names_that_lead_out_of_the_archive(suffix: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture(99))
    bad = ["../secret.png", "x/../../secret.png", "..\\secret.png"]
    kept = ["/abs/p1.png", "C:\\scans\\p2.png", "./p3.png"]
    path = archived(
        tmp_path / f"a{suffix}", [(name, picture(i)) for i, name in enumerate([*bad, *kept])]
    )
    result = found(path)
    assert names(result, tmp_path) == [
        f"a{suffix}/{name}" for name in ("abs/p1.png", "p3.png", "scans/p2.png")
    ]
    assert [grey(source) for source in result.sources] == [3, 5, 4]
    assert len(told(result)) == 3
    assert all("leads out of it" in message for message in told(result))
    assert sorted(os.listdir(tmp_path)) == [f"a{suffix}", "secret.png"]
    with pytest.raises(InputError):
        open_file(f"{path}/../secret.png")


def test_links_and_devices_are_no_scans(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"link{kind.decode()}.png")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert "no scans in the archive" in told(found(path))[0]


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ".tar.xz", ".tar.bz2"])
def test_bombs(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SMALL", 1 << 20)
    many = picture(1) + bytes(20 << 20)
    path = archived(tmp_path / f"a{suffix}", [("p1.png", picture(5)), ("bomb.png", many)])
    assert path.stat().st_size < 100_000
    result = found(path)
    assert f"a{suffix}/p1.png" in names(result, tmp_path)
    assert any("times its size" in message for message in told(result))


def failure(source: Source) -> str:
    with pytest.raises(InputError) as caught:
        load(source)
    return str(caught.value)


def test_members_that_are_too_large_or_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(
        tmp_path / "a.zip", [("p1.png", picture(1)), ("p2.bmp", picture(2, (900, 900), "BMP"))]
    )
    monkeypatch.setattr(limits, "MOST_BYTES", 100_000)
    result = found(path)
    assert names(result, tmp_path) == ["a.zip/p1.png"]
    assert "GB" in told(result)[0]
    for other in (zipped(tmp_path / "b.zip", few()), tarred(tmp_path / "b.tar.gz", few())):
        monkeypatch.setattr("digitize.archives.zips.MOST_MEMBERS", 5)
        monkeypatch.setattr("digitize.archives.tars.MOST_MEMBERS", 5)
        assert any("more than 100,000 files" in message for message in told(found(other)))


def few() -> list[tuple[str, bytes]]:
    return [(f"p{i}.txt", b"") for i in range(6)]


def test_a_size_that_is_told_falsely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_BYTES", 10_000)
    monkeypatch.setattr(limits, "MOST_BYTES", 10_000)
    monkeypatch.setattr("digitize.archives.zips.check_size", lambda *_: None)
    path = zipped(tmp_path / "a.zip", [("p.bmp", picture(1, (300, 300), "BMP"))])
    assert "more than" in failure(found(path).sources[0])


def test_encrypted(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "a.zip", [("p1.png", picture(1)), ("p2.png", picture(2))])
    assert told(found(path)) == [f"{path} is encrypted; unpack it with its password"]


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "in.zip", [("p.png", picture(1))]).read_bytes()
    path = zipped(tmp_path / "out.zip", [("in.zip", inner), ("p.png", picture(2))])
    result = found(path)
    assert names(result, tmp_path) == ["out.zip/p.png"]
    assert "archive within an archive" in told(result)[0]


def test_other_archives_are_told_of(tmp_path: Path) -> None:
    for name in ("a.7z", "a.rar", "a.tar.zst"):
        (tmp_path / name).write_bytes(b"\x28\xb5\x2f\xfd" + bytes(100))
        assert "unpack it" in told(found(tmp_path / name))[0]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 0.98])
def test_archives_that_are_cut_short(suffix: str, share: float, tmp_path: Path) -> None:
    content = [(f"p{i}.png", os.urandom(3000)) for i in range(5)]
    content.insert(0, ("first.png", picture(1, (300, 300))))
    whole = archived(tmp_path / f"whole{suffix}", content).read_bytes()
    path = tmp_path / f"a{suffix}"
    path.write_bytes(whole[: int(share * len(whole))])
    assert told(found(path))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_named_like_an_archive_and_is_none(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"this is no archive, but a text of some length\n" * 40)
    assert "damaged" in told(found(path))[0]


def test_an_archive_of_the_other_kind(tmp_path: Path) -> None:
    """The content decides, not the name."""
    zipped(tmp_path / "a.zip", [("p.png", picture(4))]).rename(tmp_path / "a.tar")
    assert [grey(source) for source in found(tmp_path / "a.tar").sources] == [4]


def test_a_member_that_changes_or_goes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("p.png", picture(1)), ("q.png", picture(2))])
    first, second = found(path).sources
    assert grey(first) == 1
    zipped(path, [("p.png", picture(50, (41, 31)))])
    assert grey(first) == 50
    assert "no such file" in failure(second)
    path.unlink()
    assert "no such file" in failure(first)


def test_a_packed_tar_is_unpacked_once_when_read_forwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tarred(tmp_path / "a.tar.gz", [(f"p{i}.png", picture(i + 1)) for i in range(20)])
    sources = found(path).sources
    made: list[str] = []
    true = opened._archive

    def counted(path: str, opener: opened.Opener) -> object:
        made.append(path)
        return true(path, opener)

    monkeypatch.setattr(opened, "_archive", counted)
    opened._state.drop()
    assert [grey(source) for source in sources] == [i + 1 for i in range(20)]
    assert len(made) == 1


def test_no_room_to_unpack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", [("p.png", picture(1))])

    def full() -> io.BytesIO:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opened, "_nameless", full)
    assert "No space left" in failure(found(path).sources[0])


# --- the whole way


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_a_run_over_an_archive(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIZE_REPLAY", str(recorded(tmp_path / "recording.json", story())))
    stream = io.BytesIO()
    story().image.save(stream, "PNG")
    content = [(f"第{i}版.png", stream.getvalue()) for i in (1, 2)]
    path = archived(tmp_path / f"报纸{suffix}", [*content, ("broken.png", b"\x89PNG\r\n\x1a\n")])
    out = tmp_path / "out"
    done = digitize("run", path, "-o", out, "--engine", "replay", "-q", "-j", "1")
    assert done.exit_code == ExitCode.SOME_FAILED
    assert "broken.png" in done.stderr
    for i in (1, 2):
        assert (out / f"第{i}版.txt").read_text("utf-8") == STORY_TEXT
        assert read_json(out / f"第{i}版.json")["source"]["path"] == f"{path}/第{i}版.png"
    assert not [name for name in files(tmp_path) if name.startswith(".digitize")]


def test_zipfile_names_are_not_trusted_for_types(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("page.jpg", b"text, no picture"), ("scan", picture(8))])
    result = found(path)
    assert names(result, tmp_path) == ["a.zip/scan"]
    assert "is named like a JPEG but is none" in told(result)[0]
    assert zipfile.is_zipfile(path)
