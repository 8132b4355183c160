"""Finding the word model and the program to read it with: both are extras."""

from __future__ import annotations

import os
from functools import cache
from glob import glob
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from digitize.errors import MissingLanguageError

VARIABLE = "DIGITIZE_LM"  # a file, or "off"
OFF = "off"
# Where Linux distributions put libime's model of simplified Chinese (17 MB, LGPL-2.1+).
PLACES = (
    "/usr/lib/*/libime/zh_CN.lm",
    "/usr/lib64/libime/zh_CN.lm",
    "/usr/lib/libime/zh_CN.lm",
    "/usr/local/lib/libime/zh_CN.lm",
)
READER = 'pip install "digitize[lm]"'
MODEL = "apt-get install libime-data-language-model"


def path() -> Path | None:
    """The model's file; None where there is none or :data:`VARIABLE` says "off".

    Raises :class:`MissingLanguageError` where the variable names a file that is not there.
    """
    named = os.environ.get(VARIABLE, "")
    if named == OFF:
        return None
    if named:
        if not Path(named).is_file():
            raise MissingLanguageError(
                f"{VARIABLE}={named}: no such file; name a KenLM model, or {VARIABLE}={OFF}"
            )
        return Path(named)
    found = sorted(file for place in PLACES for file in glob(place))
    return Path(found[0]) if found else None


def reader_installed() -> bool:
    """Whether KenLM is installed."""
    return find_spec("kenlm") is not None


def load() -> Any | None:
    """The installed model as a ``kenlm.Model``, or None; read once per process (0.02 s, 17 MB)."""
    file = path()
    return _load(str(file)) if file is not None and reader_installed() else None


@cache
def _load(file: str) -> Any:
    import kenlm  # noqa: PLC0415 - an extra

    quiet = kenlm.Config()  # a model in text form would print a progress bar
    quiet.show_progress = False
    quiet.arpa_complain = kenlm.ARPALoadComplain.NONE
    try:
        return kenlm.Model(file, quiet)
    except (OSError, RuntimeError):  # its own words are those of the C++ source
        raise MissingLanguageError(
            f"{file}: KenLM cannot read it; install the model again, or set {VARIABLE}={OFF}"
        ) from None


def describe() -> str:
    """Which model is used, or what is missing and how to install it, in one line."""
    file = path()
    if os.environ.get(VARIABLE) == OFF:
        return f"word model: off ({VARIABLE}={OFF})"
    missing = [READER] * (not reader_installed()) + [MODEL] * (file is None)
    if missing:
        return f"word model: none; to use one: {' and '.join(missing)}"
    return f"word model: {file} (KenLM, ufal-kenlm {_version()})"


def _version() -> str:
    try:
        return version("ufal-kenlm")
    except PackageNotFoundError:
        return "?"  # read by another build of KenLM
