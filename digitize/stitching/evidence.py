"""What speaks for one article being the rest of another, in points that add up.

A point is about a nat: the weights are those of a naive Bayes decision set by hand, the text's from
the figures in :mod:`topics`. Page numbers count between pages of one issue only, so that the page 1
of one day never leads to the page 4 of the next; across issues nothing but headlines can link, as
where a date was misread.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from digitize.model import TurnLine
from digitize.reflow.continuity import Continuity
from digitize.reflow.page_numbers import codes, parsed
from digitize.reflow.turn_forms import find
from digitize.stitching.model import Ends, Number, Part, Place
from digitize.stitching.topics import likeness
from digitize.text import ends_sentence

# The issue.
SAME_FILE = 2.0
SAME_SERIES = 1.5
SAME_FOLDER = 0.5
OTHER_SERIES = -3.0
OTHER_FOLDER = -3.0
SAME_DATE, OTHER_DATE = 1.5, -4.0
SAME_PAPER, OTHER_PAPER = 0.5, -1.0
FOREIGN = -2.0  # at most this: not the same issue
# Pages of one issue are near each other in a run, the rest of a story behind its beginning.
DISTANCE, FARTHEST, BEHIND = -0.15, -2.0, 0.3
PAPER_LIKE = 0.5  # names in large brush strokes are read badly

# The page that the turn line names; a number that merely stands in a file's name says less.
RIGHT_PAGE, RIGHT_PAGE_MAYBE = 3.0, 1.5
WRONG_PAGE, WRONG_PAGE_MAYBE = -6.0, -0.5

# The two turn lines, and the words.
BOTH_ENDS, ONE_END = 1.0, -1.0
SAME_HEADLINE, LIKE_HEADLINE, NAMED = 6.0, 3.0, 3.0
SAME, LIKE = 0.9, 0.6  # of the characters of two headlines
FEWEST = 4  # characters of a headline that can be compared
NO_LABEL = 6  # characters of one that is no label such as 读者来信, which comes again every day
NAMED_SECTION = 1.0
TOPIC_NONE, TOPIC_STEP = 0.03, 0.035  # cosine that says nothing, and that is worth a point
TOPIC_LEAST, TOPIC_MOST = -0.5, 2.5
LANGUAGE_LEAST, LANGUAGE_MOST = -1.5, 2.0
# (ends a sentence, starts set in) of the break; open ends fit starts that are not set in.
STATE = {
    (False, False): 1.0,
    (False, None): 0.5,
    (False, True): 0.0,  # a rest is often set in, whatever it begins with
    (True, True): 0.5,
    (True, None): 0.0,
    (True, False): -0.5,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points by what they are for. ``words`` are the headlines' and names'."""

    issue: float
    numbers: float
    turns: float
    words: float
    text: float

    @property
    def value(self) -> float:
        """All together."""
        return self.issue + self.numbers + self.turns + self.words + self.text

    @property
    def why(self) -> str:
        """What speaks for it, in words."""
        named = (
            ("page numbers", self.numbers),
            ("headline", self.words),
            ("text", self.text),
            ("same issue", self.issue),
        )
        return ", ".join(name for name, points in named if points > 0)


def kinship(a: Place, b: Place) -> float:
    """Whether two pages are of one issue; up to FOREIGN they are not."""
    dated = bool(a.date and b.date)
    score = 0.0
    if dated:
        score += SAME_DATE if a.date == b.date else OTHER_DATE
    if a.paper and b.paper:
        score += SAME_PAPER if _alike(a.paper, b.paper) >= PAPER_LIKE else OTHER_PAPER
    if a.path == b.path:
        return score + SAME_FILE
    if a.folder != b.folder:
        return score + (0.0 if dated else OTHER_FOLDER)
    if a.series == b.series:
        return score + SAME_SERIES
    counted = a.number is None and b.number is None
    differ = _differing_numbers(a.series, b.series)
    if differ == 0 or (differ == 1 and counted):
        return score + SAME_FOLDER
    return score + (0.0 if dated else OTHER_SERIES)


def _differing_numbers(a: str, b: str) -> int:
    """In how many numbers two names differ; 0 where they differ in words only."""
    one, two = _numbers(a), _numbers(b)
    if len(one) != len(two):
        return abs(len(one) - len(two)) + 1
    return sum(x != y for x, y in zip(one, two, strict=True))


