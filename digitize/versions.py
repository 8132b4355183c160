"""Versions of all that has a part in how a page comes out."""

from __future__ import annotations

from functools import cache
from importlib import metadata

from digitize import language

PACKAGES = (
    "digitize",
    "numpy",
    "opencv-python",
    "pillow",
    "onnxruntime",
    "pypdfium2",
    "rapidocr",
    "jieba",
)


def versions(engine: str) -> dict[str, str]:
    """Versions by package, of the language signal, and of ``engine``, which knows its own."""
    return {**_packages(), "engine": engine, "language": language.describe()}


@cache
def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # run from a checkout, or an engine that is not installed
    return found
