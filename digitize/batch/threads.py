"""How many threads a page may take in all the libraries that start some of their own."""

from __future__ import annotations

import os


def limit_threads(count: int) -> None:
    """Let the libraries of this process use ``count`` threads, and the programs it starts one.

    onnxruntime is given its number when a session is opened (``OcrOptions.threads``).
    """
    import cv2  # noqa: PLC0415 - heavy
    import numpy  # noqa: F401, PLC0415 - its BLAS must be loaded to be limited
    import scipy.linalg  # noqa: F401, PLC0415 - brings another
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's; many of them run side by side
    threadpool_limits(count)
    cv2.setNumThreads(count)
