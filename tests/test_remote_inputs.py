from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from drawn import STORY_TEXT
from fsspec.implementations.memory import MemoryFileSystem
from PIL import Image
from stores import Faulty, web

from digitize import digitize_page, remote
from digitize.errors import InputError
from digitize.formats import to_json, to_text
from digitize.model import Source
from digitize.ocr import EngineSettings, make
from digitize.opening import identify, open_file
from digitize.options import RunOptions
from digitize.preprocess.load import load
from digitize.remote import fetching, stamps
from digitize.source import discover, output_names
from digitize.survey import stat_of

pytest_plugins = ("store_fixtures",)

PIXELS = Image.new("L", (8, 6), 200)


def put(fs: MemoryFileSystem, *names: str, pages: int = 1) -> None:
    """Pictures in a store; what they are is told by the name."""
    for name in names:
        with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
            more: dict[str, Any] = {}
            if pages > 1:
                more = {"save_all": True, "append_images": [PIXELS] * (pages - 1)}
            PIXELS.save(file.name, **more)
            fs.pipe_file(name, Path(file.name).read_bytes())


def found(*inputs: str) -> list[str]:
    have = discover(inputs)
    assert have.errors == ()
    return [source.label for source in have.sources]


def error_of(url: str) -> str:
    have = discover([url])
    assert have.sources == ()
    ((_, error),) = have.errors
    return str(error)


def test_a_folder_of_a_store_is_read_as_a_local_one(memory: MemoryFileSystem) -> None:
    put(memory, "/scans/page10.png", "/scans/page2.png", "/scans/b/page1.jpg")
    put(memory, "/scans/.hidden.png", "/scans/.git/x.png", "/scans/page2.overlay.png")
    memory.pipe_file("/scans/notes.txt", b"not a scan")
    have = discover(["memory://scans"])
    assert [source.path for source in have.sources] == [
        "memory:///scans/b/page1.jpg",
        "memory:///scans/page2.png",
        "memory:///scans/page10.png",
    ]
    assert (have.errors, have.skipped) == ((), 2)


def test_a_pattern_is_matched_in_the_store(memory: MemoryFileSystem) -> None:
    put(memory, "/scans/1987/a.png", "/scans/1987/05/b.png", "/scans/1988/c.png")
    assert found("memory://scans/1987/**/*.png") == [
        "memory:///scans/1987/05/b.png",
        "memory:///scans/1987/a.png",
    ]
    assert error_of("memory://scans/19?9/*.png").startswith("no scans match: memory://scans/19?9/")


def test_a_name_with_the_marks_of_a_pattern_is_a_file(memory: MemoryFileSystem) -> None:
    put(memory, "/scans/a[1].png")
    assert found("memory://scans/a[1].png") == ["memory://scans/a[1].png"]


@pytest.mark.parametrize("name", ["all.tif", "all.pdf"])
def test_every_page_of_a_file_is_a_source(memory: MemoryFileSystem, name: str) -> None:
    put(memory, f"/scans/{name}", pages=3)
    have = discover(["memory://scans"])
    assert [(s.page_no, s.page_count) for s in have.sources] == [(0, 3), (1, 3), (2, 3)]
    assert list(output_names(have.sources).values()) == ["all-p0001", "all-p0002", "all-p0003"]


def test_a_file_that_is_named_is_told_by_its_content(memory: MemoryFileSystem) -> None:
    put(memory, "/scans/a.png")
    memory.mv("/scans/a.png", "/scans/a")
    memory.pipe_file("/scans/b.png", b"text")
    assert found("memory://scans/a") == ["memory://scans/a"]
    assert "is named like a PNG but is none" in error_of("memory://scans/b.png")
    assert error_of("memory://scans/c.png") == "no such file: memory://scans/c.png; check the path"


def test_a_url_of_this_machine_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "第一 版.png"
    PIXELS.save(path)
    assert found(path.as_uri()) == found(f"file://{path}") == [str(path)]
    assert "names another machine" in error_of("file://server/share/a.png")


