"""``digitize completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from digitize.cli.grouped import command
from digitize.cli.terminal import show

PROGRAM = "digitize"
VARIABLE = "_DIGITIZE_COMPLETE"  # click's name for it: in it the script says what it wants
SHELLS = ("bash", "zsh", "fish")


@command(
    examples=(
        ('eval "$(digitize completion bash)"', "in ~/.bashrc"),
        ('eval "$(digitize completion zsh)"', "in ~/.zshrc, after compinit"),
        ("digitize completion fish | source", "in ~/.config/fish/config.fish"),
    )
)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script with which Tab completes what you type.

    For bash (4.4 or later), zsh or fish. Commands, options, engines, formats and the profiles of
    your digitize.toml are completed.
    """
    maker = get_completion_class(shell)
    assert maker is not None
    main = click.get_current_context().find_root().command
    show(maker(main, {}, PROGRAM, VARIABLE).source())
