"""The command line: it parses and prints; everything else is done elsewhere."""

from digitize.cli.commands import main

__all__ = ["main"]
