"""Fixtures for tests of stores; a module of tests names this one as its plugin."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from stores import Faulty

from digitize.remote import fetching


@pytest.fixture
def no_copies(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing was fetched before, and no place is known from before."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setattr(fetching, "_copies", fetching._Copies())


@pytest.fixture
def faulty(no_copies: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Faulty]]:
    """The faulty store, empty and not yet faulty; nobody waits before trying again."""
    fsspec.register_implementation("faulty", Faulty, clobber=True)
    monkeypatch.setattr("digitize.remote.attempts.PAUSES", (0.0, 0.0, 0.0))
    for state in (Faulty.store, Faulty.faults, Faulty.calls):
        state.clear()
    yield Faulty
    for state in (Faulty.store, Faulty.faults, Faulty.calls):
        state.clear()


@pytest.fixture
def memory(no_copies: None) -> Iterator[MemoryFileSystem]:
    """The store behind memory://, empty."""
    fs = MemoryFileSystem()
    fs.store.clear()
    yield fs
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a real S3 server on the loopback."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - slow to import

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server: str, no_copies: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A file system with an empty bucket, ``paper``; the environment leads to it."""
    import s3fs  # noqa: PLC0415 - slow to import

    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    s3fs.S3FileSystem.clear_instance_cache()
    fs = s3fs.S3FileSystem(use_listings_cache=False)
    fs.mkdir("paper")
    yield fs
    fs.rm("paper", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()
