"""Options that set a key of ``digitize.toml``, and those that say which file is read.

What such an option takes, its default and its help are those of the model in ``digitize.options``;
they are looked up when they are asked for, so that ``digitize --help`` need not wait for pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from digitize.cli.grouped import Declared, Option, option, section
from digitize.cli.suggestions import choices, profiles, suggesting

if TYPE_CHECKING:
    from digitize.config import Settings

_FLAGS = "digitize.flags"  # in the context: {key: (flag, value)}
_NEGATED = re.compile(r"--([\w-]+) / --no-\1")  # as click writes a flag and its contrary
_TYPED = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
Values = Mapping[str, Any]


class Setting(Option):
    """An option for one key of the settings, as "ocr.engine"; only what was typed counts."""

    def __init__(
        self,
        *args: Any,
        key: str,
        spread: Callable[[Any], Values] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(
            *args, expose_value=False, callback=_keep, show_default=False, **attributes
        )
        self.key = key
        self.spread = spread or (lambda value: {key: value})

    def describe(self) -> None:
        """Take help, default and what is allowed from the model."""
        from digitize.config import keys  # noqa: PLC0415 - pydantic, only for one command's help

        if not self.help:
            words = _sentence(keys.field_of(self.key).description or "")
            self.help = f"{words}{_default(self, keys.default_of(self.key))}"
            self.metavar = self.metavar or _metavar(keys.choices(self.key))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and help."""
        self.describe()
        found = super().get_help_record(ctx)
        return found and (_NEGATED.sub(r"--[no-]\1", found[0]), found[1])


def setting(key: str, *names: str, **attributes: Any) -> Declared:
    """Declare an option for ``key``: ``--name`` with a value, or ``--name/--no-name``."""
    offered = {"shell_complete": suggesting(lambda: choices(key))} if "." in key else {}
    return Declared(names, {"key": key, **offered, **attributes}, Setting)


def several(key: str, *names: str, **attributes: Any) -> Declared:
    """Declare an option for a key that takes a list: it is repeated, or has commas in it."""
    spread = {"spread": lambda values: {key: names_in(values)}}
    return setting(key, *names, multiple=True, **spread, **attributes)


TEXT = section(
    "The form of the text",
    setting("text.convert", "--convert"),
    setting("text.punct", "--punct"),
    setting("text.variants", "--variants/--no-variants"),
    setting("text.line_breaks", "--line-breaks"),
)

FROM_FILE = section(
    "Settings",
    option(
        "--config",
        "config_file",
        type=click.Path(),
        metavar="FILE",
        help="Read this file of settings.",
    ),
    option("--no-config", is_flag=True, help="Read no file of settings."),
    option(
        "--profile",
        shell_complete=profiles,
        metavar="NAME",
        default="",
        show_default=False,
        help="Use the profile NAME; none: no profile.",
    ),
)


def in_force(config_file: str | None, no_config: bool, profile: str) -> Settings:
    """The settings that the options of the command that runs, and the file, make."""
    from digitize.config import Asked, load  # noqa: PLC0415 - pydantic

    flags = click.get_current_context().meta.get(_FLAGS, {})
    return load(Asked(config_file, no_config, profile, flags))


def typed() -> dict[str, Any]:
    """The settings that were typed, by their keys, whatever a file says."""
    flags = click.get_current_context().meta.get(_FLAGS, {})
    return {key: value for key, (_, value) in flags.items()}


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Remember what was typed; a default never outdoes the file."""
    if isinstance(param, Setting) and ctx.get_parameter_source(str(param.name)) in _TYPED:
        names = param.secondary_opts if value is False else param.opts
        kept = ctx.meta.setdefault(_FLAGS, {})
        kept.update({key: (max(names, key=len), one) for key, one in param.spread(value).items()})


def names_in(values: Iterable[str]) -> tuple[str, ...]:
    """The names in an option that is repeated, or has commas in it."""
    return tuple(name.strip() for value in values for name in value.split(","))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _default(param: Setting, default: Any) -> str:
    if param.multiple or param.is_flag or default == "":
        return ""
    return f"  [default: {default:g}]" if isinstance(default, float) else f"  [default: {default}]"


def _metavar(choices: Iterable[str]) -> str | None:
    return f"[{'|'.join(choices)}]" if choices else None
