"""``digitize.toml``: what is read from it, and how each mistake is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.config import finding, matching, parse, positions, read
from digitize.errors import OptionError

WHOLE = """\
# settings of a project

[ocr]
engine = "tesseract"
languages = [
    "chi_tra",  # old papers
    "chi_sim",
]

[preprocess]
deskew = false
[profile."农民日报"]
match = ["nongmin-*", "old/*"]
reflow.mode = "geometry"
[profile."农民日报".ocr]
engine = "null"

[[pages]]
match = "*.pdf"
range = "1-4,9-"
preprocess.denoise = false
[[pages]]
range = 7
[pages.ocr]
languages = []
[batch]
jobs = 2
"""

WRONG = [
    ("[orc]\nengine = 'x'", 1, "[orc]: no such section; did you mean ocr? there are input,"),
    ("\n[ocr]\nengin = 'x'", 3, "[ocr] engin: no such key; did you mean engine? there are engine,"),
    ("[ocr]\n\nxyz = 1", 3, "[ocr] xyz: no such key; there are engine, languages"),
    ("ocr = 1", 1, "[ocr]: write it as a section: [ocr]"),
    ("[batch]\njobs = 'two'", 2, '[batch] jobs: "two" is not allowed; it takes a whole number'),
    ("[batch]\njobs = '2'", 2, '[batch] jobs: "2" is not allowed; it takes a whole number from 0'),
    ("[batch]\njobs = 5000", 2, "[batch] jobs: 5000 is not allowed; it takes a whole number from"),
    ("[batch]\njobs = true", 2, "[batch] jobs: true is not allowed; it takes a whole number"),
    ("[batch]\njobs = 1.5", 2, "[batch] jobs: 1.5 is not allowed; it takes a whole number"),
    ("[output]\nlow_confidence = 2", 2, "low_confidence: 2 is not allowed; it takes a number fr"),
    ("[batch]\ntimeout = inf", 2, "timeout: Infinity is not allowed; it takes a number, at least"),
    ("[batch]\nmax_failed = '2'", 2, "it takes a whole number, at least 0 or a text like 20%"),
    ("[output]\nlow_confidence = nan", 2, "low_confidence: NaN is not allowed; it takes a number"),
    ("[output]\nformats = 'txt'", 2, 'formats: "txt" is not allowed; it takes a list, each a text'),
    ("[output]\nformats = [1]", 2, "formats: 1 is not allowed; it takes a list, each a text"),
    ("[output]\noverlay = 1979-05-27", 2, 'overlay: "1979-05-27" is not allowed; it takes true or'),
    ("[preprocess]\ndeskew = 'no'", 2, 'deskew: "no" is not allowed; it takes true or false'),
    ("[reflow]\nmode = 'ful'", 2, 'mode: "ful" is not allowed; it takes one of none, geometry'),
    ("[ocr]\nthreads = 2", 2, "[ocr] threads: no such key; there are engine, languages"),
    ("reflow.furniture = ['[']", 1, "[reflow] furniture: '[' is no regular expression: untermina"),
    ("profile = 3", 1, "[profile]: write it as a section: [profile]"),
    ("[profile]\nx = 3", 2, "[profile] x: write it as a section: [profile.x]"),
    ("[profile.none]", 1, "[profile] none: --profile none means no profile; name it otherwise"),
    ("[profile.x]\nmatch = 3", 2, '[profile.x] match: write it as "paper-*.pdf" or ['),
    ("[profile.x]\nmatch = ['']", 2, '[profile.x] match: write it as "paper-*.pdf" or ['),
    ("[profile.x]\nbatch.jobs = 3", 2, "[profile.x] batch: belongs to the whole run; write it un"),
    ("[profile.x]\nrange = '1-3'", 2, "[profile.x] range: no such key or section"),
    ("[profile.x.ocr]\nengin = ''", 2, "[profile.x.ocr] engin: no such key; did you mean engine?"),
    ("[pages]\nrange = '1'", 1, "[pages]: write each entry under [[pages]], with two brackets"),
    ("[[pages]]\n[[pages]]\nrange = '4-1'", 3, '[[pages]] entry 2 range: "4-1": a range of pages'),
    ("[[pages]]\nrange = 'a'", 2, '[[pages]] entry 1 range: "a": a range of pages is written as'),
    ("[[pages]]\nrange = 0", 2, "[[pages]] entry 1 range: 0: a range of pages is written as"),
    ("[[pages]]\nrange = ''", 2, '[[pages]] entry 1 range: "": a range of pages is written as'),
    ("[[pages]]\n\nocr = {engin='x'}", 3, "[[pages]] entry 1 [ocr] engin: no such key; did you"),
]


def test_everything_is_read_with_its_place() -> None:
    config = parse(WHOLE, "digitize.toml")
    told = {key: (one.value, str(one.origin)) for key, one in config.settings.items()}
    assert told == {
        "ocr.engine": ("tesseract", "digitize.toml:4"),
        "ocr.languages": (("chi_tra", "chi_sim"), "digitize.toml:5"),
        "preprocess.deskew": (False, "digitize.toml:11"),
        "batch.jobs": (2, "digitize.toml:27"),
    }
    (paper,) = config.profiles
    assert (paper.name, paper.match, paper.line) == ("农民日报", ("nongmin-*", "old/*"), 12)
    told = {key: (one.value, str(one.origin)) for key, one in paper.settings.items()}
    assert told == {
        "reflow.mode": ("geometry", "profile 农民日报 (digitize.toml:14)"),
        "ocr.engine": ("null", "profile 农民日报 (digitize.toml:16)"),
    }
    first, second = config.pages
    assert (first.match, first.range.text, second.range.text) == (("*.pdf",), "1-4,9-", "7")
    assert str(first.settings["preprocess.denoise"].origin) == "pages 1-4,9- (digitize.toml:21)"
    assert str(second.settings["ocr.languages"].origin) == "pages 7 (digitize.toml:25)"


@pytest.mark.parametrize(("text", "line", "says"), WRONG)
def test_a_mistake_is_one_line_with_its_place(text: str, line: int, says: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse(text, "my.toml")
    told = str(caught.value)
    assert told.startswith(f"my.toml:{line}: ")
    assert says in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[ocr]\nengine = tesseract\n", ":2:10: invalid value; correct the TOML there"),
        (b"[ocr]\nengine = 'x", ":2:12: expected"),
        (b"[ocr]\nengine = 'x'\nengine = 'y'\n", ":3:13: cannot overwrite a value; correct"),
        (b"[ocr]\r\nengine = \r\n", ":2:10: invalid value; correct the TOML there"),
        (
            "[profile.日报]".encode(),
            ":1:10: invalid initial character for a key part; put names that are not in pl",
        ),
        (b"a = " + b"[" * 100_000, "brackets too deep"),
        (b"a = " + b"9" * 5000, "exceeds the limit"),
        (b"\xff\xfe[\0", "byte 1: this is not UTF-8; save the file as UTF-8"),
        ("[ocr]\n# 报".encode("gb18030"), "byte 9: this is not UTF-8; save the file as UTF-8"),
        (b"#" * (1 << 20) + b"##", "is too long for settings"),
    ],
)
def test_a_file_that_is_no_toml_is_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "设置 1.toml"
    path.write_bytes(data)
    with pytest.raises(OptionError) as caught:
        read(str(path))
    assert says in str(caught.value)
    assert "设置 1.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_and_foreign_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "digitize.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert read(str(path)).profiles[0].settings == parse(WHOLE, str(path)).profiles[0].settings


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^cannot read the settings: no such file: .*x\.toml"):
        read(str(tmp_path / "x.toml"))
    with pytest.raises(OptionError, match=r"^cannot read the settings: .* is not a file"):
        read(str(tmp_path))


def test_the_file_is_found_up_to_the_projects_root(tmp_path: Path) -> None:
    deep = tmp_path / "project" / "scans" / "2024"
    deep.mkdir(parents=True)
    (tmp_path / "digitize.toml").touch()
    assert finding.find(deep) == tmp_path / "digitize.toml"
    assert finding.find(deep, home=tmp_path / "project") is None
    (tmp_path / "project" / ".git").mkdir()
    assert finding.find(deep) is None
    own = tmp_path / "project" / "digitize.toml"
    own.touch()
    assert finding.find(deep) == own
    (deep / "digitize.toml").mkdir()  # not a file
    assert finding.find(deep) == own


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("nongmin-*", "/scans/a/nongmin-1.png", True),
        ("nongmin-*", "/scans/nongmin-a/page.png", False),
        ("a/*", "/scans/a/b/page.png", True),
        ("a/*.pdf", "/scans/b/page.pdf", False),
        ("*/农民*", "/scans/a/农民日报.pdf", True),
        ("caf\u00e9*", "/scans/cafe\u0301.pdf", True),
        ("[!n]*", "/scans/nongmin.png", False),
        ("N*", "/scans/nongmin.png", False),
        ("s3://bucket/*", "s3://bucket/a/b.png", True),
        ("b.png", "s3://bucket/a/b.png", True),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert matching.matches([pattern], path, "/scans") is fits


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1-4,9-", [1, 2, 3, 4, 9, 10, 11, 12]),
        ("3", [3]),
        (" 2 - 3 , 5", [2, 3, 5]),
        ("12-", [12]),
    ],
)
def test_ranges(text: str, pages: list[int]) -> None:
    assert [n for n in range(13) if n in matching.range_of(text)] == pages


@pytest.mark.parametrize("text", ["", "0", "-3", "3-2", "1,", "a", "1-2-3", "1e3", "\u0663", "1.5"])
def test_no_ranges(text: str) -> None:
    with pytest.raises(OptionError):
        matching.range_of(text)


NAMES = st.sampled_from(["a", "b", '"x.y"', "'c d'", "e"])
VALUES = st.sampled_from(
    ["1", '"[x]"', "[\n  1,\n  # note\n  [2],\n]", '"""\na = 1\n[b]\n"""', "'''\n'''", "{ k = 1 }"]
)


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.tuples(VALUES, st.integers(0, 2)), max_size=5))
def test_every_value_is_found_in_its_line(entries: dict[str, tuple[str, int]]) -> None:
    lines = ["# head", "[t]"]
    expected: dict[str, int] = {}
    for name, (value, blank) in entries.items():
        lines += [""] * blank
        expected[name] = len(lines) + 1
        lines += f"{name} = {value}  # as said".split("\n")
    text = "\n".join(lines)
    table: dict[str, Any] = tomllib.loads(text)["t"]
    found = positions.lines_of(text)
    assert found["t",] == 2
    assert {name: found["t", name] for name in table} == {
        next(iter(tomllib.loads(f"{name} = 1"))): line for name, line in expected.items()
    }


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(WHOLE)),
            st.integers(0, 12),
            st.sampled_from(["", "\n", "[", "]", '"', "'''", "=", "x = 1\n", "日", "\\", ".", "#"]),
        ),
        max_size=3,
    )
)
def test_whatever_is_written_is_read_or_told_in_one_line(edits: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for start, cut, put in edits:
        text = text[:start] + put + text[start + cut :]
    assert re.fullmatch(r"digitize\.toml:.*|", complaint(text))


def complaint(text: str) -> str:
    """What is said of a file; "" where it is read."""
    try:
        parse(text)
    except OptionError as error:
        return str(error)
    return ""
