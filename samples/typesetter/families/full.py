"""Pages with everything a story can carry, and stories continued on other pages."""

from __future__ import annotations

from dataclasses import replace

from ..extras import put_advert, put_table
from ..flow import capacity
from ..furniture import masthead, page_foot, running_head
from ..geometry import Box, bands, weighted_columns
from ..heads import HeadLook
from ..job import MIDDLE, Job, new_job
from ..sheet import Article, Sheet
from ..stories import Para, Story
from ..story import Hole, Plan, fit_columns, set_block
from ..wording import KICKERS, SUBTITLES, person


def kickers(seed: int, dpi: int) -> Sheet:
    """Kicker, headline, subtitle and byline; names in parentheses at the end; advert and table."""
    job = new_job("kickers", seed, dpi, MIDDLE)
    area = page_foot(job, running_head(job))
    gap = job.em * 2.2
    upper, lower = bands(area, [1.25, 1.0], gap)
    job.rule_across(area, lower.y0 - gap / 2, job.rng.choice(["solid", "double"]))
    _decked(job, upper, 3.8, byline=True)
    left, right = weighted_columns(lower, job.rng.choice([[1.7, 1.0], [1.0, 1.7]]), gap)
    wide, narrow = (left, right) if left.width > right.width else (right, left)
    _decked(job, wide, 2.7, byline=False)
    table, advert = bands(narrow, [1.0, job.rng.uniform(1.0, 1.6)], job.em * 1.4)
    put_table(job, table)
    put_advert(job, advert)
    return job.sheet


def _decked(job: Job, box: Box, size: float, byline: bool) -> None:
    """A story with kicker and subtitle, signed at the head or at the end."""
    rng = job.rng
    story = job.desk.take(0.7 * capacity([box], job.body()))
    story = replace(
        story,
        kicker=story.kicker or rng.choice(KICKERS),
        subtitle=story.subtitle or rng.choice(SUBTITLES),
    )
    count = fit_columns(job, box.width)
    first = rng.randrange(0, count - 1)
    hole = Hole(first, first + 1, rng.choice([0, 7]), 14) if byline else None
    look = HeadLook(size=size, align=rng.choice(["center", "left"]), byline=byline)
    plan = Plan(columns=count, head=look, hole=hole, byline_in_column=byline and rng.random() < 0.4)
    if not byline:
        story = replace(story, byline="")
        plan = replace(plan, tail=f"（{person(rng)}）")
    set_block(job, box, plan, story=story)


def continued(seed: int, dpi: int) -> Sheet:
    """Seeds 2k and 2k+1 are a pair: page 1 with （下转第4版）, and page 4 that takes it up."""
    first, rest = _first_page(seed - seed % 2, dpi)
    if seed % 2 == 0:
        return first.sheet
    job = new_job("continued", seed - 1, dpi, MIDDLE)
    job.sheet.seed = seed
    # What page 1 used is gone from its desk.
    job.desk = first.desk
    area = page_foot(job, running_head(job, "04"))
    gap = job.em * 2.2
    upper, lower = bands(area, [1.0, 1.15], gap)
    job.rule_across(area, lower.y0 - gap / 2)
    look = HeadLook(size=2.6, lines=1, align="left", byline=False)
    plan = Plan(columns=fit_columns(job, area.width), head=look, continued_from="第1版")
    set_block(job, upper, plan, story=rest)
    _plain(job, lower)
    return job.sheet


def _first_page(seed: int, dpi: int) -> tuple[Job, Story]:
    """Page 1, and what is left of its lead story."""
    job = new_job("continued", seed, dpi, MIDDLE)
    area = page_foot(job, masthead(job))
    gap = job.em * 2.2
    upper, lower = bands(area, [1.0, 0.95], gap)
    job.rule_across(area, lower.y0 - gap / 2)
    chars = 1.15 * capacity([upper], job.body())
    story = job.desk.lengthen(job.desk.take(chars), chars)
    look = HeadLook(size=job.rng.uniform(3.6, 4.4))
    count = fit_columns(job, area.width)
    hole = Hole(count - 2, count - 1, 0, 11)
    plan = Plan(columns=count, head=look, hole=hole, continued_on="第4版", jump=True, stretch=False)
    article = set_block(job, upper, plan, story=story)
    _plain(job, lower)
    return job, replace(story, paragraphs=_rest(story, article), kicker="", subtitle="")


def _rest(story: Story, article: Article) -> tuple[Para, ...]:
    """The paragraphs that page 1 did not set, the first perhaps beginning in mid-sentence."""
    done = len(article.paragraphs)
    last = article.paragraphs[-1].text
    remainder = story.paragraphs[done - 1].text[len(last) :].strip()
    head = (Para(remainder),) if remainder else ()
    return head + story.paragraphs[done:]


def _plain(job: Job, box: Box) -> None:
    gap = job.em * 2.2
    left, right = weighted_columns(box, [1.0, job.rng.uniform(0.7, 1.2)], gap)
    job.rule_down(right.x0 - gap / 2, box.y0, box.y1)
    for part in (left, right):
        look = HeadLook(size=job.rng.uniform(2.2, 2.8))
        plan = Plan(columns=fit_columns(job, part.width), head=look)
        set_block(job, part, plan)
