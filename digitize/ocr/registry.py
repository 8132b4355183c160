"""The engines by name: what there is, what is installed, what to install for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, metadata

from digitize import weights
from digitize.errors import (
    MissingEngineError,
    MissingLanguageError,
    UsageError,
    meant,
    one_line,
)
from digitize.ocr.engine import Engine, EngineSettings, identity

# name: (module, class, how to install it); modules are loaded when an engine is asked for.
ENGINES: dict[str, tuple[str, str, str]] = {
    "rapidocr": ("digitize.ocr.rapidocr", "RapidOcrEngine", "pip install rapidocr onnxruntime"),
    "tesseract": (
        "digitize.ocr.tesseract",
        "TesseractEngine",
        "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-sim-vert "
        "tesseract-ocr-chi-tra tesseract-ocr-chi-tra-vert",
    ),
    "null": ("digitize.ocr.null", "NullEngine", "nothing to install"),
    "replay": ("digitize.ocr.replay", "ReplayEngine", "nothing to install; set DIGITIZE_REPLAY"),
}
GROUP = "digitize.engines"
"""The entry points by which other packages offer engines: a name, and a class with the Protocol's
methods that is made with :class:`EngineSettings`."""

Factory = Callable[[EngineSettings], Engine]


@dataclass(frozen=True, slots=True)
class Described:
    """One row of ``digitize engines``."""

    name: str
    installed: bool
    version: str
    languages: tuple[str, ...]
    install: str


def make(name: str, settings: EngineSettings) -> Engine:
    """The engine ``name``, ready to read.

    Raises UsageError for an unknown name, MissingEngineError or MissingLanguageError, each with
    the install command, where the engine cannot read what is asked for.
    """
    engine = _factory(name)(settings)
    _check_languages(engine, settings)
    return engine


def check(name: str) -> None:
    """Raise UsageError where there is no engine ``name``, installed or not."""
    if name in ENGINES:
        return
    known = [*ENGINES, *_plugged()]
    if name not in known:
        like = meant(name, known)
        raise UsageError(f"no engine is called {name!r}; {like}the engines are {', '.join(known)}")


def _factory(name: str) -> Factory:
    """What makes the engine ``name``: a class of ours, or what another package offers."""
    check(name)
    if name in ENGINES:
        module, class_name, _ = ENGINES[name]
        ours: Factory = getattr(import_module(module), class_name)
        return ours
    plug = _plugged()[name]
    try:
        theirs: Factory = plug.load()
    except Exception as error:
        reason = f"the engine {name} cannot be loaded: {one_line(error)}; {_source(plug)}"
        raise MissingEngineError(reason) from error
    return theirs


def _plugged() -> dict[str, metadata.EntryPoint]:
    """The engines of other packages by name; ours cannot be replaced."""
    found = sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in found if point.name not in ENGINES}


def _source(point: metadata.EntryPoint) -> str:
    """How to have the package of an engine again."""
    return f"pip install --force-reinstall {point.dist.name}" if point.dist else "install it anew"


def told(name: str, settings: EngineSettings) -> str:
    """The engine ``name`` with its version, before any page; raises as :func:`make`.

    One whose models are slow to load is not made for that.
    """
    if name == "rapidocr":
        return f"{name} {weights.version()}"
    return identity(make(name, settings))


def _check_languages(engine: Engine, settings: EngineSettings) -> None:
    have = engine.languages()
    missing = [language for language in settings.languages if language not in have]
    if missing and have:
        raise MissingLanguageError(
            f"{engine.name} has no language {', '.join(missing)}; it has {', '.join(have)}"
            f"{_language_hint(engine.name, missing)}"
        )


def _language_hint(name: str, missing: list[str]) -> str:
    if name != "tesseract":
        return ""
    packages = " ".join(f"tesseract-ocr-{m.replace('_', '-').lower()}" for m in missing)
    return f"; try: apt-get install {packages}"


def describe() -> list[Described]:
    """All engines, installed or not."""
    rows = []
    offered = {name: install for name, (_, _, install) in ENGINES.items()}
    offered |= {name: _source(point) for name, point in _plugged().items()}
    for name, install in offered.items():
        try:
            engine = make(name, EngineSettings())
        except MissingEngineError:
            rows.append(Described(name, False, "", (), install))
        else:
            rows.append(Described(name, True, engine.version(), engine.languages(), install))
    return rows
