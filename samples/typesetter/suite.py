"""A suite of faces for one page: what body, headlines, bylines and captions are set in."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .fonts import Face, face

BODY = {
    "hans": ["uming-cn", "serif-sc", "gbsn", "uming-cn", "gbsn", "serif-sc", "zenhei", "ukai-cn"],
    "hant": ["uming-tw", "serif-tc", "fangsong", "uming-tw"],
}
HEAD = {
    "hans": ["serif-sc-bold", "sans-sc-bold", "serif-sc-bold", "zenhei", "sans-sc-bold"],
    "hant": ["serif-tc-bold", "sans-tc-bold", "serif-tc-bold"],
}
SECOND = {
    "hans": ["sans-sc-bold", "wenkai-bold", "serif-sc-bold", "ukai-cn"],
    "hant": ["serif-tc-bold", "ukai-tw", "sans-tc-bold"],
}
KAI = {"hans": ["ukai-cn", "gkai", "wenkai"], "hant": ["ukai-tw"]}
SANS = {"hans": ["sans-sc", "microhei"], "hant": ["sans-tc"]}
SUB = {"hans": ["sans-sc-bold", "serif-sc-bold", "zenhei"], "hant": ["serif-tc-bold"]}


@dataclass(frozen=True)
class Suite:
    """The faces of a page."""

    script: str
    body: Face
    head: Face
    second: Face
    kai: Face
    sans: Face
    sub: Face


def choose_suite(rng: Random, script: str = "hans") -> Suite:
    """Faces at random, as one newspaper would combine them."""
    return Suite(
        script=script,
        body=face(rng.choice(BODY[script])),
        head=face(rng.choice(HEAD[script])),
        second=face(rng.choice(SECOND[script])),
        kai=face(rng.choice(KAI[script])),
        sans=face(rng.choice(SANS[script])),
        sub=face(rng.choice(SUB[script])),
    )
