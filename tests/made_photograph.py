"""Pages with photographs in which something is written, and grounds that are none."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from drawn import EM, Drawn, font, sheet
from PIL import Image, ImageDraw
from typesetter.pictures import photograph

from digitize.geometry import Box, Polygon
from digitize.model import Line

DPI = 200
PHOTO = Box(100, 100, 700, 560)
SIGN = "安全生产责任重"
GRAIN = 8.0  # grey levels
BANNER = (92, 205)  # grey of its cloth and of its letters
Ground = npt.NDArray[np.float32]


def scene(seed: int = 4, lines_an_inch: int = 0) -> Ground:
    """The tones of PHOTO, screened where ``lines_an_inch`` is not 0."""
    size = round(PHOTO.width), round(PHOTO.height)
    tones = np.asarray(photograph(*size, "street", 3 * seed + 1, DPI), dtype=np.float32)
    return screened(tones, lines_an_inch) if lines_an_inch else tones


def screened(tones: Ground, lines_an_inch: int) -> Ground:
    """Tones as dots at 45 degrees, black on white."""
    y, x = np.mgrid[0 : tones.shape[0], 0 : tones.shape[1]].astype(np.float32)
    turn = 2 * np.pi * lines_an_inch / DPI / np.sqrt(2)
    threshold = 128 + 60 * (np.cos((x + y) * turn) + np.cos((x - y) * turn))
    return np.asarray(np.clip(128 + (tones - threshold) * 2.5, 0, 255), dtype=np.float32)


def banner(tones: Ground, at: Box, text: str = SIGN) -> None:
    """A lettered cloth in a scene, lit as what is around it: not evenly."""
    cloth, letters = BANNER
    height, width = round(at.height), round(at.width)
    image = Image.new("L", (width, height), cloth)
    em = round(0.7 * height)
    middle = (width / 2, height / 2)
    ImageDraw.Draw(image).text(middle, text, letters, font(em), anchor="mm")
    x, y = round(at.x0), round(at.y0)
    there = tones[y : y + height, x : x + width]
    light = 0.8 + 0.4 * cv2.GaussianBlur(there, (0, 0), 9) / 255
    there[:] = cv2.GaussianBlur(np.asarray(image, dtype=np.float32), (0, 0), 0.8) * light
    there[:] += np.random.default_rng(height).normal(0, GRAIN, there.shape)


def page_with(tones: Ground, at: Box = PHOTO) -> Drawn:
    """A page of body type beside and below ``tones``."""
    page = sheet(1300, 900)
    place = round(at.x0), round(at.y0)
    page.image.paste(Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8)), place)
    for i in range(18):
        page.row(740, 100 + i * 38, "城北的新水渠昨日上午全线完工清水流进三个村")
    for i in range(3):
        page.row(100, 700 + i * 38, "修渠的工人也都来了他们在这里干了整整两年多的时间")
    return page


def line(name: str, box: Box, degrees: float = 0.0) -> Line:
    """A line that a detector would find there."""
    turn = np.radians(degrees)
    (x, y), c, s = box.center, float(np.cos(turn)), float(np.sin(turn))
    corners = tuple(
        (x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c)
        for px, py in box.polygon().points
    )
    return Line(name, Polygon(corners), "", 0.9, min(box.height, EM * 2.5))


def lines_of(page: Drawn) -> list[Line]:
    """What was set on a page."""
    return [line(f"p{i}", box.grown(2)) for i, (box, _) in enumerate(page.lines)]
