"""The time that a file says it was made, where its format demands one."""

from __future__ import annotations

import os
from datetime import UTC, datetime

VARIABLE = "SOURCE_DATE_EPOCH"  # seconds since 1970; set, files come out the same every time


def stamp() -> str:
    """The time now, or as ``SOURCE_DATE_EPOCH`` says, in UTC: "2026-11-23T18:30:00Z"."""
    return moment().strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> datetime:
    """The same as a date."""
    given = os.environ.get(VARIABLE, "")
    return datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)
