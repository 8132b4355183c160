"""Packages that bring engines and formats: one that is really installed, and broken ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the example package was installed, by pip and without a network."""
    folder = tmp_path_factory.mktemp("plugin")
    copy = shutil.copytree(PLUGIN, folder / "source")
    target = folder / "site"
    options = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet", "--target", target)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, copy], check=True, capture_output=True
    )
    return target


def broken(folder: Path, group: str, name: str, value: str, module: str = "") -> Path:
    """A package as pip leaves it, whose entry point may lead nowhere."""
    info = folder / "odd_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {value}\n")
    (folder / "odd_plugin.py").write_text(module)
    return folder


def command(site: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "digitize", *map(str, args)],
        capture_output=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip


def test_an_engine_and_a_format_of_another_package_are_used(
    installed: Path, scan: Path, tmp_path: Path
) -> None:
    assert "counting   1.0" in command(installed, "engines").stdout
    out = tmp_path / "out"
    read = ("run", scan, "--engine", "counting", "-o", out, "-f", "shout,txt,json", "-j", "1")
    done = command(installed, *read)
    assert done.returncode == 0, done.stderr
    assert (out / "page.shout.txt").read_text("utf-8") == "第1行。！\n"
    assert (out / "page.txt").read_text("utf-8").startswith("第1行。")
    kept = command(installed, *read)
    assert kept.returncode == 0, kept.stderr
    assert "1 done before" in kept.stderr


def test_without_the_package_its_names_are_unknown(scan: Path, tmp_path: Path) -> None:
    done = command(tmp_path, "run", scan, "-f", "shout", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "no format is called 'shout'" in done.stderr


FORMATS = {
    "gone": ("odd_plugin:NOTHING", "", "has no attribute 'NOTHING'"),
    "lost": ("odd_plugin_gone:X", "", "No module named 'odd_plugin_gone'"),
    "plain": ("odd_plugin:X", "X = 3", "odd_plugin:X is no digitize.Format but of type int"),
    "taken": (
        "odd_plugin:X",
        "from digitize import Format\nX = Format('.json', 'a', 'odd_plugin:X')",
        "its files would be called as those of another: '.json'",
    ),
    "hollow": (
        "odd_plugin:X",
        "from digitize import Format\nX = Format('.odd', 'a', 'odd_plugin:none')",
        "has no attribute 'none'",
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_broken_format_is_told_before_any_page(name: str, scan: Path, tmp_path: Path) -> None:
    value, module, told = FORMATS[name]
    site = broken(tmp_path / "site", "digitize.formats", name, value, module)
    done = command(site, "run", scan, "--engine", "null", "-f", name, "-o", tmp_path / "out")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"digitize: the format {name} cannot be loaded: ")
    assert told in line
    assert line.endswith("; pip install --force-reinstall odd-plugin")


def test_a_format_that_breaks_fails_its_page_alone(scan: Path, tmp_path: Path) -> None:
    module = "from digitize import Format\nX = Format('.odd', 'a', 'odd_plugin:make')\n"
    module += "def make(result):\n    raise KeyError('colour')"
    site = broken(tmp_path / "site", "digitize.formats", "odd", "odd_plugin:X", module)
    out = tmp_path / "out"
    done = command(site, "run", scan, "--engine", "null", "-f", "odd", "-o", out, "-j", "1")
    assert done.returncode == 5
    assert (
        "the format odd failed: KeyError: 'colour'; tell its author, or leave it out" in done.stderr
    )
    assert "Traceback" not in done.stderr


def test_a_broken_engine_is_told_before_any_page(scan: Path, tmp_path: Path) -> None:
    site = broken(tmp_path / "site", "digitize.engines", "odd", "odd_plugin:NOTHING")
    done = command(site, "run", scan, "--engine", "odd", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "the engine odd cannot be loaded" in done.stderr
    assert "pip install --force-reinstall odd-plugin" in done.stderr
