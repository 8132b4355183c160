"""The process that is measured for Tesseract: python -m … JOBS LANGUAGE OUT PAGE…."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def main(jobs: int, language: str, out: Path, pages: list[Path]) -> None:
    """Read ``pages`` into ``out``, ``jobs`` at a time; CalledProcessError where one fails."""
    out.mkdir(parents=True, exist_ok=True)

    def read(page: Path) -> None:
        command = ("tesseract", str(page), str(out / page.stem), "-l", language)
        subprocess.run(command, check=True, capture_output=True)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, pages))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), [Path(name) for name in sys.argv[4:]])
