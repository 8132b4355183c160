"""The hunt of ``fuzz.py`` led by coverage: python tests/fuzz_guided.py (pip install atheris)

atheris (libFuzzer) keeps the inputs that reach new code of digitize, and has those spoiled further.
What it is fed is a byte that names the reader, and the file.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import atheris
import fuzz
import fuzz_watch as watch

LONGEST = 60_000  # bytes of an input
MEMORY = 6000  # MB


def main() -> None:
    sys.path.insert(0, str(fuzz.SAMPLES))
    with atheris.instrument_imports(include=["digitize"]):
        from fuzz_readers import READERS  # noqa: PLC0415

    asked = fuzz.settings(__doc__, READERS, minutes=9)
    names = asked.reader or list(READERS)
    hunt = fuzz.Hunt({name: READERS[name] for name in names}, asked.seed, asked.out)
    folder, seeds = (Path(tempfile.mkdtemp()) for _ in range(2))
    for at, name in enumerate(names):
        for number, seed in enumerate(READERS[name].seeds()):
            (seeds / f"{name}-{number}").write_bytes(bytes([at]) + seed)
    end = time.monotonic() + 60 * asked.minutes

    def spoil(data: bytes, longest: int, seed: int) -> bytes:
        at = data[0] % len(names) if data else 0
        return (bytes([at]) + READERS[names[at]].spoil(data[1:], Random(seed)))[:longest]

    def read(data: bytes) -> None:
        if data:
            hunt.feed(names[data[0] % len(names)], bytes(data[1:]), folder)
        if time.monotonic() > end:
            fuzz.tell(hunt)
            sys.stdout.flush()
            os._exit(int(any(tally.faults for tally in hunt.tallies.values())))  # no other end

    fuzz.quiet()
    how = [f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY}", f"-seed={asked.seed}", str(seeds)]
    atheris.Setup([sys.argv[0], *how], read, custom_mutator=spoil)
    with watch.limits():
        atheris.Fuzz()


if __name__ == "__main__":
    main()
