"""Names in the settings that only the stages can judge: engines and formats.

They are judged before any page is read, and where a file has them the error says where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from digitize.config import Settings
from digitize.config.values import Origin
from digitize.errors import OptionError, UsageError
from digitize.formats import registry as formats
from digitize.model import Source
from digitize.ocr import registry as engines


def check(settings: Settings, sources: Iterable[Source] = ()) -> None:
    """Raise OptionError for a format, or an engine of one of ``sources``, that does not exist."""
    for name in settings.output.formats:
        _judge(formats.named, name, settings.in_force()["output.formats"].origin)
    good: set[str] = set()
    for source in sources:
        name = settings.for_page(source).ocr.engine
        if name not in good:
            _judge(engines.check, name, settings.in_force(source)["ocr.engine"].origin)
            good.add(name)


def _judge(look_up: Callable[[str], object], name: str, origin: Origin) -> None:
    try:
        look_up(name)
    except UsageError as error:
        where = "" if origin.kind in ("default", "flag") else f" (from {origin})"
        raise OptionError(f"{error}{where}") from error