@pytest.mark.usefixtures("replay_story")
def test_a_page_of_a_store_is_read_as_a_local_one(memory: MemoryFileSystem, scan: Path) -> None:
    memory.pipe_file("/scans/page.png", scan.read_bytes())
    engine = make("replay", EngineSettings())
    here = digitize_page(Source(str(scan)), engine, RunOptions())
    there = digitize_page(Source("memory://scans/page.png"), engine, RunOptions())
    assert to_text(there) == to_text(here) == STORY_TEXT
    assert '"path": "memory://scans/page.png"' in to_json(there)


def test_a_fault_that_passes_is_tried_again(faulty: type[Faulty]) -> None:
    put(faulty(), "/a.png")
    faulty.faults["open rb"] = [OSError("503 slow down"), TimeoutError()]
    with open_file("faulty:///a.png") as stream:
        assert stream.read(4) == b"\x89PNG"
    assert faulty.calls["open rb"] == 3


def test_a_fault_that_stays_is_told_in_one_line(faulty: type[Faulty]) -> None:
    put(faulty(), "/a.png")
    faulty.faults["open rb"] = [OSError("503\nslow down") for _ in range(9)]
    with pytest.raises(InputError) as raised:
        open_file("faulty:///a.png")
    assert str(raised.value) == (
        "cannot read faulty:///a.png: 503 slow down; check the address, the network and the store"
    )
    assert faulty.calls["open rb"] == 4


def test_who_is_not_let_in_does_not_knock_again(faulty: type[Faulty]) -> None:
    faulty.faults["ls"] = [PermissionError("Access Denied")] * 9
    put(faulty(), "/scans/a.png")
    message = error_of("faulty:///scans")
    assert "faulty:///scans: Access Denied; check the credentials" in message
    assert faulty.calls["ls"] == 1


def test_a_listing_that_breaks_off_is_no_shorter_list(faulty: type[Faulty]) -> None:
    put(faulty(), "/scans/a.png", "/scans/b/c.png")
    whole = found("faulty:///scans")
    assert whole == ["faulty:///scans/a.png", "faulty:///scans/b/c.png"]
    calls = faulty.calls["ls"]
    for after in range(calls):
        faulty.faults["ls"] = [None] * after + [OSError("lost") for _ in range(4)]
        assert error_of("faulty:///scans").startswith("cannot ")


def test_a_file_that_is_too_large_is_not_fetched(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 10)
    put(memory, "/a.png")
    with pytest.raises(InputError, match=r"memory://a\.png is larger than .* GB; split it"):
        open_file("memory://a.png")


