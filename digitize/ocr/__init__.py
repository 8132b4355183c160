"""Reading: engines that turn outlines of lines into text, behind one Protocol."""

from digitize.ocr.checked import recognized
from digitize.ocr.engine import Engine, EngineSettings, identity
from digitize.ocr.registry import describe, make, told

__all__ = ["Engine", "EngineSettings", "describe", "identity", "make", "recognized", "told"]
