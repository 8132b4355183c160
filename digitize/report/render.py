"""From views to HTML: one template, with its style and script inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from digitize.report.page_view import PageView
from digitize.report.visible import visible

SCRIPTS = ("report.js", "table.js")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("digitize.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["visible"] = visible
    return environment.get_template("report.html")


@cache
def _asset(name: str) -> str:
    return files("digitize.report").joinpath("templates", name).read_text("utf-8")


@cache
def _script_hashes() -> str:
    """What lets a browser run these scripts and no other (Content Security Policy)."""
    digests = (hashlib.sha256(_asset(name).encode("utf-8")).digest() for name in SCRIPTS)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def html(title: str, pages: Sequence[PageView], **around: Any) -> bytes:
    """A whole file. ``around``: summary, home, before and after, each None where there is none."""
    wanted = {"summary": None, "home": None, "before": None, "after": None, **around}
    text = _template().render(
        title=visible(title),
        pages=pages,
        style=Markup(_asset("report.css")),  # ours, without any text of users
        scripts=[Markup(_asset(name)) for name in SCRIPTS],
        script_hashes=Markup(_script_hashes()),
        **wanted,
    )
    return text.encode("utf-8")
