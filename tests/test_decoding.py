from __future__ import annotations

import pytest

from digitize.decoding import decoded
from digitize.errors import InputError

HANS = "石门村在海拔1100米的山上，全村213户人家分散在11个山坳里。"
HANT = "本月初旬以來，上游各縣連日大雨，山洪暴發，江水陡漲一丈八尺。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [HANS, HANT])
def test_what_is_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding), "a.txt") == text


def test_gb2312_and_big5() -> None:
    assert decoded(HANS.encode("gb2312"), "a.txt") == HANS
    assert decoded(HANT.encode("big5"), "a.txt") == HANT


def test_utf_16_of_either_order() -> None:
    assert decoded(b"\xfe\xff" + HANS.encode("utf-16-be"), "a.txt") == HANS
    assert decoded(b"\xff\xfe" + HANS.encode("utf-16-le"), "a.txt") == HANS


def test_nothing_is_text_too() -> None:
    assert decoded(b"", "a.txt") == ""
    assert decoded(b"\xef\xbb\xbf", "a.txt") == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0" + bytes(20), r"a\.txt is a scan \(JPEG\); read it with: digitize run"),
        (b"%PDF-1.7\n", "a scan .PDF."),
        (b"text\0text", "NUL"),
        (b"\xc3\x28\xff\xff\x81", "neither UTF-8 nor GB18030 nor Big5"),
        (b"\xef\xbb\xbf\xc3\x28", "neither UTF-8"),
        (b"\xff\xfe\x00\xd8", "neither UTF-8"),
    ],
)
def test_what_is_no_text(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as raised:
        decoded(data, "a.txt")
    assert "\n" not in str(raised.value)
