"""What reflow costs: a page of 400 lines in 150 ms, growth no worse than with the square."""

from __future__ import annotations

import pytest
import reflow_cost
from reflow_cost import Cost

from digitize.reflow import reflow

# 150 ms on the machine on which the unit of work takes 23 ms (2 cores, Python 3.11).
MOST_UNITS = 150 / 23
NOISE = 1.3  # of one measurement on a busy machine


def show(costs: list[Cost], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        for c in costs:
            print(f" [{c.lines} lines: {c.seconds:.3f} s, {c.units:.1f} units]", end="")


@pytest.mark.alone
def test_a_page_of_400_lines_takes_150_ms(capsys: pytest.CaptureFixture[str]) -> None:
    costs = reflow_cost.measure([420])
    show(costs, capsys)
    assert costs[0].lines >= 400
    assert costs[0].units < MOST_UNITS


@pytest.mark.alone
def test_twice_the_lines_cost_four_times_as_much_at_most(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small, large = costs = reflow_cost.measure([420, 840])
    show(costs, capsys)
    assert large.units < NOISE * (large.lines / small.lines) ** 2 * small.units


@pytest.mark.slow
@pytest.mark.alone
def test_growth_up_to_5000_lines(capsys: pytest.CaptureFixture[str]) -> None:
    small, large = costs = reflow_cost.measure([1260, 5040])
    show(costs, capsys)
    assert large.lines >= 5000
    assert large.units < NOISE * (large.lines / small.lines) ** 2 * small.units


def test_every_story_of_a_large_page_is_found() -> None:
    page = reflow_cost.full_page(1260)
    assert len(reflow(page).articles) == 1260 // reflow_cost.STORY
