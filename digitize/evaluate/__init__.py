"""Evaluation: a page's text against a reference; wrong characters apart from wrong places."""

from __future__ import annotations

from pathlib import Path

from digitize.evaluate.compare import compare
from digitize.evaluate.document import Document
from digitize.evaluate.documents import from_result
from digitize.evaluate.profiles import DEFAULT, PROFILES, Profile, profile
from digitize.evaluate.read import read
from digitize.evaluate.result import PageComparison
from digitize.model import PageResult


def diff(
    hypothesis: str | Path | PageResult | Document,
    reference: str | Path | PageResult | Document,
    profile_name: str = DEFAULT.name,
) -> PageComparison:
    """Compare a page with its reference, each a file, a result or a document.

    Raises InputError for a file that cannot be read and OptionError for an unknown profile.
    """
    return compare(_document(hypothesis), _document(reference), profile(profile_name))


def _document(given: str | Path | PageResult | Document) -> Document:
    if isinstance(given, Document):
        return given
    if isinstance(given, PageResult):
        return from_result(given, given.source.label)
    return read(given)


__all__ = [
    "PROFILES",
    "Document",
    "PageComparison",
    "Profile",
    "compare",
    "diff",
    "profile",
    "read",
]
