"""Wrong usage as click finds it, told like every other error: in one line on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

from digitize.cli.terminal import tell


class WrongUsage(click.UsageError):
    """Wrong usage in one line; ``path`` is the command whose help says what is right."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell it."""
        tell(f"digitize: {self.message}; see: {self.path} --help")


@contextmanager
def wrong_usage_in_one_line(path: str) -> Iterator[None]:
    """Let click's errors of usage of the command ``path`` be told as :class:`WrongUsage`."""
    try:
        yield
    except (WrongUsage, NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        said = " ".join(error.format_message().split()).rstrip(".")
        raise WrongUsage(f"{said[:1].lower()}{said[1:]}", path) from error
