"""The ONNX weights that lie inside the rapidocr wheel, and sessions to run them.

Sessions are opened here and not through RapidOCR's own classes, because a newspaper page needs
what those do not give: no limit of 1,000 boxes, batches padded by width, glyph positions, and a
thread count per worker.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.errors import MissingEngineError

if TYPE_CHECKING:
    import onnxruntime

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


@cache
def session(kind: str, threads: int) -> onnxruntime.InferenceSession:
    """An inference session for ``kind``, opened once a process and thread count."""
    try:
        import onnxruntime  # noqa: PLC0415 - slow to import, wanted only when a page is read
    except ImportError as error:
        raise MissingEngineError(f"onnxruntime is not installed; {INSTALL}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # The arena keeps the largest batch's memory for ever; widths differ from page to page.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        str(find(kind)), sess_options=options, providers=["CPUExecutionProvider"]
    )


@cache
def alphabet() -> list[str]:
    """The recogniser's characters by class: the CTC blank first, the space last."""
    characters = session("rec", 1).get_modelmeta().custom_metadata_map["character"]
    return ["", *characters.splitlines(), " "]
