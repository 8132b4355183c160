"""The colour space sRGB as an ICC profile, version 2, which PDF/A demands.

IEC 61966-2-1:1999 for the numbers; ICC.1:2001-04 for the file.
"""

from __future__ import annotations

import struct
from functools import cache

_STEPS = 1024  # of the tone curve; between them readers interpolate
# What red, green and blue at their fullest are, adapted to the white of print (D50).
_COLORANTS = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_D50 = (0.9642, 1.0, 0.8249)


@cache
def profile() -> bytes:
    """The profile; the same bytes every time."""
    curve = _curve()
    tags = {
        b"desc": _description("sRGB"),
        b"cprt": b"text\0\0\0\0No copyright\0",
        b"wtpt": _xyz(_D50),
        **{tag: _xyz(value) for tag, value in _COLORANTS.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _assembled(tags)


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    """Header, table and data; tags with the same data share it."""
    at = 128 + 4 + 12 * len(tags)
    table, body, places = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for tag, data in tags.items():
        if data not in places:
            places[data] = at + len(body)
            body += data + bytes(-len(data) % 4)
        table += tag + struct.pack(">II", places[data], len(data))
    return _header(at + len(body)) + table + body


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 1999, 10, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += date + b"acsp" + bytes(4 * 7) + struct.pack(">3i", *map(_fixed, _D50))
    return head + bytes(128 - len(head))


def _curve() -> bytes:
    values = [round(_linear(i / (_STEPS - 1)) * 0xFFFF) for i in range(_STEPS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *values)


def _linear(value: float) -> float:
    """How much light a value of a channel is."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *map(_fixed, value))


def _fixed(value: float) -> int:
    return round(value * 0x10000)


def _description(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    head = b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain
    return head + bytes(4 + 4 + 2 + 1 + 67)  # no Unicode, no Macintosh script
