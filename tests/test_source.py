from __future__ import annotations

import builtins
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdf import CATALOG, blank, encrypted, page_tree, pdf
from PIL import Image

from digitize.errors import InputError, shown
from digitize.model import Source
from digitize.opening import open_raster
from digitize.source import Discovered, discover, hashed

PIXELS = Image.new("L", (8, 6), 200)


def save(path: Path, pages: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if pages == 1:
        PIXELS.save(path)
    else:
        PIXELS.save(path, save_all=True, append_images=[PIXELS] * (pages - 1))
    return path


def wrote(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def names(found: Discovered, root: Path) -> list[str]:
    return [Path(source.path).relative_to(root).as_posix() for source in found.sources]


def only_error(found: Discovered) -> str:
    assert found.sources == ()
    ((_, error),) = found.errors
    assert isinstance(error, InputError)
    return str(error)


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.JPEG", "a.tif", "a.bmp", "a.webp", "a.gif", "a.pdf"]
)
def test_every_type_is_one_source_with_its_hash(tmp_path: Path, name: str) -> None:
    path = save(tmp_path / name)
    found = discover([str(path)])
    assert found == Discovered((Source(str(path), 0, 1),))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert hashed(found.sources[0]) == Source(str(path), 0, 1, digest)


@pytest.mark.parametrize("name", ["pages.tiff", "pages.pdf"])
def test_every_page_is_a_source(tmp_path: Path, name: str) -> None:
    path = save(tmp_path / name, pages=3)
    found = discover([str(path)])
    assert [(s.page_no, s.page_count) for s in found.sources] == [(0, 3), (1, 3), (2, 3)]


def test_small_copies_in_a_tiff_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    small = PIXELS.resize((2, 2))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    PIXELS.save(path, save_all=True, append_images=[small, PIXELS], big_tiff=True)
    with open_raster(str(path)) as image:
        assert getattr(image, "n_frames", 0) == 3
    assert len(discover([str(path)]).sources) == 2


@pytest.mark.parametrize("name", ["moving.gif", "moving.webp"])
def test_an_animation_is_one_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    other = Image.new("L", (8, 6), 10)
    PIXELS.save(path, save_all=True, append_images=[other])
    assert len(discover([str(path)]).sources) == 1


@pytest.mark.parametrize(
    ("name", "data", "says", "advice"),
    [
        ("gone.jpg", None, "no such file", "check the path"),
        ("empty.jpg", b"", "empty file (0 bytes)", "copy or scan it again"),
        ("notes.jpg", b"only text", "named like a JPEG but is none", "types read are PNG"),
        ("notes.docx", b"PK\x03\x04....", "of an unknown type", "types read are PNG"),
        ("none.pdf", pdf([CATALOG, page_tree(0)]), "0 pages", "export it again"),
        ("locked.pdf", encrypted("secret"), "encrypted", "save a copy without"),
        ("cut.pdf", blank(1)[:30], "damaged", "copy or scan it again"),
        ("cut.tif", b"II*\x00\x08\x00\x00\x00", "damaged", "copy or scan it again"),
    ],
)
def test_unusable_files(
    tmp_path: Path, name: str, data: bytes | None, says: str, advice: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    good = save(tmp_path / "good.png")
    found = discover([str(path), str(good)])
    assert names(found, tmp_path) == ["good.png"]
    ((where, error),) = found.errors
    assert where == str(path)
    message = str(error)
    assert "\n" not in message
    assert name in message
    assert says in message
    assert advice in message


def test_pdf_that_opens_without_asking_is_fine(tmp_path: Path) -> None:
    path = wrote(tmp_path / "open.pdf", encrypted(""))
    assert b"/Encrypt" in path.read_bytes()
    assert len(discover([str(path)]).sources) == 1


@pytest.mark.parametrize("entry", ["", "a\0b", "no/such/folder/page.png"])
def test_paths_that_cannot_exist(entry: str) -> None:
    assert "no such file" in only_error(discover([entry]))


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "secret.png")
    really_open: Callable[..., Any] = builtins.open

    def denied(file: Any, *args: Any, **kwargs: Any) -> Any:  # root may open anything
        if str(file) == str(path):
            raise PermissionError(13, "Permission denied")
        return really_open(file, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", denied)
    assert "no permission to read" in only_error(discover([str(path)]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open anything")
def test_no_permission_for_real(tmp_path: Path) -> None:
    path = save(tmp_path / "scans" / "secret.png")
    path.chmod(0)
    assert "no permission to read" in only_error(discover([str(path)]))
    path.parent.chmod(0)
    try:
        assert "cannot list the folder" in only_error(discover([str(path.parent)]))
    finally:
        path.parent.chmod(0o700)


def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    assert "is not a file" in only_error(discover([str(path)]))


def test_folder_is_searched_in_natural_order(tmp_path: Path) -> None:
    for name in ["page10.png", "page2.png", "Page1.png", "b/2.png", "b/10.png", "b/1.jpg"]:
        save(tmp_path / name)
    found = discover([str(tmp_path)])
    expected = ["b/1.jpg", "b/2.png", "b/10.png", "Page1.png", "page2.png", "page10.png"]
    assert names(found, tmp_path) == expected


def test_pictures_that_digitize_wrote_are_no_scans(tmp_path: Path) -> None:
    for name in ["a.png", "a.overlay.png", "a.preview.png"]:
        save(tmp_path / name)
    assert names(discover([str(tmp_path)]), tmp_path) == ["a.png"]
    asked = discover([str(tmp_path / "a.overlay.png")])
    assert names(asked, tmp_path) == ["a.overlay.png"]


def test_folder_passes_over_what_is_no_scan(tmp_path: Path) -> None:
    for name in ["a.png", ".hidden.png", ".cache/b.png"]:
        save(tmp_path / name)
    for name in ["notes.txt", "Thumbs.db"]:
        wrote(tmp_path / name, b"BM and more text, II* or %PDF-")
    wrote(tmp_path / "bare", b"").chmod(0)
    found = discover([str(tmp_path), str(tmp_path)])
    assert names(found, tmp_path) == ["a.png"]
    assert found.errors == ()
    assert found.skipped == 3


def test_folder_reports_scans_that_are_broken(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    wrote(tmp_path / "b.jpg", b"text")
    (tmp_path / "c.tif").symlink_to(tmp_path / "gone.tif")
    found = discover([str(tmp_path)])
    assert names(found, tmp_path) == ["a.png"]
    assert [Path(where).name for where, _ in found.errors] == ["b.jpg", "c.tif"]


def test_folder_with_a_loop_of_links_ends(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(discover([str(tmp_path)]), tmp_path) == ["a.png"]


@pytest.mark.parametrize("pattern", ["", "/*", "/*.txt", "/[ab].png", "/**/*.png"])
def test_nothing_found_is_an_error(tmp_path: Path, pattern: str) -> None:
    wrote(tmp_path / "notes.txt", b"text")
    message = only_error(discover([f"{tmp_path}{pattern}"]))
    assert message.startswith("no scans")
    assert str(tmp_path) in message


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.png", ["page2.png", "page10.png"]),
        ("*", ["page2.png", "page10.png", "page11.jpg"]),
        ("**", ["deep/er/1.png", "page2.png", "page10.png", "page11.jpg"]),
        ("**/*.png", ["deep/er/1.png", "page2.png", "page10.png"]),
        ("page[0-9].png", ["page2.png"]),
        ("page1?.*", ["page10.png", "page11.jpg"]),
    ],
)
def test_glob(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    for name in ["page10.png", "page2.png", "page11.jpg", "deep/er/1.png"]:
        save(tmp_path / name)
    wrote(tmp_path / "notes.txt", b"text")
    found = discover([f"{tmp_path}/{pattern}"])
    assert names(found, tmp_path) == expected
    assert found.errors == ()


def test_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    path = save(tmp_path / "page[1].png")
    save(tmp_path / "page1.png")
    assert names(discover([str(path)]), tmp_path) == ["page[1].png"]


def test_a_file_met_twice_counts_once(tmp_path: Path) -> None:
    path = save(tmp_path / "a.png")
    broken = wrote(tmp_path / "b.png", b"text")
    (tmp_path / "link.png").symlink_to(path)
    found = discover([str(path), f"{tmp_path}/./a.png", str(broken), str(tmp_path)])
    assert names(found, tmp_path) == ["a.png"]
    assert len(found.errors) == 1


def test_text_passed_over_in_a_folder_is_an_error_once_named(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    path = wrote(tmp_path / "notes.txt", b"text")
    found = discover([str(tmp_path), str(path)])
    assert [where for where, _ in found.errors] == [str(path)]


def test_inputs_keep_their_order(tmp_path: Path) -> None:
    paths = [str(save(tmp_path / name)) for name in ["b.png", "a.png", "c.png"]]
    assert [s.path for s in discover(paths).sources] == paths


@pytest.mark.parametrize("name", ["scan.png", "scan.txt", "scan"])
def test_content_decides_and_not_the_name(tmp_path: Path, name: str) -> None:
    PIXELS.save(tmp_path / name, format="TIFF", save_all=True, append_images=[PIXELS])
    assert len(discover([str(tmp_path)]).sources) == 2


def test_message_stays_one_line_whatever_the_name(tmp_path: Path) -> None:
    path = wrote(tmp_path / "人民\n日报\udcff.jpg", b"text")
    message = only_error(discover([str(path)]))
    assert r"人民\n日报\udcff.jpg" in message
    assert "\n" not in message
    assert message.encode()


def test_undecodable_name_can_be_read(tmp_path: Path) -> None:
    assert len(discover([str(wrote(tmp_path / "a\udcff.pdf", blank(2)))]).sources) == 2


@given(st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=30))
def test_shown_is_one_line_that_can_be_printed(name: str) -> None:
    assert len(shown(name).splitlines()) <= 1
    assert shown(name).encode()


def test_a_hash_is_made_once_while_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wrote(tmp_path / "a.png", b"first")
    digest = hashlib.sha256(b"first").hexdigest()
    assert hashed(Source(str(path), 0, 2)).sha256 == digest
    monkeypatch.setattr(hashlib, "file_digest", None)  # would be called
    assert hashed(Source(str(path), 1, 2)).sha256 == digest
    assert hashed(Source("gone", sha256="known")).sha256 == "known"
    monkeypatch.undo()
    wrote(path, b"other bytes")
    assert hashed(Source(str(path))).sha256 == hashlib.sha256(b"other bytes").hexdigest()


def test_a_file_that_has_gone_has_no_hash(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file: .*gone\.png; check the path"):
        hashed(Source(str(tmp_path / "gone.png")))
