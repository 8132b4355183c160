"""How fast this machine reads: digitize and others on the same pages, measured in turn."""

from digitize.bench.run import Plan, run

__all__ = ["Plan", "run"]
