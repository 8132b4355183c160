"""Time and memory, with room for a slow machine: about five times what they take on a fast one."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from evaluation import document, sample_paragraphs, with_errors

from digitize.evaluate import compare, read
from digitize.evaluate.figures import CharacterCounts

LONG = 200_000  # characters
GIGABYTE = 1 << 20  # in the kilobytes of /proc


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The best of several goes."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def long_text(seed: int) -> list[str]:
    """Paragraphs of words drawn as in real text: few often, most seldom."""
    chance = random.Random(seed)
    chars = [chr(0x4E00 + i) for i in range(2_500)]
    weights = [1 / (i + 1) for i in range(2_500)]
    words = [
        "".join(chance.choices(chars, weights, k=chance.choice((1, 2, 2, 3)))) for _ in range(8_000)
    ]
    text = "".join(chance.choices(words, [1 / (i + 1) ** 0.8 for i in range(8_000)], k=LONG))[:LONG]
    return [text[i : i + 80] for i in range(0, LONG, 80)]


@pytest.mark.alone
def test_a_page_of_4000_characters() -> None:
    chance = random.Random(1)
    reference = sample_paragraphs() + sample_paragraphs("front-clean")
    assert sum(map(len, reference)) > 4_000
    hypothesis = [with_errors(text, len(text) // 30, chance) for text in reference]
    pages = document(hypothesis), document(reference)
    compare(*pages)  # tables are loaded once
    assert seconds(lambda: compare(*pages), 5) < 0.5


@pytest.mark.alone
@pytest.mark.slow
def test_a_folder_of_500_pages(tmp_path: Path) -> None:
    text = "\n\n".join(sample_paragraphs() + sample_paragraphs("front-clean"))
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(text.replace("的", "旳"), "utf-8")
    taken = seconds(
        lambda: [compare(read(tmp_path / "b.txt"), read(tmp_path / "a.txt")) for _ in range(50)]
    )
    assert 10 * taken < 150


def nearly_the_same(text: list[str]) -> list[str]:
    chance = random.Random(2)
    return [with_errors(part, len(part) // 30, chance) for part in text]


def shuffled_lines(text: list[str]) -> list[str]:
    whole = "".join(text)
    lines = [whole[i : i + 20] for i in range(0, LONG, 20)]
    random.Random(3).shuffle(lines)
    return ["".join(lines)]


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "free"),
    [(nearly_the_same, 0.04), (shuffled_lines, 0.02), (lambda _: long_text(9), 1.0)],
    ids=["nearly the same", "shuffled", "unrelated"],
)
def test_two_very_long_texts(made: Callable[[list[str]], list[str]], free: float) -> None:
    reference = long_text(1)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        taken, errors, memory = alone.submit(compared, made(reference), reference).result()
    assert taken < 40
    assert errors <= free * LONG
    assert memory < GIGABYTE


def compared(hypothesis: list[str], reference: list[str]) -> tuple[float, int, int]:
    """Seconds, order-free errors and the memory of this process (kB) for two texts."""
    pages = document(hypothesis), document(reference)
    counts: list[CharacterCounts] = []
    taken = seconds(lambda: counts.append(compare(*pages).figures.characters))
    # Not getrusage: what it tells of a process counts the one that started it.
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    (memory,) = (int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    return taken, counts[0].order_free_errors, memory
