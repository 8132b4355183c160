"""The report in a real browser: what a click, a key and a filter do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation import sample_paragraphs
from made_report import WRONG, chromium, made, reference, report
from playwright.sync_api import Browser, Page, expect

from digitize.evaluate import diff, profile
from digitize.evaluate.documents import from_text
from digitize.evaluate.figures import total
from digitize.report import Outcome, Report

WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 400, "height": 800}
KINDS = ("substituted", "omitted", "inserted", "moved")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("one")
    return report(folder, *made(folder / "pages")).as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab; it fails for any request that leaves the file, and for errors of the script."""
    tab = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    tab.set_default_timeout(5_000)
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    tab.on("request", lambda sent: wrong.append(sent.url) if sent.url.startswith("http") else None)
    yield tab
    tab.close()
    assert wrong == []


@pytest.fixture
def looked_at(page: Page, one_page: str) -> Page:
    """The page of the report, opened by its link in the summary."""
    page.goto(one_page)
    page.get_by_role("link", name="今日-4版").click()
    expect(page.locator("#shown")).to_be_visible()  # keys count from here on
    return page


def selected(page: Page) -> str:
    """The number of the selected difference as the address has it."""
    place = str(page.evaluate("location.hash"))  # page.url learns of it later
    return place.rpartition("/d")[2] if "/d" in place else ""


def lit(page: Page) -> list[str]:
    found = page.locator("svg.scan polygon.on").evaluate_all("all => all.map(e => e.dataset.l)")
    return [str(line) for line in found]


def mark(page: Page, kind: str, side: str = "text") -> str:
    return f".cell[data-side={side}] .{kind}"


def test_a_click_shows_the_line_on_the_scan_and_a_close_look(looked_at: Page) -> None:
    expect(looked_at.locator("#dock")).to_be_hidden()
    looked_at.locator(mark(looked_at, "substituted")).click()
    assert lit(looked_at) == ["l0000"]
    dock = looked_at.locator("#dock")
    expect(dock).to_contain_text("l0000 · confidence 0.55")
    expect(dock.locator(".context")).to_contain_text(f"{reference()[0][5]} → {WRONG}")
    look = dock.locator(".crop svg")
    left, top, width, height = map(float, (look.get_attribute("viewBox") or "").split())
    assert left <= 80
    assert left + width >= 560  # the whole line, 20 characters of 24 px
    assert top <= 100
    assert 124 <= top + height < 160
    assert look.locator("image").count() == 1  # cut out of the scan before it was reduced
    box = look.bounding_box()
    assert box is not None
    assert box["height"] > 80
    expect(looked_at.locator(".mark.substituted.on")).to_have_count(2)  # in both texts


def test_hover_points_at_the_line(looked_at: Page) -> None:
    looked_at.locator(mark(looked_at, "inserted")).hover()
    expect(looked_at.locator("svg.scan polygon.hover")).to_have_count(1)
    looked_at.locator(".page-head h2").hover()
    expect(looked_at.locator("svg.scan polygon.hover")).to_have_count(0)
    looked_at.locator(mark(looked_at, "inserted")).hover()
    looked_at.keyboard.press("n")
    expect(looked_at.locator("svg.scan polygon.hover")).to_have_count(0)


def test_keys_step_through_the_differences(looked_at: Page) -> None:
    press = looked_at.keyboard.press
    steps = [("n", "1"), ("j", "2"), ("ArrowRight", "3"), ("n", "4"), ("n", "4"), ("p", "3"),
             ("k", "2"), ("ArrowLeft", "1"), ("p", "1")]  # fmt: skip
    for key, number in steps:
        press(key)
        expect(looked_at).to_have_url(re.compile(f"/d{number}$"))
        expect(looked_at.locator("#shown")).to_have_text(f"{number} of 4")
        on = looked_at.locator(".cell[data-side=text] .on").first
        expect(on).to_be_in_viewport()
    press("Escape")
    looked_at.wait_for_function("!location.hash.includes('/d')")
    assert lit(looked_at) == []
    expect(looked_at.locator("#dock")).to_be_hidden()


def test_help_opens_and_closes(looked_at: Page) -> None:
    looked_at.keyboard.press("?")
    expect(looked_at.locator("#help")).to_be_visible()
    looked_at.keyboard.press("n")
    assert selected(looked_at) == ""
    looked_at.keyboard.press("Escape")
    expect(looked_at.locator("#help")).to_be_hidden()


