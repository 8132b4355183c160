"""Order, paragraphs, articles, asides: figures about structure and not about characters."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from evaluation import document, in_lines, sample_paragraphs, shuffled
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.evaluate import PROFILES, Profile, compare
from digitize.evaluate.context import excerpts
from digitize.evaluate.document import Document, TextArticle, TextParagraph
from digitize.evaluate.figures import Figures, total
from digitize.evaluate.record import page_record
from digitize.evaluate.result import PageComparison
from digitize.evaluate.sequence import discordant_pairs, heaviest_increasing

STORY = [
    "本市昨天召开会议，部署今年的防汛工作，要求各部门做好准备。",
    "气象台的专家介绍，入夏以来的降雨量比往年多出了三成。",
    "水务集团已经检修了全部泵站，并在低洼处备好了沙袋。",
    "市民如果发现井盖移位，可以随时拨打服务热线报告。",
]
OTHER = [
    "城东的菜市场重新开张，摊位从八十个增加到一百二十个。",
    "经营蔬菜的老李说，搬回来以后生意比从前好了不少。",
    "市场里新设了检测室，每天早晨公布农药残留的结果。",
]


def figures(hypothesis: Document, reference: Document) -> Figures:
    return compare(hypothesis, reference).figures


@given(st.permutations(range(9)))
def test_discordant_pairs(keys: list[int]) -> None:
    expected = sum(keys[i] > keys[j] for i in range(9) for j in range(i + 1, 9))
    assert discordant_pairs([10 * key for key in keys]) == expected


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_the_heaviest_part_in_order(keys: list[int], weights: list[int]) -> None:
    found = heaviest_increasing(keys, weights)
    assert all(a < b and keys[a] < keys[b] for a, b in pairwise(found))
    best = [0] * 7
    for i in range(7):
        best[i] = weights[i] + max((best[j] for j in range(i) if keys[j] < keys[i]), default=0)
    assert sum(weights[i] for i in found) == max(best)


def test_in_order() -> None:
    order = figures(document(STORY, OTHER), document(STORY, OTHER)).order
    assert order.rates == {"tau": 1.0, "successors": 1.0, "lines_found": 1.0}
    assert order.moves == 0


def test_backwards() -> None:
    words = sample_paragraphs()
    order = figures(document(words[::-1]), document(words)).order
    assert order.rates["tau"] is not None
    assert order.rates["tau"] < -0.7  # lines within a paragraph stay in order
    assert order.moves >= 8


def test_articles_in_another_order_keep_their_successors() -> None:
    order = figures(document(OTHER, STORY), document(STORY, OTHER)).order
    assert order.rates["successors"] == 1
    assert order.rates["tau"] is not None
    assert order.rates["tau"] < 0.5
    assert order.moves == 1


def test_one_paragraph_moved_hardly_changes_the_successors() -> None:
    words = sample_paragraphs()
    order = figures(document([*words[1:], words[0]]), document(words)).order
    assert order.rates["successors"] is not None
    assert order.rates["successors"] > 0.95
    assert order.moves == 1


def test_nothing_found() -> None:
    order = figures(document(OTHER), document(STORY)).order
    assert (order.matched, order.rates["tau"], order.rates["successors"]) == (0, None, None)


@pytest.mark.parametrize(
    ("hypothesis", "states"),
    [
        (STORY, "exact exact exact exact"),
        ([STORY[0][:14], STORY[0][14:], *STORY[1:]], "split exact exact exact"),
        ([STORY[0] + STORY[1], *STORY[2:]], "merged merged exact exact"),
        ([STORY[0][:14], STORY[0][14:] + STORY[1], *STORY[2:]], "recut merged exact exact"),
        ([STORY[0], STORY[2], STORY[3]], "exact missing exact exact"),
        ([STORY[0][:-2] + "某某", *STORY[1:]], "exact exact exact exact"),
        ([STORY[0][:-8] + "某某某某某某某某", *STORY[1:]], "altered exact exact exact"),
        ([*STORY[::-1], "天气预报说明天全市多云转晴，气温回升。"], "exact exact exact exact"),
    ],
)
def test_what_became_of_the_paragraphs(hypothesis: list[str], states: str) -> None:
    page = compare(document(hypothesis), document(STORY))
    assert " ".join(str(p.state) for p in page.reference.paragraphs) == states
    counts = page.figures.paragraphs
    assert counts.exact == states.count("exact")
    assert counts.split == states.count("split") + states.count("recut")
    assert counts.merged == states.count("merged") + states.count("recut")
    assert counts.missing == states.count("missing")
    invented = [p.text for p in page.hypothesis.paragraphs if p.invented]
    assert counts.invented == len(invented) == ("天气" in "".join(hypothesis))


def test_headings_run_into_the_text_make_it_merged() -> None:
    long = STORY[0] + STORY[1]
    page = compare(document(["防汛备汛" + long]), document(["防汛备汛", long]))
    assert page.reference.paragraphs[1].state == "exact"  # four characters of sixty
    page = compare(document(["防汛备汛" + STORY[0]]), document(["防汛备汛", STORY[0]]))
    assert page.reference.paragraphs[1].state == "merged"


def test_short_paragraphs_and_headlines_are_not_counted() -> None:
    headline = TextParagraph("一个长度超过十五个字的大标题也不算在段落里", "headline")
    reference = Document(
        "r",
        "truth",
        (TextArticle("a", (headline, TextParagraph("短句。"), TextParagraph(STORY[0]))),),
    )
    assert figures(document(["短句。", STORY[0]]), reference).paragraphs.reference == 1


def test_cut_paragraphs_rejoined() -> None:
    cut = [TextParagraph(text, cut=i < 2) for i, text in enumerate(STORY)]
    reference = Document("r", "truth", (TextArticle("a", tuple(cut)),))
    counts = figures(document([STORY[0], STORY[1][:12], STORY[1][12:], *STORY[2:]]), reference)
    assert (counts.paragraphs.cut, counts.paragraphs.rejoined) == (2, 1)
    assert counts.paragraphs.rates["rejoined"] == 0.5


def test_articles_as_they_are() -> None:
    found = figures(document(OTHER, STORY), document(STORY, OTHER)).articles
    assert found is not None
    assert (found.reference, found.hypothesis, found.matched) == (2, 2, 2)
    assert set(found.rates.values()) == {1.0}


def test_articles_run_together() -> None:
    found = figures(document([*STORY, *OTHER]), document(STORY, OTHER)).articles
    assert found is not None
    longer, both = sum(map(len, STORY)), sum(map(len, STORY + OTHER))
    assert found.matched == 1
    assert found.rates["coverage"] == 1.0
    assert found.rates["purity"] == pytest.approx(longer / both)
    assert found.rates["f1"] == pytest.approx(longer / both)


def test_an_article_torn_in_two() -> None:
    found = figures(document(STORY[:2], STORY[2:], OTHER), document(STORY, OTHER)).articles
    assert found is not None
    assert found.rates["purity"] == 1.0
    coverage = found.rates["coverage"]
    assert coverage is not None
    assert coverage < 1
    assert found.hypothesis == 3


def test_articles_are_not_told_of_an_undivided_reference() -> None:
    assert figures(document(STORY), document(STORY, OTHER, divided=False)).articles is None


def with_asides(*, aside: tuple[str, ...] = (), furniture: tuple[str, ...] = ()) -> Document:
    paragraphs = tuple(TextParagraph(text) for text in STORY)
    return Document("r", "truth", (TextArticle("a", paragraphs),), True, aside, furniture)


CAPTION = "图为水务集团的工人在泵站检修设备。本报记者摄"


@pytest.mark.parametrize("place", range(5))
def test_a_caption_may_be_there_or_not(place: int) -> None:
    reference = with_asides(aside=(CAPTION,))
    with_caption = [*STORY[:place], CAPTION[:-4] + "木报记者摄", *STORY[place:]]
    for hypothesis in (STORY, with_caption):
        page = compare(document(hypothesis), reference)
        assert page.figures.characters.errors <= 1
        assert page.figures.paragraphs.invented == 0
    assert compare(document(with_caption), with_asides()).figures.characters.errors >= 20


def test_a_caption_that_repeats_its_story_takes_nothing_from_it() -> None:
    caption = STORY[2][:13]
    page = compare(document(STORY), with_asides(aside=(caption,)))
    assert page.figures.characters.errors == 0


def test_furniture_in_the_text_is_told_of() -> None:
    reference = with_asides(furniture=("河西都市报", "责编：王小明 电话：5556677", "A03"))
    page = compare(document(["河西都市报", *STORY, "责编：王小明电话：5556677"]), reference)
    assert page.figures.furniture is not None
    assert (page.figures.furniture.known, page.figures.furniture.leaked) == (2, 2)
    assert page.leaked == ("河西都市报", "责编：王小明 电话：5556677")
    assert page.figures.characters.errors > 15  # it stays in, as inserted text
    clean = compare(document(STORY), reference)
    assert clean.leaked == ()
    assert clean.figures.furniture is not None
    assert clean.figures.furniture.rates["leaked"] == 0


def test_a_paper_s_name_in_a_story_is_no_furniture() -> None:
    story = ["河西都市报的记者昨天在现场看到，水位已经回落到警戒线以下。"]
    paragraphs = (TextParagraph(story[0]),)
    reference = Document("r", "truth", (TextArticle("a", paragraphs),), furniture=("河西都市报",))
    assert compare(document(story), reference).leaked == ()


def moved_text(page: PageComparison) -> list[str]:
    return [d.found for d in page.differences if d.kind == "moved"]


def test_moved_text_is_shown_as_moved_once() -> None:
    page = compare(document([*OTHER, *STORY]), document([*STORY, *OTHER]))
    assert moved_text(page) == ["\n".join(OTHER)]
    assert {block.move for block in page.blocks} == {None, 0}


def test_of_equal_paragraphs_the_one_in_its_place_is_taken() -> None:
    reference = ["（记者 王小明）", *STORY[:2], "（记者 王小明）", *STORY[2:], "（记者 王小明）"]
    assert compare(document(reference), document(reference)).differences == ()
    without = reference[:3] + reference[4:]
    page = compare(document(without), document(reference))
    assert moved_text(page) == []
    assert [(d.kind, d.reference and d.reference.paragraph) for d in page.differences] == [
        ("omitted", 3)
    ]


def test_garbled_text_in_its_place_is_substituted() -> None:
    page = compare(
        document([STORY[0], "囗囗囗囗囗", STORY[1]]), document([STORY[0], "防汛备汛会", STORY[1]])
    )
    assert [(d.kind, d.expected, d.found) for d in page.differences] == [
        ("substituted", "防汛备汛会", "囗囗囗囗囗")
    ]


def test_lines_in_the_wrong_column_are_moves() -> None:
    words = sample_paragraphs()
    lines = in_lines(words, 30)
    page = compare(document(shuffled(lines)), document(words))
    assert page.figures.characters.order_free_errors == 0
    assert page.figures.order.moves > 20
    other = [d.expected + d.found for d in page.differences if d.kind != "moved"]
    assert sum(map(len, other)) <= 2  # where two lines go on with the same character


ANY = st.lists(st.lists(st.text(max_size=30), max_size=4), max_size=3)


@settings(deadline=None)
@given(ANY, ANY, ANY, st.sampled_from(list(PROFILES.values())))
def test_nothing_that_texts_hold_is_too_much(
    ours: list[list[str]], theirs: list[list[str]], extra: list[list[str]], profile: Profile
) -> None:
    reference = document(*ours)
    more = tuple(text for texts in extra for text in texts)
    reference = replace(reference, aside=more[::2], furniture=more[1::2])
    page = compare(document(*theirs), reference, profile)
    data = json.loads(json.dumps(page_record(page)))
    assert data["name"] == "page"
    characters = page.figures.characters
    assert characters.order_errors <= characters.errors
    for item in page.differences:
        for side, place, text in (
            (page.reference, item.reference, item.expected),
            (page.hypothesis, item.hypothesis, item.found),
        ):
            if place is not None and item.kind != "moved":
                assert side.paragraphs[place.paragraph].text[place.start : place.end] == text
    assert list(excerpts(page)) or not page.differences


def test_figures_add_up() -> None:
    pages = [figures(document(STORY), document(STORY, OTHER)) for _ in range(3)]
    both = total(pages)
    assert both.characters.errors == 3 * pages[0].characters.errors
    assert both.characters.rates == pages[0].characters.rates
    assert both.paragraphs.missing == 3 * len(OTHER)
    assert both.articles is not None
    assert both.articles.reference == 6
    assert both.furniture is None
    assert total([]).characters.rates["cer"] is None
