"""Scans as files, and how tests look at what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from digitize.errors import InputError
from digitize.model import Source
from digitize.preprocess.load import load

# No zeros: a row of zeros is one that a decoder never reached.
NOISE = np.random.default_rng(7).integers(1, 256, (400, 300)).astype(np.uint8)


def saved(path: Path, image: Image.Image, **options: Any) -> Source:
    image.save(path, **options)
    return Source(str(path))


def wrote(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    return Source(str(path))


def close(a: npt.NDArray[Any], b: npt.NDArray[Any], within: int) -> bool:
    return a.shape == b.shape and int(np.abs(a.astype(int) - b.astype(int)).max()) <= within


def failure(source: Source, **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        load(source, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert Path(source.path).name in message
    return message
