"""Which article goes on in which, over the pages of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from random import Random

import made_issue as made
import pytest
from linked_pages import Hears, chain, document, linked, named, pairs
from made_issue import head, page, text

from digitize import stitching
from digitize.formats import to_text
from digitize.geometry import WritingMode, from_canonical
from digitize.model import Article, Half, Masthead, PageResult, Role
from digitize.reflow import reflow
from digitize.stitching import Links, ref


def told(links: Links) -> tuple[str, ...]:
    return tuple(loose.message for loose in links.unresolved)


def test_a_pair_is_linked_and_both_ends_are_named() -> None:
    results = (made.front(), made.fourth())
    links = linked(*results)
    assert pairs(links) == [("n0#a1", "n1#a2")]
    assert links.unresolved == ()
    first, fourth = (stitching.marked(r, n, links) for n, r in named(results).items())
    assert [(a.continued_from, a.continued_on) for a in first.articles] == [
        (None, "n1#a2"),
        (None, None),
    ]
    assert [(a.continued_from, a.continued_on) for a in fourth.articles] == [
        (None, None),
        ("n0#a1", None),
    ]
    assert to_text(first) == to_text(results[0])
    assert to_text(fourth) == to_text(results[1])


@pytest.mark.parametrize("printed", [("第一版", "第四版"), ("", "")])
def test_both_pages_of_a_double_page_are_linked(printed: tuple[str, str]) -> None:
    left, right = (Masthead(page=page) for page in printed)

    def on(result: PageResult, half: Half) -> PageResult:
        return replace(result, source=replace(result.source, half=half))

    first = on(made.front("in/sheet-5.png", left), Half.LEFT_FIRST)
    second = on(made.fourth("in/sheet-5.png", right), Half.RIGHT_SECOND)
    assert pairs(linked(first, second)) == [("n0#a1", "n1#a2")]


def canal_rest(path: str = "in/p4.png", turn: str = "（上接第一版）") -> PageResult:
    return page(path, [turn, *text(made.CANAL_REST, indent=False), *text(made.CANAL_LAST)])


def two_cut(path: str, turns: Sequence[str]) -> PageResult:
    """A page with two stories that go on elsewhere."""
    return page(
        path,
        [*head(made.CANAL), *text(made.CANAL_FIRST), *text(made.CANAL_CUT, end=turns[0])],
        [*head(made.ORCHARD), *text(made.ORCHARD_FIRST), *text(made.ORCHARD_CUT, end=turns[1])],
    )


def two_rests(path: str, *, swapped: bool, titles: Sequence[str] = ("", "")) -> PageResult:
    """A page with two rests without headlines."""
    canal = [f"（上接第一版{titles[0]}）", *text(made.CANAL_REST, indent=False)]
    orchard = [f"（上接第一版{titles[1]}）", *text(made.ORCHARD_REST, indent=False)]
    blocks = [[*canal, *text(made.CANAL_LAST)], [*orchard, *text(made.ORCHARD_FIRST)]]
    return page(path, *(blocks[::-1] if swapped else blocks), [*head(made.FERRY), *text("船。")])


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_rests_on_a_page_the_text_decides(swapped: bool) -> None:
    first = two_cut("in/p1.png", ["（下转第四版）", "（下转第四版）"])
    rests = two_rests("in/p4.png", swapped=swapped)
    assert [a.turn_from is not None for a in rests.articles].count(True) == 2
    links = linked(first, rests)
    whole = dict(pairs(links))
    texts = {ref("n1", a.id): a.paragraphs[1].text for a in rests.articles if a.turn_from}
    assert texts[whole["n0#a1"]] == made.CANAL_REST
    assert texts[whole["n0#a2"]] == made.ORCHARD_REST


def test_each_turn_line_leads_to_its_page() -> None:
    first = two_cut("in/p1.png", ["（下转第三版）", "（下转第二版）"])
    second = page("in/p2.png", ["（上接第一版）", *text(made.SCHOOL_TEXT, indent=False)])
    third = page("in/p3.png", ["（上接第一版）", *text(made.FERRY_TEXT, indent=False)])
    assert pairs(linked(first, second, third)) == [("n0#a1", "n2#a1"), ("n0#a2", "n1#a1")]


def test_the_headline_that_the_turn_line_names_decides() -> None:
    first = two_cut("in/p1.png", ["（下转第四版）", "（下转第四版）"])
    first = replace(first, articles=tuple(_without_text(a) for a in first.articles))
    rests = two_rests(
        "in/p4.png", swapped=False, titles=(f"《{made.CANAL}》", f"《{made.ORCHARD}》")
    )
    assert pairs(linked(first, rests)) == [("n0#a1", "n1#a1"), ("n0#a2", "n1#a2")]


def _without_text(article: Article) -> Article:
    """The article with nothing but its head, so that its text can tell nothing."""
    kept = (p for p in article.paragraphs if p.role is not Role.BODY)
    return replace(article, paragraphs=tuple(kept))


def test_what_fits_equally_well_is_told_and_not_guessed() -> None:
    first = two_cut("in/p1.png", ["（下转第四版）", "（下转第四版）"])
    first = replace(first, articles=tuple(_without_text(a) for a in first.articles))
    links = linked(first, two_rests("in/p4.png", swapped=False))
    assert links.links == ()
    assert len(links.unresolved) == 4
    assert links.unresolved[0].message == (
        f"in/p1.png: 《{made.CANAL}》（下转第四版）: several articles fit equally well; nothing was"
        " linked"
    )


def test_language_decides_where_nothing_else_does() -> None:
    cut = "校长说新校舍的窗子很大，从前的旧校舍一到下雨天就漏水，如今学生都能坐在明亮的"
    turn = "（下转第四版）"
    first = page(
        "in/p1.png",
        [*head(made.FERRY), *text(cut, end=turn)],
        [*head(made.SCHOOL), *text(cut[:-2] + "干净", end=turn)],
    )
    rests = page(
        "in/p4.png",
        ["（上接第一版）", *text("地方读书写字。" + made.CANAL_LAST, indent=False)],
        ["", "（上接第一版）", *text("教室里上课了。" + made.CANAL_LAST, indent=False)],
        [*head(made.CANAL), *text(made.CANAL_FIRST)],
    )
    assert [a.turn_from is not None for a in rests.articles].count(True) == 2
    assert linked(first, rests).links == ()
    heard = linked(first, rests, continuity=Hears("明亮的", "教室"))
    assert pairs(heard)[0] == ("n0#a1", "n1#a2")


def test_a_chain_over_three_pages() -> None:
    front, *_ = results = chain()
    links = linked(*results)
    assert pairs(links) == [("n0#a1", "n1#a1"), ("n1#a1", "n2#a1")]
    assert [[link.after for link in chain] for chain in links.chains()] == [["n1#a1", "n2#a1"]]
    assert front.articles[0].turn_on is not None


def test_the_order_of_the_results_does_not_matter() -> None:
    results = named([*chain(), *_other_day()])
    stubs = [stitching.stub_of(r, n, i) for i, (n, r) in enumerate(results.items())]
    expected = stitching.link(stubs)
    assert len(expected.links) == 3
    for order in permutations(stubs):
        assert stitching.link(order) == expected


def _other_day() -> tuple[PageResult, PageResult]:
    return made.front("other/p1.png"), made.fourth("other/p4.png")


@pytest.mark.parametrize(
    ("first", "fourth"),
    [
        ("in/p1.png", "in/p4.png"),
        ("in/p4/1.png", "in/p4/4.png"),
        ("in/page-0001.tif", "in/page-0004.tif"),
        ("in/日报-2024-01-05-第1版.jpg", "in/日报-2024-01-05-第4版.jpg"),
        ("in/rmrb2024010501.jpg", "in/rmrb2024010504.jpg"),
        ("in/20240105_01.jpg", "in/20240105_04.jpg"),
        ("in/A01.jpg", "in/A04.jpg"),
        ("2024/01/05/1.jpg", "2024/01/05/4.jpg"),
        ("in/a.png", "in/b.png"),
        ("in/scan_217.png", "in/scan_218.png"),
        ("in/first.png", "in/fourth.png"),
    ],
)
def test_whatever_the_files_are_called(first: str, fourth: str) -> None:
    links = linked(made.front(first), made.fourth(fourth))
    assert pairs(links) == [("n0#a1", "n1#a2")]


@pytest.mark.parametrize(
    ("first", "fourth"),
    [
        ("0105/p1.png", "0106/p4.png"),
        ("2024-01-05/p1.png", "2024-01-06/p4.png"),
        ("in/2024-01-05-p1.png", "in/2024-01-06-p4.png"),
        ("in/rmrb2024010501.jpg", "in/rmrb2024010604.jpg"),
        ("in/no1234-p1.png", "in/no1235-p4.png"),
    ],
)
def test_pages_of_other_issues_are_not_linked(first: str, fourth: str) -> None:
    links = linked(made.front(first), made.fourth(fourth))
    assert links.links == ()
    assert told(links) == (
        f"{first}: 《{made.CANAL}》（下转第四版）: no page 4 of this issue in the run",
        f"{fourth}: 《水渠通到码头》（上接第一版）: no page 1 of this issue in the run",
    )


def test_a_page_with_another_number_is_not_linked() -> None:
    links = linked(made.front("in/p1.png"), made.fourth("in/p5.png"))
    assert links.links == ()
    assert [line.rpartition(": ")[2] for line in told(links)] == [
        "no page 4 of this issue in the run",
        "no article fits on the pages of this run",
    ]


def issue(date: str, paper: str = "望江日报") -> tuple[Masthead, Masthead]:
    return Masthead(paper, date, "1"), Masthead(paper, date, "04")


def test_mastheads_tell_issues_apart_in_one_folder() -> None:
    (one, four), (next_one, next_four) = issue("2024-01-05"), issue("2024-01-06")
    results = (
        made.front("in/a.png", masthead=one),
        made.front("in/b.png", masthead=next_one),
        made.fourth("in/c.png", masthead=next_four),
        made.fourth("in/d.png", masthead=four),
    )
    assert pairs(linked(*results)) == [("n0#a1", "n3#a2"), ("n1#a1", "n2#a2")]
    assert linked(*results[:2], results[2]).links[0].before == "n1#a1"


def test_papers_of_one_day_are_told_apart() -> None:
    (one, four), (their_one, their_four) = issue("2024-01-05"), issue("2024-01-05", "商报")
    results = (
        made.front("in/a.png", masthead=one),
        made.front("in/b.png", masthead=their_one),
        made.fourth("in/c.png", masthead=their_four),
        made.fourth("in/d.png", masthead=four),
    )
    assert pairs(linked(*results)) == [("n0#a1", "n3#a2"), ("n1#a1", "n2#a2")]


def test_a_printed_number_counts_more_than_a_file_name() -> None:
    (one, four) = issue("2024-01-05")
    results = (
        made.front("in/003.png", masthead=one),
        made.fourth("in/004.png", masthead=replace(four, page="5")),
        made.fourth("in/009.png", masthead=four),
    )
    assert pairs(linked(*results)) == [("n0#a1", "n2#a2")]


def test_pages_of_one_document_have_their_place_for_a_number() -> None:
    begin = [*head(made.CANAL), *text(made.CANAL_CUT, end="（下转第四版）")]
    blocks = [
        begin,
        text(made.SCHOOL_TEXT),
        text(made.FERRY_TEXT),
        ["（上接第一版）", *text(made.CANAL_REST, False)],
        ["（上接第一版）", *text(made.FERRY_TEXT, False)],
    ]
    assert pairs(linked(*document(*blocks))) == [("n0#a1", "n3#a1")]


def test_where_a_date_was_misread_the_same_headline_links() -> None:
    one, four = Masthead("日报", "2024-01-05", "1"), Masthead("日报", "2024-01-06", "4")
    rest = page("in/b.png", [*head(made.CANAL), "（上接第一版）", *text(made.CANAL_REST, False)])
    first = made.front("in/a.png", masthead=one)
    assert pairs(linked(first, replace(rest, masthead=four))) == [("n0#a1", "n1#a1")]
    assert linked(first, made.fourth("in/b.png", masthead=four)).links == ()


def test_a_turn_line_that_was_not_read_is_made_up_for_by_the_headline() -> None:
    rest = page("in/p4.png", [*head(made.CANAL), *text(made.CANAL_REST, False)])
    assert pairs(linked(made.front(), rest)) == [("n0#a1", "n1#a1")]
    cut = [*head(made.CANAL), *text(made.CANAL_FIRST), *text(made.CANAL_CUT)]
    whole = page("in/p4.png", [*head(made.CANAL), "（上接第一版）", *text(made.CANAL_REST, False)])
    assert pairs(linked(page("in/p1.png", cut), whole)) == [("n0#a1", "n1#a1")]
    other = page("in/p4.png", [*head(made.FERRY), *text(made.FERRY_TEXT)])
    assert linked(made.front(), other).links == ()


def test_a_reference_links_nothing() -> None:
    first = page("in/p1.png", [*head(made.CANAL), *text(made.CANAL_FIRST), "（相关报道见第四版）"])
    links = linked(first, page("in/p4.png", [*head(made.CANAL), *text(made.CANAL_REST, False)]))
    assert links == Links()


def test_vertical_pages_are_linked_alike() -> None:
    level = (made.front(), made.fourth())
    upright = [_upright(result) for result in level]
    assert pairs(linked(*upright)) == [("n0#a1", "n1#a2")]
    for a, b in zip(level, upright, strict=True):
        one, other = (stitching.stub_of(r, "n", 0).parts for r in (a, b))
        assert [part.ends for part in one] == [part.ends for part in other]


def _upright(result: PageResult) -> PageResult:
    """The page set in vertical lines, read again."""
    before = result.page
    assert before is not None
    lines = []
    for line in before.lines:
        box = from_canonical(line.polygon.box, WritingMode.VERTICAL)
        moved = replace(box, x0=box.x0 + before.size[1], x1=box.x1 + before.size[1])
        mode = WritingMode.VERTICAL
        lines.append(replace(line, polygon=moved.polygon(), writing_mode=mode))
    found = reflow(replace(before, size=before.size[::-1], lines=tuple(lines)))
    return replace(result, page=found.page, articles=found.articles)


def test_a_circle_is_cut_where_it_is_weakest() -> None:
    turn = "（下转第%s版）"
    rows = [*head(made.CANAL), "（上接第%s版）", *text(made.CANAL_REST, False)]
    one = page("in/p1.png", [r % "四" if "%s" in r else r for r in rows], [turn % "四"])
    four = page("in/p4.png", [r % "一" if "%s" in r else r for r in rows], [turn % "一"])
    links = linked(one, four)
    assert len(links.links) == 1
    assert len(links.chains()) == 1


def test_long_runs_are_linked_in_time_and_rightly() -> None:
    """Eight pages a day for 120 days, in one folder, in any order."""
    front, fourth = made.front(), made.fourth()
    names: list[str] = []
    stubs: list[stitching.Stub] = []
    for day in range(120):
        for number in range(1, 9):
            path = f"in/{2024 + day // 28}-02-{1 + day % 28:02d}-p{number}.png"
            result = {1: front, 4: fourth}.get(number, replace(front, articles=()))
            names.append(path)
            moved = replace(result, source=replace(result.source, path=path))
            stubs.append(stitching.stub_of(moved, path, len(stubs)))
    Random(1).shuffle(stubs)
    links = stitching.link(stubs)
    expected = {(ref(a, "a1"), ref(b, "a2")) for a, b in zip(names[::8], names[3::8], strict=True)}
    assert set(pairs(links)) == expected
