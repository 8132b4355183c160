"""Where the tables that come with jieba are. Its data are used, not its code.

Importing jieba takes a second and prints warnings; looking for it does neither.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from digitize.errors import MissingLanguageError


def table(name: str) -> Path:
    """The file ``name`` of the package; :class:`MissingLanguageError` where it is not there."""
    spec = find_spec("jieba")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / name
        if file.is_file():
            return file
    raise MissingLanguageError(f"no Chinese word list: jieba's {name} is missing; {INSTALL}")


INSTALL = "pip install --force-reinstall jieba"
