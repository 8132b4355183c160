"""Turn the page so that its lines lie level: the small rest of skew after orient and border.

Method: projection profiles (Postl 1986), taken per strip of about a column's width because the
columns of a newspaper do not share a grid of lines, and in both directions because a vertical
page's lines run down. A strip is sheared, not turned, and in the Fourier domain, where moving a
column of pixels is a product; so a hundred angles cost what one rotation does.
"""

from __future__ import annotations

import math
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from digitize.geometry import Projective
from digitize.image import PageImage, Pixels
from digitize.preprocess.moves import Move, View, moved

NAME = "deskew"
AGREE = 0.3  # degrees: lines and columns that differ by more are those of a bent sheet
BENT = 3.0  # degrees around the top in which the lines of a bent sheet are looked for
MAX_ANGLE = 15.0  # degrees: a scan turned further is no accident of the feeder
COARSE = 0.25  # degrees: below the half width of the profile's peak for lines of a column
FINE = 0.02
LEVEL = 0.05  # degrees: half of what Tesseract is known to mind; below it nothing is done
STRIP = 300  # px of the view: a column of a broadsheet; longer ones mix columns, shorter blur
COLUMN = 6  # px of the view that are moved as one
FINEST = 5.0  # px of the view: detail below this wavelength is noise, not a line
COARSEST = 80.0  # px of the view: changes this slow are light and pictures, not lines
WINDOW = 31  # px of the view: ink is what is darker than the mean of such a square
CLEAR = 1.15  # how much sharper than the page as it is the profile must become
PEAK = (
    2.5  # times the usual sharpness at wrong angles (text: 4 to 25, noise and photographs: 1 to 2)
)

Floats = npt.NDArray[np.float64]


def deskew(image: PageImage) -> PageImage:
    """The page with level lines on a canvas that holds all of it; the same one if they are."""
    return moved(image, [deskew_move])


def deskew_move(seen: View) -> Move | None:
    """The turn that makes the lines of ``seen`` level, or None."""
    angle = skew(seen.gray)
    return None if abs(angle) < LEVEL else turn(seen.size, angle)


def turn(size: tuple[int, int], degrees: float) -> Move:
    """Undo a skew of ``degrees`` (positive: lines sink to the right) about the middle."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    width = math.ceil(size[0] * cos + size[1] * abs(sin) - 1e-6)
    height = math.ceil(size[1] * cos + size[0] * abs(sin) - 1e-6)
    back = (
        Projective.shift(-width / 2, -height / 2)
        .then(Projective.of([[cos, -sin, 0], [sin, cos, 0]]))
        .then(Projective.shift(size[0] / 2, size[1] / 2))
    )
    return Move(NAME, back, (width, height))


def skew(gray: Pixels) -> float:
    """Degrees by which lines sink to the right; 0 where no angle stands out."""
    ink = ink_of(gray)
    both = (_Strips(ink), _Strips(np.ascontiguousarray(ink.T), sign=-1))
    angles = np.arange(-MAX_ANGLE, MAX_ANGLE + COARSE / 2, COARSE)
    curves = [np.stack([strips.energies(a) for a in angles]) for strips in both]
    contrast = [_contrast(curve.sum(axis=1)) for curve in curves]
    if max(contrast) < PEAK:
        return 0.0
    best = int(np.argmax(contrast))
    tops = [float(angles[curve.sum(axis=1).argmax()]) for curve in curves]
    if min(contrast) >= PEAK and abs(tops[0] - tops[1]) > AGREE:
        best = int(np.argmin([_spread(c, angles, t) for c, t in zip(curves, tops, strict=True)]))
    strips, angle = both[best], _refined(both[best], tops[best])
    clear = strips.sharpness(angle) >= CLEAR * strips.sharpness(0.0)
    # Within a step of level the peak is the same one and need not be clearer than itself.
    return angle if clear or abs(angle) <= 1.0 else 0.0


def _spread(energies: Floats, angles: Floats, top: float) -> float:
    """How far the strips' own best angles lie from ``top``: the lines of a bent sheet do."""
    near = np.abs(angles - top) <= BENT
    own = angles[near][energies[near].argmax(axis=0)]
    weight = energies.max(axis=0) - np.median(energies, axis=0)
    return float(np.average(np.abs(own - top), weights=weight + 1e-9))


def _refined(strips: _Strips, rough: float) -> float:
    """The top of the peak around ``rough``, by a parabola through the finest samples."""
    near = rough + np.arange(-COARSE, COARSE + FINE / 2, FINE)
    curve = np.array([strips.sharpness(a) for a in near])
    i = int(curve.argmax())
    if i in (0, len(curve) - 1):
        return float(near[i])
    left, middle, right = curve[i - 1 : i + 2]
    bend = left - 2 * middle + right
    return float(near[i] + (FINE * (left - right) / (2 * bend) if bend < 0 else 0.0))


def _contrast(curve: Floats) -> float:
    usual = float(np.median(curve))
    return float(curve.max()) / usual if usual > 0 else 0.0


def ink_of(gray: Pixels) -> npt.NDArray[np.float32]:
    """How much darker than its surroundings each pixel is, 0 to 1, large dark areas left out."""
    around = cv2.blur(gray, (WINDOW, WINDOW))
    dark = cv2.subtract(around, gray)
    _, dark = cv2.threshold(dark, 12, 0, cv2.THRESH_TOZERO)  # paper grain
    return np.asarray(np.minimum(dark, 80) / 80, dtype=np.float32)


class _Strips:
    """The page as overlapping strips of column profiles, in the Fourier domain along y."""

    def __init__(self, ink: npt.NDArray[np.float32], sign: int = 1) -> None:
        height, width = ink.shape
        count = max(1, width // COLUMN)
        columns = ink[:, : count * COLUMN].reshape(height, -1, min(COLUMN, width))
        length = cv2.getOptimalDFTSize(height + STRIP // 4)
        spectrum = np.fft.rfft(columns.sum(axis=2), n=length, axis=0)
        frequency = np.fft.rfftfreq(length)
        keep = (frequency > 1 / COARSEST) & (frequency < 1 / FINEST)
        # Times the frequency: the energy of the profile's slope, not of its level.
        self._spectrum = (spectrum[keep] * frequency[keep, None]).astype(np.complex64)
        self._frequency = frequency[keep]
        self._step = max(1, STRIP // COLUMN // 2)
        self._sign = sign

    def sharpness(self, degrees: float) -> float:
        """The energy of all strips' profiles when lines at ``degrees`` are made level."""
        return float(self.energies(degrees).sum())

    def energies(self, degrees: float) -> Floats:
        """The same, strip by strip."""
        slope = self._sign * math.tan(math.radians(degrees)) * COLUMN
        count = self._spectrum.shape[1]
        phase = np.exp(2j * np.pi * slope * self._frequency)
        # Halves are summed from their own start; two neighbours make a strip.
        turns = phase[:, None] ** np.arange(min(self._step, count))
        turns = turns.astype(np.complex64)
        halves = [
            (self._spectrum[:, i : i + self._step] * turns[:, : min(self._step, count - i)]).sum(1)
            for i in range(0, count, self._step)
        ]
        shift = phase**self._step
        sums = [a + b * shift for a, b in pairwise(halves)] or halves
        return np.array([np.sum(np.abs(total) ** 2) for total in sums], dtype=np.float64)
