"""Whether one piece of Chinese text goes on where another breaks off."""

from digitize.language.cohesion import Cohesion
from digitize.language.combined import Combined, signal
from digitize.language.deferred import Deferred
from digitize.language.lm_file import describe

__all__ = ["Cohesion", "Combined", "Deferred", "describe", "signal"]
