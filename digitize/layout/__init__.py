"""Where things are on a flattened page: rules, pictures, frames and lines of text."""

from digitize.layout.analyze import analyze, divided, surroundings

__all__ = ["analyze", "divided", "surroundings"]
