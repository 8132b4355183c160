"""Chinese typefaces found through fontconfig, and what they can draw."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

# key: (fontconfig family, style, class, scripts). The order is the order of fallback.
WANTED: dict[str, tuple[str, str, str, str]] = {
    "serif-sc": ("Noto Serif CJK SC", "Regular", "song", "hans"),
    "serif-tc": ("Noto Serif CJK TC", "Regular", "song", "hant"),
    "uming-cn": ("AR PL UMing CN", "Light", "song", "hans"),
    "uming-tw": ("AR PL UMing TW", "Light", "song", "hant"),
    "gbsn": ("AR PL SungtiL GB", "Regular", "song", "hans"),
    "serif-sc-bold": ("Noto Serif CJK SC", "Bold", "song-bold", "hans"),
    "serif-tc-bold": ("Noto Serif CJK TC", "Bold", "song-bold", "hant"),
    "sans-sc": ("Noto Sans CJK SC", "Regular", "hei", "hans"),
    "sans-tc": ("Noto Sans CJK TC", "Regular", "hei", "hant"),
    "sans-sc-bold": ("Noto Sans CJK SC", "Bold", "hei-bold", "hans"),
    "sans-tc-bold": ("Noto Sans CJK TC", "Bold", "hei-bold", "hant"),
    "zenhei": ("WenQuanYi Zen Hei", "Regular", "hei", "hans"),
    "microhei": ("WenQuanYi Micro Hei", "Regular", "hei", "hans"),
    "ukai-cn": ("AR PL UKai CN", "Book", "kai", "hans"),
    "ukai-tw": ("AR PL UKai TW", "Book", "kai", "hant"),
    "gkai": ("AR PL KaitiM GB", "Regular", "kai", "hans"),
    "wenkai": ("LXGW WenKai", "Regular", "kai", "hans"),
    "wenkai-bold": ("LXGW WenKai", "Bold", "kai-bold", "hans"),
    "fangsong": ("cwTeXFangSong", "Medium", "fang", "hant"),
}
FALLBACK = {"hans": ("serif-sc", "uming-cn"), "hant": ("serif-tc", "uming-tw")}


@dataclass(frozen=True)
class Face:
    """One face of one font file."""

    key: str
    name: str
    path: str
    index: int
    kind: str
    script: str

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        """The face loaded at a pixel size."""
        return load(self.path, self.index, max(4, round(size)))

    def covers(self, char: str) -> bool:
        return ord(char) in charset(self.path, self.index)

    def stand_in(self, char: str) -> Face:
        """The face itself, or the fallback face that can draw the character."""
        if char.isspace() or self.covers(char):
            return self
        found = installed()
        for key in FALLBACK[self.script]:
            if key in found and found[key].covers(char):
                return found[key]
        return self


@lru_cache(maxsize=256)
def load(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)
def charset(path: str, index: int) -> frozenset[int]:
    """The code points of a face, as fontconfig lists them."""
    command = ["fc-query", "-i", str(index), "--format", "%{charset}", path]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    points: set[int] = set()
    for part in listing.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


@lru_cache(maxsize=1)
def installed() -> dict[str, Face]:
    """The wanted faces this machine has, in the order of WANTED."""
    listing = subprocess.run(
        ["fc-list", "--format", "%{family}|%{style}|%{file}|%{index}\n"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = [line.split("|") for line in sorted(listing.splitlines()) if line.count("|") == 3]
    found: dict[str, Face] = {}
    for key, (family, style, kind, script) in WANTED.items():
        for families, styles, path, index in rows:
            if family in families.split(",") and styles.split(",")[0] == style:
                found[key] = Face(key, family, path, int(index), kind, script)
                break
    if not found:
        raise RuntimeError("no Chinese fonts; install fonts-noto-cjk and fonts-arphic-uming")
    return found


def face(key: str) -> Face:
    """The named face, or the nearest that is installed: same class and script, then script."""
    found = installed()
    if key in found:
        return found[key]
    _, _, kind, script = WANTED[key]
    same = [f for f in found.values() if f.script == script]
    alike = [f for f in same if f.kind == kind]
    return (alike or same or list(found.values()))[0]


@lru_cache(maxsize=4096)
def ink(char: str, path: str, index: int, size: int) -> tuple[float, float, float, float]:
    """Where a character's ink is, from the pen position on the baseline."""
    mask, offset = load(path, index, size).getmask2(char, mode="L", anchor="ls")
    box = mask.getbbox() or (0, 0, 0, 0)
    return (
        float(box[0] + offset[0]),
        float(box[1] + offset[1]),
        float(box[2] + offset[0]),
        float(box[3] + offset[1]),
    )
