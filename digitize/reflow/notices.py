"""What page furniture says: how much of a text is date, page number, credits, imprint, contact.

A text is read part by part; what was recognised is masked, so that no other pattern reads it as
well. ``Notice.share`` tells furniture from a sentence that merely mentions an editor, a hot line or
a day: of furniture, little is left over.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from digitize.model import Credit
from digitize.reflow import dates, editors, folios, wording

MAX_TEXT = 600  # characters: an imprint may run across the whole foot of the page
MAX_TURNED = 40  # characters of a row that is tried from the right as well
KINDS = ("date", "editors", "folio", "imprint", "contact", "ornament")


@dataclass(frozen=True, slots=True)
class Notice:
    """A text as furniture reads it.

    ``share``: of its letters and digits that were recognised. ``rest``: the words left over.
    ``strong``: it says what only a page's furniture says (a full date, the people who made the
    page, a page number, an issue).
    """

    text: str
    kinds: frozenset[str]
    share: float
    rest: tuple[str, ...]
    strong: bool
    folio: str = ""
    bare_folio: bool = False  # the page number is a number and no more
    credits: tuple[Credit, ...] = ()

    @property
    def kind(self) -> str | None:
        """The one kind to call it by."""
        return next((kind for kind in KINDS if kind in self.kinds), None)


class _Masking:
    """A text whose recognised parts are blotted out one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: set[str] = set()

    def blot(self, start: int, end: int, kind: str) -> None:
        self.text = self.text[:start] + wording.MASK * (end - start) + self.text[end:]
        self.kinds.add(kind)


def normal(text: str) -> str:
    """``text`` in the form in which furniture is read: NFKC, one kind of bar between parts."""
    return unicodedata.normalize("NFKC", text).translate(wording.BARS)


def is_ornament(text: str) -> bool:
    """Whether ``text`` is a rule of dots, dashes or stars."""
    return wording.ORNAMENT.fullmatch(text) is not None


def is_turn(text: str) -> bool:
    """Whether ``text`` leads to another page of the paper."""
    return wording.TURN.search(normal(text)) is not None


def either_way(text: str) -> Notice:
    """:func:`read`, from the right where that says more: rows of old papers ran to the left."""
    notice = read(text)
    if notice.strong or len(text) > MAX_TURNED or not wording.TURNED.search(text):
        return notice
    turned = read(text[::-1])
    return turned if turned.strong and turned.share > notice.share else notice


@lru_cache(maxsize=4096)
def read(text: str) -> Notice:
    """What ``text`` says as furniture."""
    plain = normal(text)
    if len(plain) > MAX_TEXT or is_turn(plain):
        return Notice(plain, frozenset(), 0.0, (), strong=False)
    if is_ornament(text):
        return Notice(plain, frozenset({"ornament"}), 1.0, (), strong=False)
    masking = _Masking(plain)
    strong = _dates(masking)
    for kind, pattern in wording.PARTS:
        for match in list(pattern.finditer(masking.text)):
            if not match.group():
                continue
            strong |= wording.OWN.search(match.group()) is not None
            masking.blot(*match.span(), kind)
    people = _people(masking)
    strong |= any(line.sure for line in people)
    folio = _folio(masking)
    strong |= _whole(masking)
    if masking.kinds & {"date", "folio"}:
        for match in wording.YEAR.finditer(masking.text):
            masking.blot(*match.span(), "folio" if "folio" in masking.kinds else "date")
    letters = sum(map(str.isalnum, plain))
    left = sum(map(str.isalnum, masking.text))
    share = 1 - left / letters if letters else 0.0
    strong |= folio is not None and not folio.bare
    page = folio.page if folio else ""
    bare = folio is not None and folio.bare
    kinds = frozenset(masking.kinds)
    names = tuple(credit for line in people for credit in line.credits)
    return Notice(plain, kinds, share, _rest(masking.text), strong, page, bare, names)


def _dates(masking: _Masking) -> bool:
    """Mask dates and days of the week; whether there is a full date."""
    full = False
    for date in sorted(dates.find(masking.text), key=lambda d: d.doubt):
        if wording.MASK in masking.text[date.start : date.end]:
            continue
        if date.doubt is dates.Doubt.NONE or date.iso:
            masking.blot(date.start, date.end, "date")
            full |= bool(date.iso) and date.doubt is not dates.Doubt.MUCH
    for start, end in dates.weekday_spans(masking.text):
        masking.blot(start, end, "date")
    return full


def _people(masking: _Masking) -> tuple[editors.Line, ...]:
    lines = editors.find(masking.text)
    for line in lines:
        masking.blot(line.start, line.end, "editors")
    return lines


def _folio(masking: _Masking) -> folios.Folio | None:
    """Mask the page number; the first, and one that says what it is before a mere number."""
    found = folios.find(masking.text)
    for folio in found:
        masking.blot(folio.start, folio.end, "folio")
    if found:
        return found[0]
    bare = folios.bare(masking.text.replace(wording.MASK, " "))
    if bare is not None:
        masking.blot(bare.start, bare.end, "folio")
    return bare


def _whole(masking: _Masking) -> bool:
    """Mask labels and numbers that are furniture only where they are all of the text.

    Whether a label is the paper's own.
    """
    text = masking.text.replace(wording.MASK, " ")
    own = False
    if wording.LABELS.fullmatch(text) or wording.NUMBER.fullmatch(text):
        masking.blot(0, len(text), "contact")
        own = wording.OWN.search(text) is not None
    elif wording.SKY.fullmatch(text):
        masking.blot(0, len(text), "imprint")
    elif wording.MONTH.fullmatch(text.strip()):
        masking.blot(0, len(text), "date")
    spans = editors.posts(masking.text)
    if spans and sum(end - start for start, end in spans) >= len("".join(text.split())) - 1:
        for start, end in spans:
            masking.blot(start, end, "editors")
    return own


def _rest(masked: str) -> tuple[str, ...]:
    """The words between what was recognised; widely spaced characters make one word."""
    words: list[str] = []
    for part in wording.BETWEEN.sub(wording.MASK, masked).split(wording.MASK):
        pieces = part.split()
        if pieces and all(len(piece) == 1 for piece in pieces):
            pieces = ["".join(pieces)]
        words += (piece.strip("-—–_~=.、…·•") for piece in pieces)
    return tuple(word for word in words if word)