def test_a_move_shows_from_where_to_where(looked_at: Page) -> None:
    looked_at.locator(mark(looked_at, "moved")).first.click(position={"x": 5, "y": 5})
    assert len(lit(looked_at)) == 4  # all lines of the paragraph
    dock = looked_at.locator("#dock")
    # What stands before it: the third paragraph in truth, the sixth as it was read.
    expect(dock).to_contain_text(f"belongs after “…{reference()[2][-12:]}”")
    expect(dock).to_contain_text(f"was read after “…{reference()[5][-12:]}”")
    expect(looked_at.locator(".arrows path.belongs")).to_have_count(1)
    expect(looked_at.locator(".arrows path.read")).to_have_count(1)
    dock.get_by_text("show it in the reference").click()
    expect(looked_at.locator(mark(looked_at, "moved", "reference")).first).to_be_in_viewport()
    looked_at.keyboard.press("Escape")
    expect(looked_at.locator(".arrows path")).to_have_count(0)


def test_a_line_on_the_scan_leads_to_its_difference(looked_at: Page) -> None:
    looked_at.locator("polygon[data-l=l0000]").click()
    first = selected(looked_at)
    expect(looked_at.locator(f"{mark(looked_at, 'substituted')}.on")).to_have_count(1)
    looked_at.locator("polygon[data-l=l0003]").click()  # nothing wrong in it
    assert (first, lit(looked_at)) == ("1", ["l0003"])
    expect(looked_at.locator("#dock")).to_contain_text("no difference in this line")


def test_filters_by_kind(looked_at: Page) -> None:
    for kind in KINDS:
        expect(looked_at.locator(f"output[data-kind={kind}]")).to_have_text("1")
    looked_at.locator("input[data-kind=substituted]").uncheck()
    looked_at.locator("input[data-kind=moved]").uncheck()
    expect(looked_at.locator("#shown")).to_have_text("– of 2")
    expect(looked_at.locator(".mark.substituted.off")).to_have_count(2)
    for number in ("2", "3", "3"):
        looked_at.keyboard.press("n")
        assert selected(looked_at) == number
    looked_at.locator("input[data-kind=inserted]").uncheck()  # what is selected goes
    assert selected(looked_at) == ""
    looked_at.locator("input[data-kind=substituted]").check()
    expect(looked_at.locator(".mark.substituted.off")).to_have_count(0)


def test_filters_by_confidence_and_script(looked_at: Page) -> None:
    slider = looked_at.locator("#confidence")
    slider.fill("0.6")
    expect(looked_at.locator("#confidence-value")).to_have_text("0.60")
    expect(looked_at.locator("#shown")).to_have_text("– of 1")
    expect(looked_at.locator("output[data-kind=omitted]")).to_have_text("0")
    slider.fill("1")
    expect(looked_at.locator("#shown")).to_have_text("– of 4")
    looked_at.locator("input[data-script=han]").uncheck()
    shown = looked_at.locator("#shown").inner_text()
    assert int(shown.rpartition(" ")[2]) < 4
    slider.focus()
    looked_at.keyboard.press("ArrowLeft")  # moves the slider, not the difference
    assert selected(looked_at) == ""


def test_a_link_to_a_difference(page: Page, one_page: str) -> None:
    page.goto(f"{one_page}#page-今日-4版/d3")
    expect(page.locator("#shown")).to_have_text("3 of 4")
    expect(page.locator("#summary")).to_be_hidden()
    page.goto(f"{one_page}#page-none/d3")
    expect(page.locator("#summary")).to_be_visible()
    page.goto(f"{one_page}#page-今日-4版/d99")
    expect(page.locator("#shown")).to_have_text("– of 4")


def test_without_a_scan_the_outlines_are_left(page: Page, tmp_path: Path) -> None:
    path = report(tmp_path, *made(tmp_path / "pages", scan=False))
    page.goto(f"{path.as_uri()}#page-今日-4版/d1")
    assert lit(page) == ["l0000"]
    expect(page.locator(".plate .note")).to_contain_text("is not there any more")
    expect(page.locator("#dock .crop")).to_be_hidden()


