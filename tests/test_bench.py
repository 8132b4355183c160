"""What the benchmark measures and how it counts; the contenders are made up."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pypdfium2
import pytest
from drawn import story
from made_pdf import blank
from PIL import Image

from digitize.bench import pages, tables
from digitize.bench.contenders import PEERS, Wishes
from digitize.bench.contenders.ocrmypdf import OcrMyPdf
from digitize.bench.model import BenchPage, Call, Memory, Results, Scaling, Summary, Trial, Usage
from digitize.bench.process import ContenderError, measured
from digitize.bench.rounds import Course, Standing, held, summary
from digitize.errors import NothingUsableError
from digitize.evaluate.figures import CharacterCounts, Figures, ParagraphCounts

BUSY = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass\n"


def python(code: str, *arguments: str) -> Call:
    return Call((sys.executable, "-c", code, *arguments))


def test_cpu_time_is_that_of_all_processes() -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY.format(0.4)!r}])"
    used = measured(python(child))
    assert 0.4 <= used.cpu < 2
    assert used.wall >= 0.4


def test_a_process_that_waits_takes_no_cpu_time() -> None:
    used = measured(python("import time; time.sleep(0.7)"))
    assert used.wall >= 0.7
    assert used.cpu < 0.5


def test_memory_is_told_by_kind_of_process() -> None:
    grow = "import time; held = bytearray({} << 20); time.sleep(1.5)"
    both = (
        f"import subprocess, sys; worker = subprocess.Popen([sys.executable, '-c', "
        f"{grow.format(80)!r}]); program = subprocess.Popen(['sleep', '1']);"
        f"{grow.format(40)}; worker.wait(); program.wait()"
    )
    memory = measured(python(both)).memory
    assert 40 <= memory.parent < 80
    assert 80 <= memory.workers < 130
    assert 0 < memory.programs < 20
    assert memory.together >= memory.parent + memory.workers


def test_the_environment_is_added_to() -> None:
    code = "import os; assert os.environ['EXTRA'] == '1' and os.environ['PATH']"
    measured(replace(python(code), environment={"EXTRA": "1"}))


def test_a_contender_that_fails_says_why() -> None:
    with pytest.raises(ContenderError, match=r"code 3: it has no\tpaper"):
        measured(python("import sys; print('it has no\\tpaper', file=sys.stderr); sys.exit(3)"))
    with pytest.raises(ContenderError, match="code -9: it said nothing"):
        measured(python("import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(ContenderError, match="/nowhere/reader: No such file"):
        measured(Call(("/nowhere/reader",)))


def test_an_interrupt_ends_what_was_started() -> None:
    asleep = "import time; time.sleep(60)"
    code = (
        "from digitize.bench.model import Call\nfrom digitize.bench.process import measured\n"
        f"measured(Call(({sys.executable!r}, '-c', {asleep!r})))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    children: list[psutil.Process] = []
    # Once the child is what it was to become, nothing but waiting for it is left to interrupt.
    while not (children and asleep in children[0].cmdline()):
        time.sleep(0.3)
        children = psutil.Process(process.pid).children()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) != 0
    assert psutil.wait_procs(children, 5)[1] == []


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A scan with a reference beside it, and a text that is none."""
    folder = tmp_path / "scans"
    folder.mkdir()
    story().image.save(folder / "page.png")
    (folder / "page.ref.txt").write_text("水渠", "utf-8")
    (folder / "page.json").write_text("{}", "utf-8")
    return folder


def test_pages_are_copied_with_their_references(named: Path, tmp_path: Path) -> None:
    found = pages.gathered([str(named / "page.png")], None, 2, tmp_path / "work")
    assert [page.name for page in found] == ["page", "page-copy2"]
    assert [page.path.name for page in found] == ["page.png", "page-copy2.png"]
    assert {page.reference for page in found} == {str(named / "page.ref.txt")}
    assert found[0].path.read_bytes() == (named / "page.png").read_bytes()
    assert found[0].size == story().image.size


def test_references_lie_in_a_folder_of_their_own(named: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "page.txt").write_text("水渠", "utf-8")
    (texts / "other.txt").write_text("水渠", "utf-8")
    found = pages.gathered([str(named)], str(texts), 1, tmp_path / "work")
    assert [page.reference for page in found] == [str(texts / "page.txt")]


def test_only_what_is_named_a_reference_is_one_beside_a_scan(named: Path, tmp_path: Path) -> None:
    (named / "page.ref.txt").unlink()
    found = pages.gathered([str(named)], None, 1, tmp_path / "work")
    assert [page.reference for page in found] == [None]


def test_what_others_cannot_read_is_made_a_picture(named: Path, tmp_path: Path) -> None:
    shutil.move(named / "page.png", named / "page.bin")
    with zipfile.ZipFile(named / "issue.zip", "w") as archive:
        archive.write(named / "page.bin", "old.png")
    (named / "bound.pdf").write_bytes(blank(2))
    found = pages.gathered([str(named)], None, 1, tmp_path / "work")
    assert len(found) == 3 + 1  # page.bin is a PNG by its content
    for page in found:
        with Image.open(page.path) as opened:
            assert opened.format == "PNG"
            assert opened.size == page.size


@pytest.mark.parametrize("given", ["nowhere.png", "."])
def test_nothing_to_measure_on(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NothingUsableError, match=r"nowhere\.png|no scans in the folder"):
        pages.gathered([given], None, 1, tmp_path / "work")


