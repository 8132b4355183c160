"""Exit codes and the tree of errors that a user may see.

Every error carries one line that says what is wrong and what to do about it. The codes are part
of the command line's contract (``digitize --help``); scripts may rely on them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns to the shell."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    MISSING_ENGINE = 3
    NOTHING_USABLE = 4
    OUTPUT_NOT_WRITABLE = 5
    INTERRUPTED = 130


class DigitizeError(Exception):
    """Base of all expected errors; ``str(error)`` is one line for the user."""

    exit_code = ExitCode.SOME_FAILED


class UsageError(DigitizeError):
    """The command was called in a way that cannot be meant."""

    exit_code = ExitCode.USAGE


class OptionError(UsageError):
    """An option or a key of ``digitize.toml`` is unknown or out of range."""


class MissingEngineError(DigitizeError):
    """An OCR engine, its program or its model is not installed."""

    exit_code = ExitCode.MISSING_ENGINE


class MissingLanguageError(MissingEngineError):
    """The engine is there, the language is not."""


class InputError(DigitizeError):
    """One input cannot be read; the rest of the batch goes on."""


class NothingUsableError(InputError):
    """No input could be used at all."""

    exit_code = ExitCode.NOTHING_USABLE


class PageError(DigitizeError):
    """A page was read but could not be processed."""


class EngineError(PageError):
    """The OCR engine failed on a page."""


class WorkerError(DigitizeError):
    """No process that reads pages can be kept alive."""


class ClusterError(WorkerError):
    """A cluster of machines cannot be reached, or its workers are no match for this machine."""


class OutputError(DigitizeError):
    """A result could not be written."""

    exit_code = ExitCode.OUTPUT_NOT_WRITABLE


class PageOutputError(OutputError):
    """The result of one page could not be written; those of others can."""


def internal(what: str, error: Exception) -> PageError:
    """The error for a fault in our own code met on the page ``what``, in one line."""
    return PageError(f"{what}: internal error: {one_line(error)}; please report it with the scan")


def one_line(error: Exception) -> str:
    """Kind and text of an error that nobody expected."""
    return f"{type(error).__name__}: {unbroken(error)}"


def unbroken(said: object) -> str:
    """What another program or library has ``said``, without its line breaks."""
    return " ".join(str(said).split())


def shown(path: str) -> str:
    """``path`` fit for one line of a message: line breaks and undecodable bytes are escaped."""
    return "".join(
        ascii(c)[1:-1] if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in path
    )


def meant(name: str, known: Iterable[str]) -> str:
    """What a mistyped ``name`` may have been meant to be, as part of a message; "" for nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - no command waits for it in vain

    like = get_close_matches(name, list(known), n=1)
    return f"did you mean {like[0]}? " if like else ""
