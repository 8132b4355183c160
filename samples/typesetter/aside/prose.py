"""Copy for the pages held aside: the samples' own texts, or any real prose one paragraph a line.

The environment variable DIGITIZE_PROSE names a text file to take passages from; a blank line
divides its documents. For old papers it is turned into traditional characters, which needs opencc
(``pip install opencc``). Without it the stories of samples/texts are used.
"""

from __future__ import annotations

import importlib
import os
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

from ..desk import Desk
from ..stories import Para, Story
from ..wording import DIGITS, han_number, person
from .printable import UnprintableError

VARIABLE = "DIGITIZE_PROSE"
CUT_OUT = "passage"  # the kind of a story whose headline is any words of its text
SHORTEST = 24  # characters: shorter lines of a prose file are its headings and date lines
CLAUSE = re.compile(r"[^，。；：！？、“”‘’「」（）《》…—\s]{6,20}")
NUMBER = re.compile(r"\d+", re.ASCII)
LATIN = {"技术": "AI技术", "公司": "ABC公司", "网络": "5G网络", "价格": "CPI", "经济": "GDP"}
LATIN_SHARE = 0.1  # of the paragraphs of a prose file get a word in Latin letters
OLD_MARKS = str.maketrans({"，": "、", "；": "。", "：": "、", "！": "。", "？": "。"})
OLD_MARKS |= dict.fromkeys(map(ord, "“”‘’「」『』（）《》〈〉—…·"), "")
NO_MARKS = OLD_MARKS | dict.fromkeys(map(ord, "，。、；：！？"), "")
LOST_MARKS = {"all": 1.0, "old": 1.05, "none": 1.2}  # more copy is needed without marks


class Copy(Desk):
    """A copy desk that gives passages of any length."""

    def __init__(self, rng: Random, script: str = "hans") -> None:
        super().__init__(rng, script)
        path = os.environ.get(VARIABLE, "")
        self.pool = prose(path, script) if path else ()
        self.jumble = rng.random() < 0.3
        self.marks = "all"
        self.spare: list[Para] = []

    def passage(self, chars: float, subs: float = 0.0) -> Story:
        """A story of at least `chars` characters; `subs` is how often a section has a heading."""
        return remarked(self._passage(chars * LOST_MARKS[self.marks], subs), self.marks)

    def _passage(self, chars: float, subs: float) -> Story:
        if self.pool:
            return self._from_prose(chars, subs)
        story = self._whole(chars)
        body = [p for p in story.paragraphs if subs > 0 or not p.sub]
        while sum(len(p.text) for p in body) < chars:
            body.append(self._spare_paragraph())
        return replace(story, paragraphs=tuple(body))

    def _whole(self, chars: float) -> Story:
        """A story of the library, none twice on a page."""
        if not self.long:
            raise UnprintableError("no story left")
        enough = [s for s in self.long if s.length >= 0.8 * chars]
        story = self.rng.choice(enough or self.long)
        self.long.remove(story)
        return story

    def _spare_paragraph(self) -> Para:
        """A paragraph of a story that has no place of its own."""
        if not self.spare:
            self.spare = [p for p in self._whole(0).paragraphs if not p.sub][::-1]
        return self.spare.pop()

    def item(self) -> Story:
        """A brief of one paragraph or two."""
        return remarked(self._item(), self.marks)

    def _item(self) -> Story:
        if self.pool:
            story = self._from_prose(40, 0.0)
            return replace(story, kicker="", subtitle="", byline="")
        if self.short:
            return self.short.pop()
        story = self._whole(0)
        body = tuple(p for p in story.paragraphs if not p.sub)[:1]
        return replace(story, paragraphs=body, kicker="", subtitle="", byline="")

    def _from_prose(self, chars: float, subs: float) -> Story:
        rng = self.rng
        at = rng.randrange(len(self.pool))
        body: list[Para] = []
        while sum(len(p.text) for p in body) < chars:
            text = self.pool[at % len(self.pool)]
            if body and rng.random() < subs and len(body) > 1:
                body.append(Para(clause(rng, text), sub=True))
            body.append(Para(latin(rng, text)))
            at = rng.randrange(len(self.pool)) if self.jumble else at + 1
        return Story(
            headline=clause(rng, body[0].text),
            paragraphs=tuple(body),
            kicker=clause(rng, body[-1].text),
            subtitle="——" + clause(rng, body[len(body) // 2].text),
            byline=self.byline(),
            script=self.script,
            kind=CUT_OUT,
        )

    def byline(self) -> str:
        """Who wrote it."""
        rng, name = self.rng, person(self.rng)
        if self.script == "hant":
            return rng.choice(["本報訪員", "本報特派員", "中央社電"])
        other = person(rng)
        return rng.choice(
            [
                f"本报记者　{name}",
                f"本报记者 {name} 通讯员 {other}",
                f"□本报记者　{name}",
                f"记者 {name}、{other}",
                name,
            ]
        )


def remarked(story: Story, marks: str) -> Story:
    """The story with the marks that papers of its time had: all, old (only 、 and 。) or none."""
    if marks == "all":
        return story
    table = OLD_MARKS if marks == "old" else NO_MARKS
    body = (Para(p.text.translate(table).lstrip("、。"), p.sub) for p in story.paragraphs)
    return replace(
        story,
        headline=story.headline.translate(NO_MARKS),
        kicker=story.kicker.translate(NO_MARKS),
        subtitle=story.subtitle.translate(NO_MARKS),
        paragraphs=tuple(p for p in body if p.text),
    )


def clause(rng: Random, text: str) -> str:
    """A run of words without marks, such as a heading could be."""
    found = CLAUSE.findall(text)
    return str(rng.choice(found)) if found else text[:8].strip("，。；：！？、“”（）《》 ")


def latin(rng: Random, text: str) -> str:
    """The text, at times with a word in Latin letters."""
    if rng.random() < LATIN_SHARE:
        for word, put in LATIN.items():
            if word in text[2:]:
                return text.replace(word, put, 1)
    return text


@lru_cache(maxsize=4)
def prose(path: str, script: str) -> tuple[str, ...]:
    """The paragraphs of a text file, in the script asked for."""
    lines = [line.strip() for line in Path(path).read_text("utf8").splitlines()]
    kept = [line for line in lines if len(line) >= SHORTEST and line[-1] in "。！？”"]
    if not kept:
        raise ValueError(f"{VARIABLE}={path} holds no paragraph; give one paragraph a line")
    if script == "hans":
        return tuple(kept)
    return tuple(NUMBER.sub(_han, line) for line in _traditional("\n".join(kept)).split("\n"))


def _han(number: re.Match[str]) -> str:
    """A number as old papers write it, digit by digit from a hundred up."""
    digits = number.group()
    if len(digits) < 3 and int(digits):
        return han_number(int(digits))
    return "".join(DIGITS[int(d)] for d in digits)


def _traditional(text: str) -> str:
    try:
        opencc = importlib.import_module("opencc")
    except ImportError as error:
        raise RuntimeError(
            "old papers from a prose file need opencc: pip install opencc"
        ) from error
    return str(opencc.OpenCC("s2t").convert(text))
