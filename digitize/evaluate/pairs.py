"""Which file of the one folder belongs to which of the other: by the stem of their names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from digitize.source import natural_key

# What may follow a page's name; several may: NAME.gt.txt, NAME.alto.xml.
_FORMATS = (".json", ".xml", ".hocr", ".html", ".htm", ".md", ".markdown", ".txt")
_MARKS = (".truth", ".ref", ".gt", ".ocr", ".alto", ".page")
_REFERENCE = (".truth", ".ref", ".gt")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Paths that belong together (hypothesis, reference), and those that have no counterpart."""

    found: tuple[tuple[str, str], ...] = ()
    without_reference: tuple[str, ...] = field(default=())
    without_hypothesis: tuple[str, ...] = field(default=())


def stem(path: str) -> str:
    """The name of a page without what tells its format or its part: NAME.ref.txt is NAME."""
    name = PurePath(path).name
    if not name.lower().endswith(_FORMATS):
        return name
    name, _ = os.path.splitext(name)
    base, suffix = os.path.splitext(name)
    while suffix.lower() in _MARKS:  # a name that begins with a dot has no suffix
        name, (base, suffix) = base, os.path.splitext(base)
    return name


def paired(hypotheses: Sequence[str], references: Sequence[str]) -> Pairs:
    """Pair the files of two folders, given as paths within them.

    A page may have several files: of the hypothesis' the one that tells most is taken, of the
    reference's one that is named as a reference. Where folders within the two differ, the stem
    alone decides if it is the only one.
    """
    ours = _best(hypotheses, reference=False)
    theirs = _best(references, reference=True)
    keys = {key: key for key in ours if key in theirs}
    alone, others = _by_stem(set(ours) - set(keys)), _by_stem(set(theirs) - set(keys))
    for name, found in alone.items():
        if len(found) == 1 and len(others.get(name, ())) == 1:
            keys[found[0]] = others[name][0]
    pairs = [(ours[a], theirs[b]) for a, b in keys.items()]
    return Pairs(
        tuple(sorted(pairs, key=lambda pair: natural_key(pair[0]))),
        _sorted(ours[key] for key in ours.keys() - keys.keys()),
        _sorted(theirs[key] for key in theirs.keys() - set(keys.values())),
    )


def is_text(path: str) -> bool:
    """Whether a file is named like one that can be compared."""
    name = PurePath(path).name
    return name.lower().endswith(_FORMATS) and not name.startswith(".")


Key = tuple[str, str]


def _best(paths: Iterable[str], *, reference: bool) -> dict[Key, str]:
    """The file to take for every page: its folder and stem, its path."""
    best: dict[Key, str] = {}
    for path in sorted(paths, key=lambda p: (_rank(p, reference), natural_key(p))):
        best.setdefault((str(PurePath(path).parent), stem(path)), path)
    return best


def _rank(path: str, reference: bool) -> tuple[bool, int]:
    name = PurePath(path).name.lower()
    base, suffix = os.path.splitext(name)
    return base.endswith(_REFERENCE) is not reference, _FORMATS.index(suffix)


def _by_stem(keys: Iterable[Key]) -> Mapping[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key in sorted(keys):
        found.setdefault(key[1], []).append(key)
    return found


def _sorted(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=natural_key))
