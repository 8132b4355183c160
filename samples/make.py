"""Make sample pages: python samples/make.py [--family F --seed N --level L --dpi D --out DIR].

Without options the committed samples in samples/pages are made again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from PIL import Image
from typesetter import FAMILIES, HELD_ASIDE, LEVELS, make_page, reference

PAGES = Path(__file__).resolve().parent / "pages"
# name: (family, seed)
COMMITTED = {
    "zaozhuang-2col": ("zaozhuang-2col", 0),
    "zaozhuang-4col": ("zaozhuang-4col", 0),
    "front": ("front", 25),
    "vertical": ("vertical", 10),
}


def save(out: Path, name: str, image: Image.Image, page: dict[str, Any]) -> None:
    """The image with its truth and its reference text."""
    out.mkdir(parents=True, exist_ok=True)
    dpi = (page["dpi"], page["dpi"])
    if page["level"] == "clean":
        few = image.quantize(16, dither=Image.Dither.NONE)
        few.save(out / f"{name}.png", optimize=True, dpi=dpi)
    else:
        image.save(out / f"{name}.jpg", quality=68, optimize=True, dpi=dpi)
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    (out / f"{name}.truth.json").write_text(text.replace('{"text"', '\n{"text"') + "\n", "utf8")
    (out / f"{name}.ref.txt").write_text(reference(page), "utf8")


def committed(out: Path, dpi: int) -> None:
    for name, (family, seed) in COMMITTED.items():
        for level in ("clean", "worn"):
            image, page = make_page(family, seed, level, dpi)
            save(out, f"{name}-{level}", image, page)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make sample newspaper pages with their truth.")
    parser.add_argument("--out", type=Path, default=PAGES)
    parser.add_argument("--family", choices=[*FAMILIES, *HELD_ASIDE, "all"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--level", choices=LEVELS, default="clean")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--count", type=int, default=1, help="pages, with seeds counted up")
    args = parser.parse_args()
    if args.family is None:
        committed(args.out, args.dpi)
        return
    for family in FAMILIES if args.family == "all" else [args.family]:
        for seed in range(args.seed, args.seed + args.count):
            image, page = make_page(family, seed, args.level, args.dpi)
            save(args.out, f"{family}-{seed}-{args.level}", image, page)


if __name__ == "__main__":
    main()
