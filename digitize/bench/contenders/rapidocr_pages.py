"""The process that is measured for RapidOCR: python -m … THREADS OUT PAGE….

Its own order, its own lines; nothing is shrunk (its limit of 2,000 px loses lines of a newspaper
page), and the network that tells lines upside down is left out, since the pages are upright.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rapidocr import RapidOCR

AT_FULL_SIZE = 100_000  # px, more than any page has


def main(threads: int, out: Path, pages: list[Path]) -> None:
    """Read ``pages`` into ``out``, a line of text a paragraph."""
    out.mkdir(parents=True, exist_ok=True)
    reader = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.max_side_len": AT_FULL_SIZE,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
    for page in pages:
        lines = reader(str(page)).txts or ()
        (out / f"{page.stem}.txt").write_text("\n\n".join(lines), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
