from __future__ import annotations

import threading
import time

import pytest

from digitize.threads import spread


@pytest.mark.parametrize("threads", [1, 3])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    def late(n: int) -> int:
        time.sleep(0.002 * (5 - n))
        return n * n

    assert spread(late, range(5), threads) == [0, 1, 4, 9, 16]
    assert spread(late, (), threads) == []


def test_the_threads_work_at_once() -> None:
    both = threading.Barrier(2, timeout=10)
    assert sorted(spread(lambda _: both.wait(), "ab", 2)) == [0, 1]


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_is_raised(threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda n: 1 // n, (1, 0, 2), threads)
