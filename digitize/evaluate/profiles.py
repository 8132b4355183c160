"""Normalisation profiles: which differences between two texts count, under a name.

A profile says what happens to every grapheme cluster before texts are compared. The text itself
is kept beside (see :mod:`digitize.evaluate.normalise`); figures name the profile they hold under.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from digitize.errors import OptionError
from digitize.script.variants import usual_form
from digitize.text import is_han


@dataclass(frozen=True, slots=True)
class Profile:
    """What is taken for the same. ``about`` says it in one line for people."""

    name: str
    about: str
    spaces: bool = False  # white space within a paragraph counts
    typography: bool = True  # widths of forms, kinds of quotes, dashes and dots are one
    variants: bool = False  # traditional and simplified characters and print variants are one
    words_only: bool = False  # punctuation, signs and case do not count

    def fold(self, cluster: str) -> str:
        """What is compared in the place of one grapheme cluster: any number of characters."""
        if not self.spaces and cluster.isspace():
            return ""
        if not self.typography:
            return unicodedata.normalize("NFC", cluster)
        folded = _same_marks(cluster)
        if not self.spaces:
            folded = "".join(folded.split())
        if self.variants:
            folded = "".join(usual_form(c) if is_han(c) else c for c in folded if not _selects(c))
        if self.words_only:
            folded = "".join(c for c in folded.casefold() if unicodedata.category(c)[0] in "LMN")
        return folded


STRICT = Profile(
    "strict", "every character as printed, spaces too; only NFC", spaces=True, typography=False
)
PUNCT = Profile("punct", "NFKC, no white space; quotes, dashes and dots of one kind are the same")
VARIANTS = Profile(
    "variants", "as punct; traditional, simplified and variant characters are one", variants=True
)
LOOSE = Profile(
    "loose", "as variants; punctuation, signs and case do not count", variants=True, words_only=True
)
PROFILES: dict[str, Profile] = {p.name: p for p in (STRICT, PUNCT, VARIANTS, LOOSE)}
DEFAULT = PUNCT


def profile(name: str) -> Profile:
    """The profile called ``name``; OptionError where there is none."""
    if name not in PROFILES:
        raise OptionError(f"no profile is called {name!r}; the profiles are {', '.join(PROFILES)}")
    return PROFILES[name]


# Marks that printers, typists and engines take for each other without a change of meaning.
_KINDS = {
    '"': "“”„‟«»「」『』﹁﹂﹃﹄〝〞〟＂",
    "'": "‘’‚‛＇",
    "-": "‐‑‒–—―─━−﹣－",
    ".": "·•・‧∙⋅･",
    "...": "…⋯",
    "~": "～〜∼",
}
_MARKS = str.maketrans({mark: kind for kind, marks in _KINDS.items() for mark in marks})


def _same_marks(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", cluster.translate(_MARKS))
    return folded.translate(_MARKS)


def _selects(char: str) -> bool:
    """Whether ``char`` only selects one drawing of the character before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
