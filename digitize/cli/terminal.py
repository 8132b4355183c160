"""What a command prints, and how it leaves: results on stdout, all else on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, NoReturn

import click

from digitize.errors import DigitizeError, ExitCode, OutputError

Leaving = int | None
"""The exit code that a command returns; None is 0."""


def reported(command: Callable[..., Leaving]) -> Callable[..., NoReturn]:
    """Print an expected error as one line on stderr and leave with its exit code."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> NoReturn:
        try:
            code = command(*args, **kwargs)
        except DigitizeError as error:
            tell(f"digitize: {error}")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            tell("digitize: interrupted; the pages that were done are kept")
            sys.exit(ExitCode.INTERRUPTED)
        sys.exit(code or ExitCode.OK)

    return wrapped


def show(text: str) -> None:
    """Print a result on stdout, in UTF-8 whatever the terminal's encoding."""
    try:
        click.echo(text.encode("utf-8", "backslashreplace"))
    except BrokenPipeError:  # as with ``| head``: the reader has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OUTPUT_NOT_WRITABLE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write to stdout: {reason}; write to a file instead") from error


def tell(line: str) -> None:
    """Print a line of progress or an error on stderr; nobody need be listening."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)
