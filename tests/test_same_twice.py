"""The same input, options and versions give the same bytes, however many processes read."""

from __future__ import annotations

from pathlib import Path

import many_scans as many
import pytest
from command import process
from drawn import HEADLINE, story

from digitize.errors import ExitCode


def test_a_run_comes_out_the_same_with_one_process(tmp_path: Path) -> None:
    scans = tmp_path / "in"
    many.white(scans, 20)
    recording = many.issues(scans, 2)
    outs = []
    for jobs in ("1", "2"):
        out = tmp_path / f"out{jobs}"
        options = ("--stitch", "-f", "txt,json,md", "--overlay", "-j", jobs)
        assert many.finished(recording, scans, "-o", out, *options)[0] == ExitCode.OK
        outs.append(many.results(out))
    assert outs[0] == outs[1]
    assert len(outs[0]) == 24 * 4


@pytest.mark.slow
def test_a_page_is_read_the_same_with_one_process(tmp_path: Path) -> None:
    scans = tmp_path / "in"
    scans.mkdir()
    for name, angle in (("a", 0.0), ("b", 1.3)):
        page = story().image.rotate(angle, expand=True, fillcolor=250)
        page.save(scans / f"{name}.jpg", quality=40)
    outs = []
    for jobs in ("1", "2"):  # one process has all cores to itself
        out = tmp_path / f"out{jobs}"
        done = process("run", scans, "-o", out, "-j", jobs, "-q")
        assert (done.returncode, done.stderr) == (ExitCode.OK, "")
        outs.append(many.results(out))
    assert outs[0] == outs[1]
    assert outs[0]["b.txt"].decode().startswith(HEADLINE)
