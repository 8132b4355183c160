"""From a scan to an upright, flat page in even light that knows the way back to the scan."""

from digitize.preprocess.flatten import STEPS, preprocess, stages
from digitize.preprocess.orient import Score

__all__ = ["STEPS", "Score", "preprocess", "stages"]
