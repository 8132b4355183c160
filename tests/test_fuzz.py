"""A short slice of the fuzzer's inputs, always the same ones; ``fuzz.py`` has no end of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fuzz_watch as watch
import pytest
from fuzz_readers import READERS

SEED = 1
# Inputs of each reader: what takes about half a second, since each may take as long as others.
COUNTS = {
    "alto": 12, "page": 12, "hocr": 12, "tsv": 8, "ocr-json": 40, "own-json": 30, "text": 20,
    "reference": 150, "mets": 60, "iiif": 150, "archive": 60, "image": 80, "pdf": 20,
    "settings": 150, "journal": 20, "recording": 200,
}  # fmt: skip


@pytest.fixture
def limits() -> Iterator[None]:
    with watch.limits():
        yield


def test_every_reader_has_its_inputs() -> None:
    assert set(COUNTS) == set(READERS)


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.usefixtures("limits")
def test_spoiled_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    for number in range(COUNTS[name]):
        data = reader.input(name, SEED, number)
        outcome = watch.watched(reader.read, data, tmp_path, 4 * watch.SECONDS)
        assert outcome.fault is None, f"input {number}: {outcome.fault.told}"


@pytest.mark.usefixtures("limits")
def test_the_fuzzer_notices_what_must_not_be(tmp_path: Path) -> None:
    def broken(data: bytes, folder: Path) -> None:
        if data == b"loop":
            while True:
                pass
        _ = data[7]

    fault = watch.watched(broken, b"12", tmp_path).fault
    assert fault is not None
    assert fault.kind == "IndexError in test_fuzz.py:broken"
    slow = watch.watched(broken, b"loop", tmp_path, 0.1).fault
    assert slow is not None
    assert slow.kind.startswith("TooSlowError")
    assert watch.smaller(broken, b"123456", tmp_path, fault.kind) == b""