def test_a_copy_is_used_again_until_the_file_is_another(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe_file("/a.png", b"one")
    memory.pipe_file("/b.png", b"other")
    first = open_file("memory://a.png")
    memory.pipe_file("/a.png", b"two")
    with open_file("memory://a.png") as again:
        assert again.read() == b"one"  # a minute has not passed
    monkeypatch.setattr(fetching, "_TRUSTED", -1.0)
    with open_file("memory://a.png") as again:
        assert again.read() == b"two"
    with open_file("memory://b.png") as other:
        assert (other.read(), first.read()) == (b"other", b"one")
    first.close()


def test_copies_leave_nothing_behind(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    put(memory, "/a.png")
    with open_file("memory://a.png") as stream:
        assert os.fstat(stream.fileno()).st_nlink == 0
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_with_the_folder(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(memory, "/disk.png")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(InputError, match=r"cannot copy .*disk\.png to .*gone: .*; set TMPDIR"):
        open_file("memory://disk.png")


@pytest.mark.parametrize(
    ("url", "package", "advice"),
    [
        ("s3://paper/a.png", "s3fs", 'pip install "digitize[s3]"'),
        ("https://paper.cn/a.png", "aiohttp", 'pip install "digitize[http]"'),
        ("memory://a.png", "fsspec.core", 'pip install "digitize[remote]"'),
        ("gs://paper/a.png", "gcsfs", "install gcsfs"),
    ],
)
def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, url: str, package: str, advice: str
) -> None:
    for name in [n for n in sys.modules if n.split(".")[0] in ("s3fs", "fsspec")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    message = error_of(url)
    assert message.startswith(f"{url} cannot be opened; ")
    assert advice in message


def test_an_unknown_scheme_and_a_password_are_refused() -> None:
    assert "Protocol not known: s4" in error_of("s4://paper/a.png")
    message = error_of("sftp://reader:secret@host/a.png")
    assert "holds a password" in message
    assert "secret" not in message


def test_the_web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitize.remote.attempts.PAUSES", (0.0, 0.0, 0.0))
    PIXELS.save(tmp_path / "第一版.png")
    with web(tmp_path) as address:
        url = f"{address}/%E7%AC%AC%E4%B8%80%E7%89%88.png?sign=a.b/c"
        (source,) = discover([url]).sources
        assert (source.path, output_names([source])[source]) == (url, "第一版")
        assert identify(url) == "PNG"
        assert error_of(f"{address}/none.png").startswith(f"no such file: {address}/none.png")
    with web(tmp_path, 503, 503, 500) as address:
        assert identify(f"{address}/%E7%AC%AC%E4%B8%80%E7%89%88.png") == "PNG"
    with web(tmp_path, *[503] * 20) as address:
        message = error_of(f"{address}/%E7%AC%AC%E4%B8%80%E7%89%88.png")
        assert "503" in message
        assert message.endswith("check the address, the network and the store")
    assert "check the address" in error_of(f"{address}/gone.png")  # nobody listens any more


def test_what_is_no_url() -> None:
    for path in ("a.png", "C:/a.png", "/x://y", "a b://c", "folder/s3://x"):
        assert not remote.is_url(path)
    assert remote.is_url("S3://paper/a.png")
    assert not remote.is_url("file:///a.png")


@pytest.mark.parametrize("scheme", ["memory", "faulty", "s3"])
def test_a_change_is_noticed_without_fetching(
    scheme: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fs = request.getfixturevalue(scheme)
    fs = fs() if scheme == "faulty" else fs
    monkeypatch.setattr(stamps, "_seen", {})
    put(fs, "paper/in/a.png", "paper/in/b.png")
    (first, other) = found(f"{scheme}://paper/in")
    before, beside = remote.stamp_of(first), remote.stamp_of(other)
    assert before[0] == fs.size("paper/in/a.png") > 0
    monkeypatch.setattr(stamps, "_seen", {})
    assert (remote.stamp_of(first), remote.stamp_of(other)) == (before, beside)  # asked now
    fs.pipe_file("paper/in/a.png", fs.cat_file("paper/in/a.png")[:-1] + b"x")
    assert remote.stamp_of(first) == before  # as it was listed
    found(f"{scheme}://paper/in")
    assert remote.stamp_of(first)[0] == before[0]
    assert remote.stamp_of(first) != before
    assert remote.stamp_of(other) == beside


def test_scans_in_an_archive_behind_a_url(memory: MemoryFileSystem) -> None:
    put(memory, "/in/a.png", "/in/b.png")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.png", "b.png"):
            archive.writestr(f"vol1/{name}", memory.cat_file(f"/in/{name}"))
    memory.pipe_file("/zipped/vol.zip", packed.getvalue())
    pages = discover(["memory://zipped"]).sources
    inside = "memory:///zipped/vol.zip/vol1"
    assert [page.path for page in pages] == [f"{inside}/a.png", f"{inside}/b.png"]
    assert [load(page).pixels.shape for page in pages] == [(6, 8)] * 2
    assert {stat_of(page.path) for page in pages} == {stat_of("memory:///zipped/vol.zip")}
    assert stat_of(pages[0].path).size == len(packed.getvalue())
