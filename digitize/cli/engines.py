"""``digitize engines``."""

from __future__ import annotations

from digitize.cli.grouped import command, option, section
from digitize.cli.terminal import show


@command(
    examples=(
        ("digitize engines", "a line or two for each"),
        ("digitize engines --json", "the same for programs"),
    )
)
@section(
    "What is written",
    option("--json", "as_json", is_flag=True, help="Print as JSON."),
)
def engines(as_json: bool) -> None:
    """List the OCR engines; how to install those that are missing.

    Each with its version and the languages that it has.
    """
    import json  # noqa: PLC0415 - --help must not wait for numpy
    from dataclasses import asdict  # noqa: PLC0415

    from digitize.ocr import describe  # noqa: PLC0415

    rows = describe()
    if as_json:
        show(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = row.version if row.installed else f"not installed; {row.install}"
        show(f"{row.name:<10} {state}")
        if row.languages:
            show(f"{'':<10} languages: {', '.join(row.languages)}")
