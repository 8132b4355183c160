"""The settings of a project: ``digitize.toml`` and the flags, as options of each page."""

from digitize.config.file import Config, parse, read
from digitize.config.finding import NAME, find
from digitize.config.loading import Asked, load
from digitize.config.settings import Settings, flags_of

__all__ = ["NAME", "Asked", "Config", "Settings", "find", "flags_of", "load", "parse", "read"]
