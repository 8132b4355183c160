"""What ``digitize reflow`` does: text repaired, pages of any program put in order anew."""

from digitize.repairing.plan import Plan
from digitize.repairing.run import run
from digitize.repairing.texts import repaired

__all__ = ["Plan", "repaired", "run"]
