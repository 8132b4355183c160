"""Spoil files of every kind and read them: python tests/fuzz.py --minutes 30

Nothing but a DigitizeError of one line may come out, within seconds, and without a leap in memory.
The same seed gives the same inputs. Inputs that bring about a fault are made smaller and kept; a
process that dies leaves the input at which it died.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import fuzz_watch as watch

if TYPE_CHECKING:
    from fuzz_readers import Reader

SAMPLES = Path(__file__).parent.parent / "samples"

MEMORY = 6 << 30  # bytes of data of this process, beyond which there is none


@dataclass(slots=True)
class Tally:
    """What became of a reader's inputs."""

    count: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)


class Hunt:
    """A run of the fuzzer."""

    def __init__(self, readers: Mapping[str, Reader], seed: int, kept: Path) -> None:
        self.tallies = {name: Tally() for name in readers}
        self._readers, self._seed, self._kept = readers, seed, kept

    def run(self, minutes: float, folder: Path) -> None:
        """Feed all readers until the time is up, each for as long as the others."""
        end = time.monotonic() + 60 * minutes
        with watch.limits():
            while time.monotonic() < end:
                name = min(self.tallies, key=lambda one: self.tallies[one].seconds)
                number = self.tallies[name].count
                self.feed(name, self._readers[name].input(name, self._seed, number), folder)

    def feed(self, name: str, data: bytes, folder: Path) -> None:
        """Let a reader have an input, inside ``watch.limits``."""
        tally, reader = self.tallies[name], self._readers[name]
        last = self._kept / f"{name}-last"
        last.write_bytes(data)
        began = time.process_time()
        outcome = watch.watched(reader.read, data, folder)
        took = time.process_time() - began
        tally.count, tally.refused = tally.count + 1, tally.refused + outcome.refused
        tally.seconds, tally.slowest = tally.seconds + took, max(tally.slowest, took)
        if outcome.fault is not None:
            self._take(name, data, outcome.fault, folder)
        last.unlink()

    def _take(self, name: str, data: bytes, fault: watch.Fault, folder: Path) -> None:
        """Keep the first input of every kind of fault, as small as it can be made."""
        faults = self.tallies[name].faults
        faults[fault.kind] = faults.get(fault.kind, 0) + 1
        if faults[fault.kind] > 1:
            return
        data = watch.smaller(self._readers[name].read, data, folder, fault.kind)
        path = self._kept / f"{name}-{sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(fault.told, "utf-8")
        print(f"{name}: {fault.kind}: {path} ({len(data)} bytes)", file=sys.stderr, flush=True)


def tell(hunt: Hunt) -> None:
    """Print what became of the inputs."""
    print(f"{'reader':12}{'inputs':>9}{'refused':>9}{'slowest':>9}{'faults':>8}")
    for name, tally in hunt.tallies.items():
        print(
            f"{name:12}{tally.count:9,}{tally.refused:9,}{tally.slowest:8.2f}s{len(tally.faults):8}"
        )


def quiet() -> None:
    """Keep what libraries in C have to say of damaged files away from what is told here."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def settings(doc: str | None, readers: Iterable[str], minutes: float) -> argparse.Namespace:
    """What the command line asks for; its folder is there."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--reader", choices=list(readers), action="append", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "fuzz")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    return asked


def main() -> int:
    sys.path.insert(0, str(SAMPLES))  # made pages are set by the typesetter there
    from fuzz_readers import READERS  # noqa: PLC0415

    asked = settings(__doc__, READERS, minutes=30)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    quiet()
    chosen = {name: READERS[name] for name in asked.reader or READERS}
    hunt = Hunt(chosen, asked.seed, asked.out)
    with tempfile.TemporaryDirectory() as folder:
        hunt.run(asked.minutes, Path(folder))
    tell(hunt)
    return int(any(tally.faults for tally in hunt.tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
