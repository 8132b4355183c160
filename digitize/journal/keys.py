"""What a page was made with, as text: same text, same result.

Options and versions in JSON, sorted. What only reflow and writing use is apart, so that a change of
it needs no second reading. Whole texts rather than hashes: so the reason for doing a page again can
be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from digitize.journal.model import Making

LATER = ("reflow", "text")  # the sections of the options that reading does not depend on
REFLOW_ONLY = frozenset({"language", "jieba"})  # what no reader uses
REFLOW_TOO = frozenset({"digitize", "numpy"})
TOLD = 2  # differences that a reason names; a change of version often brings many


def making_of(
    options: Mapping[str, Any], versions: Mapping[str, str], forms: frozenset[str] = frozenset()
) -> Making:
    """The making of a page; ``options`` and ``versions`` as they stand in its provenance."""
    reading = {name: value for name, value in options.items() if name not in LATER}
    used = {name: v for name, v in versions.items() if name not in REFLOW_ONLY}
    later = {name: v for name, v in versions.items() if name in REFLOW_ONLY | REFLOW_TOO}
    return Making(
        _text({**reading, "versions": used}),
        _text({**{name: options.get(name, {}) for name in LATER}, "versions": later}),
        forms,
    )


@lru_cache(maxsize=256)
def difference(before: str, now: str) -> str:
    """What has changed between two texts of :func:`making_of`, in words."""
    old, new = dict(_flat(json.loads(before))), dict(_flat(json.loads(now)))
    names = [n for n in dict.fromkeys([*new, *old]) if old.get(n) != new.get(n)]
    told = [f"{n}: {old.get(n, 'not set')} → {new.get(n, 'not set')}" for n in names]
    more = f" and {len(told) - TOLD} more" if len(told) > TOLD else ""
    return ", ".join(islice(told, TOLD)) + more


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The values in nested dicts by dotted names; those of versions by the package alone."""
    if not isinstance(value, dict):
        plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name.removeprefix("versions."), plain
        return
    for key, item in value.items():
        yield from _flat(item, f"{name}.{key}" if name else key)
