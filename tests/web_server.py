"""A web server on the loopback that answers as it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What is sent: ``length`` is what the header says, ``pause`` seconds before each half."""

    body: bytes = b""
    status: int = 200
    type: str = "image/png"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0


@dataclass
class Server:
    """Answers by path: one, or several in turn, the last of which stays."""

    address: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, *answers: Answer) -> str:
        """Set what a path answers; its URL."""
        self.answers[path] = list(answers)
        return self.address + path

    def gets(self) -> list[str]:
        """The paths whose content was asked for."""
        return [line.split()[1] for line in self.asked if line.startswith("GET")]


@contextmanager
def serving() -> Iterator[Server]:
    """A server while the block lasts."""
    served = Server()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(served: Server) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(whole=True)

        def do_HEAD(self) -> None:
            self._answer(whole=False)

        def _answer(self, *, whole: bool) -> None:
            served.asked.append(f"{self.command} {self.path}")
            left = served.answers.get(self.path, [Answer(status=404, type="text/plain")])
            answer = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            length = len(answer.body) if answer.length is None else answer.length
            self.send_header("Content-Length", str(length))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if whole:
                self._send(answer)

        def _send(self, answer: Answer) -> None:
            half = len(answer.body) // 2
            try:
                for part in (answer.body[:half], answer.body[half:]):
                    time.sleep(answer.pause)
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