def test_texts_alone(page: Page, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "page.txt", tmp_path / "page.ref.txt"
    ours.write_text("甲乙丙丁戊己庚辛", "utf-8")
    theirs.write_text("甲乙丙丁午己庚辛", "utf-8")
    page.goto(f"{report(tmp_path, ours, theirs).as_uri()}#page-page")
    page.keyboard.press("n")
    expect(page.locator("#dock .context")).to_contain_text("午 → 戊")
    expect(page.locator("svg.scan")).to_have_count(0)


def test_any_text_is_only_text(page: Page, tmp_path: Path) -> None:
    evil = (
        "甲</script><script>document.title='owned'</script><img src=x onerror=alert(1)>&amp;\"'\x01"
    )
    name = "a'<b>&\"c"
    ours, theirs = tmp_path / f"{name}.txt", tmp_path / "other.txt"
    ours.write_text(f"{evil}丙丁", "utf-8")
    theirs.write_text(f"{evil}乙丙丁戊", "utf-8")
    page.goto(report(tmp_path, ours, theirs).as_uri())
    page.get_by_role("link", name=name).click()
    shown = page.locator(".cell[data-side=text] p").inner_text()
    assert shown == f"{evil}丙丁".replace("\x01", "⟨U+0001⟩")
    page.keyboard.press("n")
    assert page.title() == "report – digitize diff"
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_can_be_read(browser: Browser, one_page: str, scheme: str) -> None:
    """Text on every mark has a contrast of 4.5 at least (WCAG 2 AA), and the marks differ."""
    tab = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(f"{one_page}#page-今日-4版")
    ink = colour(tab, ".cell p", "color")
    grounds, forms = [colour(tab, "body", "backgroundColor")], set()
    for kind in KINDS[:3]:
        selector = f".cell .mark.{kind}"
        grounds.append(colour(tab, selector, "backgroundColor"))
        style = (
            "e => getComputedStyle(e).textDecorationLine + getComputedStyle(e).textDecorationStyle"
        )
        forms.add(str(tab.locator(selector).first.evaluate(style)))
    moved = tab.locator(".cell .mark.moved").first
    assert "gradient" in moved.evaluate("e => getComputedStyle(e).backgroundImage")
    tab.close()
    assert len(forms) == 3
    assert all(contrast(ink, ground) >= 4.5 for ground in grounds)
    assert (sum(grounds[0]) > 700) is (scheme == "light")


def colour(tab: Page, selector: str, name: str) -> list[float]:
    script = f"e => getComputedStyle(e).{name}.match(/[0-9.]+/g).slice(0, 3).map(Number)"
    found = tab.locator(selector).first.evaluate(script)
    return [float(value) for value in found]


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast ratio of WCAG 2."""
    values = sorted(map(luminance, (one, other)))
    return (values[1] + 0.05) / (values[0] + 0.05)


def luminance(rgb: list[float]) -> float:
    parts = [v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_nothing_runs_out_of_the_window(page: Page, one_page: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for anchor in ("", "#page-今日-4版/d1", "#page-今日-4版/d4"):
        page.goto(one_page + anchor)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if anchor:
            expect(page.locator("#dock .context")).to_be_in_viewport(ratio=0.9)


def test_print_has_everything_but_the_tools(page: Page, one_page: str) -> None:
    page.goto(one_page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in ("#summary", "svg.scan", ".cell .mark.omitted", ".on-paper"):
        expect(page.locator(selector).first).to_be_visible()
    expect(page.locator(".tools")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("svg.scan")).to_be_hidden()


def thousand(path: Path) -> Path:
    """A report of 1,000 pages; page 7 is wrong throughout."""
    texts = [text for text in sample_paragraphs() if "的" in text][:2]
    right, wrong = ("\n\n".join(t) for t in (texts, [texts[0].replace("的", WRONG), texts[1]]))
    book = Report(path, 1000)
    figures = []
    for number in range(1000):
        ours = from_text("乱" if number == 7 else wrong if number % 2 else right, f"第{number}版")
        found = diff(ours, from_text(right, "reference"))
        figures.append(found.figures)
        book.add(found, ours)
    book.close(Outcome(profile("punct"), total(figures), (), None, 0))
    return path


@pytest.mark.alone
def test_an_index_of_a_thousand_pages(page: Page, tmp_path: Path) -> None:
    path = thousand(tmp_path / "report.html")
    before = time.perf_counter()
    page.goto(path.as_uri())
    rows = page.locator("#pages tbody tr")
    expect(rows).to_have_count(1000)
    page.get_by_role("button", name="CER", exact=True).click()
    expect(rows.first).to_contain_text("第7版")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("CER")
    page.get_by_role("button", name="CER", exact=True).click()
    expect(rows.last).to_contain_text("第7版")
    page.get_by_role("button", name="page", exact=True).click()
    expect(rows.nth(10)).to_contain_text("第10版")  # numbers as numbers
    page.get_by_placeholder("name").fill("第99")
    expect(page.locator("#page-count")).to_have_text("11 of 1000")
    assert time.perf_counter() - before < 10
    page.get_by_role("link", name="第991版").click()
    page.wait_for_url("**/report/*.html")
    page.keyboard.press("n")
    assert selected(page) == "1"
    page.keyboard.press("]")
    expect(page.locator(".page-head h2")).to_have_text("第992版")
    page.keyboard.press("u")
    page.wait_for_url("**/report.html")
    page.goto(f"{path.as_uri()}#page-第7版/d1")  # the index knows the way
    page.wait_for_url("**/report/**")
    expect(page.locator("#dock")).to_be_visible()
