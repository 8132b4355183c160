"""The arrows of the design: who may import whom."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "digitize"

# A room (a module of the package or a whole subpackage) imports from rooms of lower levels only;
# rooms of one level do not know each other. A new room needs a place here.
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"geometry", "text", "errors", "options", "filetype", "threads", "xml_parsing"}),
    frozenset({"remote"}),
    frozenset({"archives"}),
    frozenset({"model", "image", "opening"}),
    frozenset({"containers"}),
    frozenset({"typesize", "weights", "source", "atomic", "spool", "decoding", "config", "script"}),
    frozenset({"storage", "shard"}),
    frozenset(
        {
            "preprocess",
            "layout",
            "ocr",
            "reflow",
            "formats",
            "overlay",
            "preview",
            "explain",
            "language",
        }
    ),
    frozenset({"text_choices"}),
    frozenset(
        {
            "stitching",
            "article_files",
            "evaluate",
            "foreign",
            "pdf_text",
            "versions",
            "paper",
            "pdf",
        }
    ),
    frozenset({"text_layer"}),
    frozenset(
        {
            "journal",
            "known_names",
            "linking",
            "pipeline",
            "report",
            "uncertain",
            "page_files",
            "volume",
        }
    ),
    frozenset({"batch", "survey"}),
    frozenset({"progress", "relinking", "foretelling", "spreads"}),
    frozenset({"run_report"}),
    frozenset({"sinks", "ledger"}),
    frozenset({"status", "running", "exporting", "repairing", "comparing", "configuring"}),
    frozenset({"api", "bench"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}

# Reflow is pure: shapes, types and text in, the same out.
REFLOW_KNOWS = {"reflow", "geometry", "model", "text"}
REFLOW_LIBRARIES = {"numpy", "scipy"}
TOUCHES_THE_WORLD = {
    "os", "io", "pathlib", "shutil", "tempfile", "glob", "sys", "subprocess", "socket",
    "time", "datetime", "random", "threading", "multiprocessing", "importlib",
}  # fmt: skip

# A library that is used in one place can be replaced in one place.
ONLY_IN = {
    "click": {"cli"},
    "distributed": {"batch.cluster", "batch.guarded"},
    "fsspec": {"remote"},
    "jieba": set(),  # its tables are used, not its code
    "jinja2": {"report"},
    "kenlm": {"language"},
    "lxml": {"formats", "pdf", "volume", "xml_parsing"},
    "opencc": {"script"},
    "onnxruntime": {"weights"},
    "pikepdf": {"pdf"},
    "pillow_heif": {"opening"},
    "pypdfium2": {"bench", "opening", "preprocess.pdf_page", "pdf_text.chars"},
    "pytesseract": {"ocr"},
    "psutil": {"batch", "bench"},
    "rapidfuzz": {"evaluate"},
    "regex": {"evaluate.graphemes"},
    "sqlite3": {"journal"},
    "rich": {"cli"},
    "tesserocr": {"ocr.tesseract_library"},
    "threadpoolctl": {"batch.threads"},
    "rapidocr": {"bench"},  # elsewhere its weights are used, not its code
}
PLAIN = {"geometry", "model", "text", "errors", "filetype"}  # standard library only

Imports = Mapping[str, set[str]]
"""What every module imports, by full names: modules, or names in modules."""


def imports_of(root: Path) -> dict[str, set[str]]:
    return {
        _module(path, root): _imported(ast.parse(path.read_text("utf-8")))
        for path in sorted(root.rglob("*.py"))
    }


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(name: str) -> str:
    """The room of a module or of a name in one; "" for the package itself and its names."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LEVEL else ""


def own(imported: set[str]) -> set[str]:
    return {name for name in imported if name.split(".")[0] == "digitize"}


def libraries(imported: set[str]) -> set[str]:
    return {name.split(".")[0] for name in imported} - {"digitize", "__future__"}


def against_the_arrows(imports: Imports) -> list[str]:
    return sorted(
        f"{module} imports {name}"
        for module, imported in imports.items()
        for name in own(imported)
        if room(module)  # the package itself only offers names
        and room(name) not in ("", room(module))
        and LEVEL[room(name)] >= LEVEL[room(module)]
    )


def impure(imports: Imports) -> list[str]:
    found = []
    for module, imported in imports.items():
        if room(module) != "reflow":
            continue
        known = {n for n in own(imported) if room(n) not in REFLOW_KNOWS}
        world = libraries(imported) & TOUCHES_THE_WORLD
        strange = libraries(imported) - set(sys.stdlib_module_names) - REFLOW_LIBRARIES
        found += [f"{module} imports {name}" for name in sorted(known | world | strange)]
    return found


def out_of_place(imports: Imports) -> list[str]:
    found = []
    for module, imported in imports.items():
        place = module.removeprefix("digitize.")
        for library in sorted(libraries(imported)):
            allowed = ONLY_IN.get(library)
            if allowed is not None and not {place, room(module)} & allowed:
                found.append(f"{module} imports {library}")
            if place in PLAIN and library not in sys.stdlib_module_names:
                found.append(f"{module} imports {library}")
    return found


def circles(imports: Imports) -> list[str]:
    graph = {
        module: {target for name in own(imported) if (target := _target(name, imports)) != module}
        for module, imported in imports.items()
        if module != "digitize"
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def _target(name: str, imports: Imports) -> str:
    """The module that a full name is, or is defined in."""
    return name if name in imports else name.rpartition(".")[0]


CHECKS = (against_the_arrows, impure, out_of_place, circles)


@pytest.fixture(scope="module")
def imports() -> Imports:
    return imports_of(PACKAGE)


def test_every_module_has_a_place(imports: Imports) -> None:
    assert [name for name in imports if name != "digitize" and not room(name)] == []
    assert len(LEVEL) == sum(map(len, LEVELS))


def test_imports_follow_the_arrows(imports: Imports) -> None:
    assert against_the_arrows(imports) == []


def test_reflow_knows_no_pictures_and_no_files(imports: Imports) -> None:
    assert impure(imports) == []
    for path in (PACKAGE / "reflow").glob("*.py"):
        names = {
            n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)
        }
        assert names.isdisjoint({"open", "print", "input", "eval", "exec", "__import__"}), path


def test_libraries_stay_in_their_place(imports: Imports) -> None:
    assert out_of_place(imports) == []


def test_nothing_goes_in_circles(imports: Imports) -> None:
    assert circles(imports) == []


@pytest.mark.parametrize(
    ("module", "imported", "found_by"),
    [
        ("digitize.layout.lines", "digitize.ocr.engine.Engine", {"against_the_arrows"}),
        ("digitize.text", "digitize.model.Page", {"against_the_arrows"}),
        ("digitize.batch", "digitize.running.run", {"against_the_arrows", "circles"}),
        ("digitize.reflow.order", "digitize.image.Pixels", {"impure"}),
        ("digitize.reflow.order", "cv2", {"impure"}),
        ("digitize.reflow.order", "pathlib.Path", {"impure"}),
        ("digitize.geometry", "numpy", {"out_of_place"}),
        ("digitize.running", "click", {"out_of_place"}),
        ("digitize.layout.detect", "digitize.layout.lines", {"circles"}),
        ("digitize.layout.detect", "digitize.weights.session", set()),
    ],
)
def test_the_checks_find_what_is_wrong(module: str, imported: str, found_by: set[str]) -> None:
    made = imports_of(PACKAGE)
    made[module].add(imported)
    assert {check.__name__ for check in CHECKS if check(made)} == found_by