@dataclass(frozen=True)
class Fake:
    """A contender that copies its page's name into a text, or fails from the second call on."""

    name: str = "fake"
    fails: bool = False

    def missing(self) -> str:
        return ""

    def call(self, pages: Sequence[BenchPage], out: Path) -> Call:
        out.mkdir()
        for page in pages:
            (out / f"{page.name}.txt").write_text("水渠今日完工", "utf-8")
        return python(f"import sys; sys.exit({int(self.fails and pages[0].name != 'blank1')})")

    def texts(self, pages: Sequence[BenchPage], out: Path) -> dict[str, Path]:
        return {page.name: out / f"{page.name}.txt" for page in pages}

    def stages(self, out: Path) -> dict[str, float]:
        return {"ocr": 1.0}


def course(tmp_path: Path, reference: str) -> Course:
    (tmp_path / "truth.txt").write_text(reference, "utf-8")
    page = BenchPage("a", tmp_path / "a.png", (10, 10), 300.0, str(tmp_path / "truth.txt"))
    return Course((page,), pages.blanks(2, tmp_path / "blank"), tmp_path)


def test_contenders_take_turns(tmp_path: Path) -> None:
    told: list[str] = []
    first, second = held(
        [Fake("one"), Fake("two")], course(tmp_path, "水渠明日完工"), 2, told.append
    )
    assert [len(s.trials) for s in (first, second)] == [2, 2]
    assert [line.split(":")[1].strip() for line in told] == ["one", "two", "one", "two"]
    assert first.figures is not None
    assert first.figures.characters.errors == 1


def test_a_contender_that_fails_is_left_out(tmp_path: Path) -> None:
    told: list[str] = []
    bad, good = held(
        [Fake("bad", fails=True), Fake("good")], course(tmp_path, "水渠"), 2, told.append
    )
    assert not bad.trials
    assert "code 1" in bad.fault
    assert len(good.trials) == 2
    assert sum("left out" in line for line in told) == 1


def test_medians_are_told_without_the_start() -> None:
    trials = [
        Trial(Usage(1, 1), Usage(wall, cpu, Memory(parent=size)), {"ocr": wall})
        for wall, cpu, size in ((5, 4, 10), (9, 9, 90), (7, 6, 20))
    ]
    found = summary(Standing(Fake(), trials), pages=2)
    assert (found.start, found.seconds, found.whole, found.cpu) == (1, 3, 3.5, 2.5)
    assert (found.memory.parent, found.stages["ocr"]) == (20, 7)
    assert found.pages_per_minute == 20


def results() -> Results:
    figures = Figures(
        characters=CharacterCounts(reference=200, errors=3, order_free_errors=2),
        paragraphs=ParagraphCounts(cut=4, rejoined=3),
    )
    ours = Summary("ours", 1, 2, 3, 4, Memory(100, 600, 0, 700), {"total": 2, "ocr": 1, "x": 0})
    peer = Summary("peer", 1, 4, 5, 4, Memory(300), figures=figures)
    page = BenchPage("a", Path("a.png"), (2000, 3000), 300.0)
    return Results((page,), 3, (ours,), (peer,), (Scaling("rapidocr", 2, 1, 1.875),))


def test_the_table_tells_all() -> None:
    text = tables.told(results())
    assert text.startswith("1 page of 6.0 megapixels; ")
    rows = {line.split("  ")[0]: line.split() for line in text.splitlines()[2:5]}
    assert rows["ours"][1:] == ["1.0", "2.00", "30.0", "4.00", "100", "600", "-", "700", *"---"]
    assert rows["peer"][-3:] == ["0.0150", "0.0100", "0.7500"]
    assert "seconds a page   ocr  total\nours            1.00   2.00" in text
    assert "0.50 (0.60)" in text
    assert text.endswith("rapidocr: --jobs 2 is 1.88 times --jobs 1")


def test_the_record_holds_the_same() -> None:
    found = tables.record(results())
    assert found["schema"] == "digitize-bench/1"
    assert found["ratios"] == {"ours": {"peer": {"seconds": 0.5, "with_start": 0.6, "cpu": 1}}}
    assert found["ours"][0]["pages_per_minute"] == 30
    assert found["peers"][0]["figures"]["characters"]["rates"]["cer"] == 0.015
    assert found["scaling"][0]["times"] == 1.875


@pytest.mark.parametrize("name", ["tesseract", "ocrmypdf"])
def test_a_peer_that_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    peer = PEERS[name](Wishes(2))
    monkeypatch.setattr(shutil, "which", lambda program, path: None)
    assert " is not installed; " in peer.missing()


def test_the_pdf_for_ocrmypdf_holds_the_pages_as_they_are(tmp_path: Path) -> None:
    gray = story().image.convert("L")
    gray.save(tmp_path / "a.jpg", quality=80)
    gray.quantize(16).save(tmp_path / "b.png")
    made = [
        BenchPage(path.stem, path, gray.size, dpi)
        for path, dpi in ((tmp_path / "a.jpg", 300.0), (tmp_path / "b.png", 150.0))
    ]
    out = tmp_path / "out"
    assert str(out / "scans.pdf") in OcrMyPdf().call(made, out).arguments
    with pypdfium2.PdfDocument(out / "scans.pdf") as document:
        assert [round(72 * gray.width / page.get_width()) for page in document] == [300, 150]
    assert (tmp_path / "a.jpg").read_bytes() in (out / "scans.pdf").read_bytes()


def test_the_sidecar_is_divided_into_pages(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("第一\f第二\f", "utf-8")
    made = [BenchPage(name, tmp_path / name, (1, 1), 300.0) for name in ("a", "b")]
    texts = OcrMyPdf().texts(made, tmp_path)
    assert [texts[name].read_text("utf-8") for name in ("a", "b")] == ["第一", "第二"]
