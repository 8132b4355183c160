"""Files spoiled without knowing what is in them: bytes, numbers, words, rows, encodings."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Spoil = Callable[[bytes, Random], bytes]

NUMBERS = tuple(
    text.encode()
    for text in (
        "0", "-0", "-1", "1", "2", "65536", "2147483648", "-99999999999", "99999999999", "1e9",
        "1e999", "-1e999", "0.0000001", "NaN", "inf", "9" * 400, "１２", "٣", "", "1,5", "0x10",
    )
)  # fmt: skip
WORDS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\0", "\r", "\n\n\n", "\t", " ", "　", "\ufeff", "\u2028", "\u200b", "\U0002ffff",
        "\ud800", "\uffff", "\x1b[0m", "<", ">", "&", '"', "'", "[", "]", "{", "}", "(", ")", "\\",
        "%00", "../", "水" * 300, "，" * 50, "。\n" * 50, "A" * 1000, "下转第4版", "-" * 80,
    )
)  # fmt: skip
GROWN, SMALL = 3, 4096  # times a file, and bytes, that it may grow: larger ones are only slower
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "cp1252", "utf-7")


def spoiled(data: bytes, rng: Random) -> bytes:
    """``data`` changed in one to eight places."""
    most = GROWN * len(data) + SMALL
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = rng.choice(_WAYS)(data, rng)
    return data[:most]


def spoiled_text(data: bytes, rng: Random) -> bytes:
    """The same for what is a text: rows and numbers change more often than bits, encodings too."""
    most = GROWN * len(data) + SMALL
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = rng.choice(_TEXT_WAYS)(data, rng)
    return recoded(data, rng)[:most] if rng.random() < 0.2 else data[:most]


def recoded(data: bytes, rng: Random) -> bytes:
    """The text in another encoding; what that cannot say is left out."""
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "ignore")


def _span(data: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    length = rng.choice((1, 2, 8, 64, 512, len(data) // 2 + 1))
    return start, min(len(data), start + rng.randint(0, length))


def _flipped(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 4, 32)) if data else 0):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwritten(data: bytes, rng: Random) -> bytes:
    """A field of one to eight bytes with a value at an edge, in either order of bytes."""
    width = rng.choice((1, 2, 4, 8))
    whole = (1 << 8 * width) - 1
    value = rng.choice((0, 1, whole, whole >> 1, (whole >> 1) + 1, rng.randint(0, whole)))
    at = rng.randrange(len(data) + 1)
    return data[:at] + value.to_bytes(width, rng.choice(("little", "big"))) + data[at + width :]


def _cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _dropped(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _doubled(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 3, 100)) + data[end:]


def _moved(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng)
    rest = data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _inserted(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(WORDS) + data[at:]


def _numbered(data: bytes, rng: Random) -> bytes:
    """Another number in the place of one that is written in digits."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return _overwritten(data, rng)
    one = rng.choice(found)
    return data[: one.start()] + rng.choice(NUMBERS) + data[one.end() :]


def _rows(data: bytes, rng: Random) -> bytes:
    """Rows in another order, or some of them gone or twice."""
    rows = data.split(b"\n")
    i, j = rng.randrange(len(rows)), rng.randrange(len(rows))
    match rng.randrange(4):
        case 0:
            rows[i], rows[j] = rows[j], rows[i]
        case 1:
            del rows[min(i, j) : max(i, j)]
        case 2:
            rows.insert(i, rows[j])
        case _:
            cells = rows[i].split(b"\t")
            rng.shuffle(cells)
            rows[i] = b"\t".join(cells[: rng.randint(1, len(cells))])
    return b"\n".join(rows)


_WAYS: tuple[Spoil, ...] = (
    _flipped, _overwritten, _overwritten, _cut, _dropped, _doubled, _moved, _inserted, _numbered,
)  # fmt: skip
_TEXT_WAYS: tuple[Spoil, ...] = (
    _flipped, _cut, _dropped, _doubled, _moved, _inserted, _numbered, _numbered, _rows, _rows,
)  # fmt: skip