def _numbers(name: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in name).split()


def of_pair(
    before: tuple[Place, Part],
    after: tuple[Place, Part],
    issue: float,
    continuity: Continuity,
) -> Evidence:
    """What speaks for the part ``after`` being the rest of ``before``; ``issue``: their kinship."""
    (place, part), (there, rest) = before, after
    words = max(
        _named(part.turn_on, rest, there),
        _named(rest.turn_from, part, place),
        _headlines(part.headline, rest.headline),
    )
    numbers = _numbers_fit(part.turn_on, there.number, rest.turn_from, place.number)
    foreign = issue <= FOREIGN
    silent = foreign and not words  # the text alone links no issues
    return Evidence(
        issue + _nearness(there.index - place.index),
        min(0.0, numbers) if foreign else numbers,
        BOTH_ENDS if part.turn_on and rest.turn_from else ONE_END,
        words,
        0.0 if silent else _topic(part, rest) + at_break(part.ends, rest.ends, continuity),
    )


def _numbers_fit(
    on: TurnLine | None, there: Number | None, back: TurnLine | None, here: Number | None
) -> float:
    """Points for both pages; one that is surely another page outweighs the other."""
    points = (page_points(on, there), page_points(back, here))
    return WRONG_PAGE if WRONG_PAGE in points else sum(points)


def _nearness(pages: int) -> float:
    """Points for a rest that is so many pages of the run behind the beginning."""
    return max(FARTHEST, DISTANCE * abs(pages)) + (BEHIND if pages > 0 else 0.0)


def page_points(turn: TurnLine | None, number: Number | None) -> float:
    """Points for a page of that number being the one that the turn line names."""
    if turn is None or number is None:
        return 0.0
    values = _pages(turn)
    if not values:
        return 0.0
    if (number.section, number.value) in values:
        return RIGHT_PAGE if number.sure else RIGHT_PAGE_MAYBE
    loose = any(value == number.value and not (s and number.section) for s, value in values)
    if loose:
        return RIGHT_PAGE_MAYBE
    return WRONG_PAGE if number.sure else WRONG_PAGE_MAYBE


@lru_cache(maxsize=4096)
def _pages(turn: TurnLine) -> tuple[tuple[str, int], ...]:
    found = find(turn.text)
    named = [parsed(code) for code in (found.pages if found else codes(turn.page))]
    return tuple(page for page in named if page is not None)


@lru_cache(maxsize=4096)
def _name(turn: TurnLine) -> str:
    found = find(turn.text)
    return found.name if found else ""


def _named(turn: TurnLine | None, other: Part, there: Place) -> float:
    """Points for what the turn line names besides the page: the headline there, or the section."""
    name = _name(turn) if turn is not None else ""
    if not name:
        return 0.0
    if _alike(name, other.headline) >= LIKE or _within(name, other.headline):
        return NAMED
    return NAMED_SECTION if name == there.section else 0.0


def _headlines(a: str, b: str) -> float:
    if min(len(a), len(b)) < FEWEST:
        return 0.0
    alike = _alike(a, b)
    if alike >= SAME and min(len(a), len(b)) >= NO_LABEL:
        return SAME_HEADLINE
    return LIKE_HEADLINE if alike >= LIKE or _within(a, b) or _within(b, a) else 0.0


def _within(part: str, whole: str) -> bool:
    return len(part) >= FEWEST and part in whole


def _alike(a: str, b: str) -> float:
    """The share of characters that two short texts have in common, in order."""
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    quick = matcher.real_quick_ratio() >= PAPER_LIKE and matcher.quick_ratio() >= PAPER_LIKE
    return matcher.ratio() if quick else 0.0


def _topic(part: Part, rest: Part) -> float:
    like = likeness(part.topics, rest.topics)
    if like is None:
        return 0.0
    return max(TOPIC_LEAST, min(TOPIC_MOST, (like - TOPIC_NONE) / TOPIC_STEP))


def at_break(before: Ends, after: Ends, continuity: Continuity) -> float:
    """Points for the text of ``after`` going on where ``before`` breaks off."""
    if not (before.ends_with_text and after.starts_with_text):
        return 0.0
    ended = ends_sentence(before.tail)
    points = STATE[ended, after.indented]
    if not ended:
        said = continuity.score(before.tail, after.head)
        points += max(LANGUAGE_LEAST, min(LANGUAGE_MOST, said))
    return points
