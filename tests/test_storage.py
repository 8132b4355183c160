from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from stores import Faulty

from digitize.errors import InputError, OutputError, UsageError
from digitize.storage import LocalFolder, Store, store_at

pytest_plugins = ("store_fixtures",)

NAME = "深/第一版.txt"


@pytest.fixture(params=["path", "file", "memory", "faulty", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty folder of each kind."""
    if request.param in ("memory", "faulty", "s3"):
        request.getfixturevalue(request.param)
    places = {"path": str(tmp_path / "out"), "file": (tmp_path / "out").as_uri()}
    return store_at(places.get(request.param, f"{request.param}://paper/out"))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_what_is_written_can_be_read(store: Store) -> None:
    store.check()
    assert (store.read(NAME), store.size(NAME)) == (None, None)
    store.write(NAME, b"one")
    store.write(NAME, b"other")
    assert (store.read(NAME), store.size(NAME)) == (b"other", 5)
    assert store.inside("深").read("第一版.txt") == b"other"
    assert store.size("深") is None


def test_only_what_is_unchanged_is_removed(store: Store) -> None:
    store.write(NAME, b"mine")
    store.remove(NAME, digest(b"ours"))
    assert store.read(NAME) == b"mine"
    store.remove(NAME, digest(b"mine"))
    assert store.read(NAME) is None
    store.remove(NAME, digest(b"mine"))


def test_what_is_there_is_listed(store: Store) -> None:
    assert store.sizes(["深"]) == {}
    for name, data in {"一.txt": b"1", NAME: b"22", "浅/二.txt": b"3"}.items():
        store.write(name, data)
    assert store.sizes() == {"一.txt": 1}
    assert store.sizes(["深", "无"]) == {"一.txt": 1, NAME: 2}


def test_what_is_half_written_is_swept(store: Store) -> None:
    temporary = ".digitize-abc12_90" if isinstance(store, LocalFolder) else f".digitize-{'0a' * 16}"
    kept = {"一.txt": b"1", ".digitize-articles.json": b"{}", f"浅/{temporary}": b"", NAME: b"22"}
    for name, data in {**kept, temporary: b"half", f"深/{temporary}": b"half"}.items():
        store.write(name, data)
    shown = {name: len(data) for name, data in kept.items() if "浅" not in name}
    assert store.sizes(["深"]) == shown
    store.sweep(["深"])
    swept = "faulty" in store.location or isinstance(store, LocalFolder)
    assert (store.read(temporary) is None) == swept  # elsewhere nothing is ever half written
    assert (store.read(f"深/{temporary}") is None) == swept
    assert {name: store.read(name) for name in kept} == kept


def test_a_url_of_this_machine_is_its_folder(tmp_path: Path) -> None:
    store = store_at((tmp_path / "新 闻").as_uri())
    assert isinstance(store, LocalFolder)
    assert store.location == str(tmp_path / "新 闻")
    with pytest.raises(UsageError, match="names another machine"):
        store_at("file://server/out")


@pytest.mark.parametrize("call", ["pipe_file", "mv"])
@pytest.mark.parametrize("times", [2, 9])
def test_a_write_that_fails_leaves_what_was_there(
    faulty: type[Faulty], call: str, times: int
) -> None:
    store = store_at("faulty://out")
    store.write("a.txt", b"before")
    faulty.faults[call] = [OSError("broken pipe") for _ in range(times)]
    if times == 9:
        with pytest.raises(OutputError, match=r"cannot write faulty://out/a\.txt: broken pipe;"):
            store.write("a.txt", b"afterwards")
    else:
        store.write("a.txt", b"afterwards")
    faulty.faults.clear()
    assert store.read("a.txt") == (b"before" if times == 9 else b"afterwards")
    assert faulty.store.keys() == {"/out/a.txt"}


def test_an_interrupt_leaves_no_part(faulty: type[Faulty]) -> None:
    faulty.faults["mv"] = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        store_at("faulty://out").write("a.txt", b"data")
    assert not faulty.store


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (PermissionError("Access Denied"), "check the credentials"),
        (OSError(28, "No space left"), "check the address, the network and the store"),
    ],
)
def test_a_store_that_takes_nothing_is_told_at_once(
    faulty: type[Faulty], fault: OSError, advice: str
) -> None:
    faulty.faults["pipe_file"] = [fault] * 9
    with pytest.raises(OutputError, match=f"cannot write to faulty://out: .*; {advice}"):
        store_at("faulty://out").check()
    assert faulty.calls["pipe_file"] == 1


def test_a_file_that_cannot_be_read_is_not_taken_for_missing(
    faulty: type[Faulty], tmp_path: Path
) -> None:
    store = store_at("faulty://out")
    store.write("a.txt", b"data")
    faulty.faults["cat_file"] = [OSError("reset") for _ in range(9)]
    with pytest.raises(InputError, match=r"cannot read faulty://out/a\.txt: reset"):
        store.read("a.txt")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot read"):
        store_at(str(tmp_path)).read("folder")


def test_the_web_takes_no_results() -> None:
    with pytest.raises(OutputError, match="the web takes no results"):
        store_at("https://paper.cn/out")


def test_a_bucket_that_is_not_there(s3: Any) -> None:
    del s3
    with pytest.raises(OutputError, match="make the bucket or folder first"):
        store_at("s3://nobodys/out").check()


def test_without_credentials(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    s3.clear_instance_cache()
    with pytest.raises(OutputError, match=r"cannot write to s3://paper/out: .*; check the cred"):
        store_at("s3://paper/out").check()


def test_memory_is_whole_at_once(memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    monkeypatch.setattr(MemoryFileSystem, "mv", lambda *paths, **_: moved.append(str(paths)))
    store_at("memory://out").write("a.txt", b"data")
    assert (list(memory.store), moved) == (["/out/a.txt"], [])
