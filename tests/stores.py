"""Places behind URLs for tests: a store that fails on demand, a web server."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from fsspec.implementations.memory import MemoryFileSystem


class Faulty(MemoryFileSystem):  # type: ignore[misc]
    """A store behind faulty:// whose next calls raise what a test has put down for them.

    It is none of those that show an object only when all of it has come.
    """

    protocol = "faulty"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    faults: ClassVar[dict[str, list[Exception | None]]] = {}
    calls: ClassVar[Counter[str]] = Counter()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(MemoryFileSystem._strip_protocol(path.replace("faulty://", "memory://")))

    def unstrip_protocol(self, name: str) -> str:
        return f"faulty://{name}"

    def _meet(self, call: str) -> None:
        self.calls[call] += 1
        fault = self.faults[call].pop(0) if self.faults.get(call) else None
        if fault is not None:
            raise fault

    def _open(self, path: str, mode: str = "rb", **more: Any) -> Any:
        self._meet(f"open {mode}")
        return super()._open(path, mode, **more)

    def cat_file(self, path: str, **more: Any) -> bytes:
        self._meet("cat_file")
        return bytes(super().cat_file(path, **more))

    def ls(self, path: str, detail: bool = True, **more: Any) -> Any:
        self._meet("ls")
        return super().ls(path, detail=detail, **more)

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **more: Any) -> None:
        if self.faults.get("pipe_file"):
            super().pipe_file(path, value[: len(value) // 2], mode, **more)  # cut short
        self._meet("pipe_file")
        super().pipe_file(path, value, mode, **more)

    def mv(self, path1: str, path2: str, **more: Any) -> None:
        self._meet("mv")
        self.store[path2] = self.store.pop(path1)


class _Web(SimpleHTTPRequestHandler):
    faults: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        if self.faults:
            self.send_error(self.faults.pop(0))
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


@contextmanager
def web(folder: Path, *faults: int) -> Iterator[str]:
    """The address of a web server over ``folder``, whose first answers are these faults."""
    handler = type("Handler", (_Web,), {"faults": list(faults)})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
