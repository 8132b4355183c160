"""The ONNX weights that lie inside the rapidocr wheel, and sessions to run them.

Sessions are opened here and not through RapidOCR's own classes, because a newspaper page needs
what those do not give: no limit of 1,000 boxes, glyph positions, and results that depend neither
on what else is read nor on how many threads there are. So every session has one thread and is
given one picture at a time; several threads each read pictures of their own.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from digitize.errors import MissingEngineError
from digitize.image import Pixels

if TYPE_CHECKING:
    import onnxruntime

Output = npt.NDArray[np.float32]

INSTALL = "run: pip install rapidocr onnxruntime"


def find(kind: str) -> Path:
    """The weights for ``kind`` ("det" or "rec") in the rapidocr package.

    Raises MissingEngineError, naming the install command, where they are not there.
    """
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise MissingEngineError(f"the package rapidocr is not installed; {INSTALL}")
    found = sorted((Path(spec.origin).parent / "models").glob(f"*_{kind}_*.onnx"))
    if not found:
        raise MissingEngineError(f"rapidocr is installed without its {kind} model; {INSTALL}")
    return found[-1]


def version() -> str:
    """Version of the package and name of the recogniser; MissingEngineError as :func:`find`."""
    return f"{metadata.version('rapidocr')} ({find('rec').stem})"


@cache
def session(kind: str) -> onnxruntime.InferenceSession:
    """An inference session for ``kind``, opened once a process."""
    try:
        import onnxruntime  # noqa: PLC0415 - slow to import, wanted only when a page is read
    except ImportError as error:
        raise MissingEngineError(f"onnxruntime is not installed; {INSTALL}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # The arena keeps the largest picture's memory for ever; widths differ from page to page.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        str(find(kind)), sess_options=options, providers=["CPUExecutionProvider"]
    )


def run(kind: str, gray: Pixels) -> Output:
    """What the network ``kind`` makes of one grey picture (H, W), without the batch's axis."""
    net = session(kind)
    plane = (gray.astype(np.float32) / 255 - 0.5) / 0.5
    batch = np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)))
    output = net.run(None, {net.get_inputs()[0].name: batch})[0]
    return np.asarray(output[0], dtype=np.float32)


@cache
def alphabet() -> list[str]:
    """The recogniser's characters by class: the CTC blank first, the space last."""
    characters = session("rec").get_modelmeta().custom_metadata_map["character"]
    return ["", *characters.splitlines(), " "]
