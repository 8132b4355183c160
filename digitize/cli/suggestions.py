"""What the shell offers behind an option, when Tab is pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

Suggest = Callable[[click.Context, click.Parameter, str], list[str]]


def suggesting(names: Callable[[], Iterable[str]]) -> Suggest:
    """Offer ``names`` for what is being typed, after the last comma of a list."""

    def suggest(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        before, comma, begun = incomplete.rpartition(",")
        return [f"{before}{comma}{name}" for name in names() if name.startswith(begun)]

    return suggest


def engines() -> list[str]:
    """The engines, installed or not."""
    from digitize.ocr.registry import ENGINES  # noqa: PLC0415 - only when it is asked for

    return list(ENGINES)


def formats() -> list[str]:
    """The formats of a page."""
    from digitize.formats import known  # noqa: PLC0415 - as above

    return list(known())


def choices(key: str) -> list[str]:
    """The words that a key of the settings takes."""
    from digitize.config import keys  # noqa: PLC0415 - as above

    return list(keys.choices(key))


def profiles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The profiles in the file of settings; none where it cannot be read."""
    from digitize.config import Asked, load  # noqa: PLC0415 - as above
    from digitize.errors import OptionError  # noqa: PLC0415

    try:
        config = load(Asked(ctx.params.get("config_file"))).config
    except OptionError:  # the command itself will tell
        return []
    names = (*(rule.name for rule in config.profiles), "none")
    return [name for name in names if name.startswith(incomplete)]
