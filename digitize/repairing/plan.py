"""What the user of ``digitize reflow`` asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from digitize.config import Settings
from digitize.errors import InputError, shown
from digitize.model import PageResult
from digitize.reflow.plain import Repaired

Say = Callable[[str], None]
STREAM = "-"  # stdin among the inputs, stdout as output


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user asked for. ``out`` is a folder, "-" for stdout, or None.

    ``formats`` are those of pages; a text without geometry stays text. ``image`` is the picture of
    the only input, where it does not lie beside it. ``settings`` say what is known of the paper,
    and how far to go.
    """

    inputs: tuple[str, ...]
    out: str | None = None
    explain: bool = False
    as_json: bool = False
    keep_furniture: bool = False
    formats: tuple[str, ...] = ()
    image: str | None = None
    settings: Settings = field(default_factory=Settings)

    @property
    def forms(self) -> tuple[str, ...]:
        """The formats of pages, each named once."""
        return tuple(dict.fromkeys(self.formats)) or ("txt",)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an input: its text, its pages where it has any, what could not be used."""

    record: Repaired
    pages: tuple[PageResult, ...] = ()
    errors: tuple[InputError, ...] = ()


def named(name: str) -> str:
    """How messages call an input."""
    return "stdin" if name == STREAM else shown(name)
