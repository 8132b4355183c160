"""A drawn page with four known differences from its reference, and the browser to look at it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from command import digitize
from drawn import sheet
from evaluation import sample_paragraphs
from playwright.sync_api import Browser, sync_playwright

from digitize.formats import to_json
from digitize.model import Article, Line, Page, PageResult, PageStatus, Paragraph, Role, Source

CHROMIUM = Path("/usr/bin/chromium")
CELLS = 20  # characters a line
SIZE = (1300, 2400)  # large enough to be reduced
WRONG = "鬱"


def reference() -> list[str]:
    """Six paragraphs of some lines each."""
    return [text[:70] for text in sample_paragraphs() if len(text) > 70][:6]


def distorted() -> list[tuple[str, float]]:
    """The paragraphs as they were read, and how sure their lines are.

    In the first a character is another, in the second one is left out, in the third one too much;
    the fourth stands at the end.
    """
    texts = reference()
    texts[0] = texts[0][:5] + WRONG + texts[0][6:]
    texts[1] = texts[1][:30] + texts[1][31:]
    texts[2] = f"{texts[2][:10]}{WRONG}{texts[2][10:]}"
    sure = [(text, 0.55 if i == 0 else 0.9) for i, text in enumerate(texts)]
    return [*sure[:3], *sure[4:], sure[3]]


def made(folder: Path, name: str = "今日-4版", scan: bool = True) -> tuple[Path, Path]:
    """A page's JSON, with its scan beside it if wanted, and its reference."""
    page, lines, paragraphs = sheet(*SIZE), list[Line](), list[Paragraph]()
    for number, (text, sure) in enumerate(distorted()):
        ids = []
        for part in (text[at : at + CELLS] for at in range(0, len(text), CELLS)):
            y = 100.0 + 40 * len(lines) + 30 * number
            polygon = page.row(80, y, part).polygon()
            ids.append(f"l{len(lines):04d}")
            lines.append(Line(ids[-1], polygon, part, sure, 24.0))
        paragraphs.append(Paragraph(f"p{number}", Role.BODY, text, tuple(ids)))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.image.save(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if not scan:
        path.unlink()
    result = PageResult(
        Source(str(path), sha256=digest),
        PageStatus.OK,
        Page(SIZE, lines=tuple(lines), order=tuple(line.id for line in lines)),
        (Article("a1", tuple(paragraphs)),),
    )
    ours, theirs = folder / f"{name}.json", folder / f"{name}.ref.txt"
    ours.write_text(to_json(result), "utf-8")
    theirs.write_text("\n\n".join(reference()), "utf-8")
    return ours, theirs


def report(folder: Path, ours: Path, theirs: Path) -> Path:
    """The report that the command writes of two files or folders."""
    path = folder / "report.html"
    result = digitize("diff", ours, theirs, "--html", path)
    assert result.exit_code == 0, result.stderr
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; the tests need the real one, so its absence is a failure."""
    if not CHROMIUM.exists():
        raise RuntimeError(f"{CHROMIUM} is missing; install it: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM))
        yield browser
        browser.close()
