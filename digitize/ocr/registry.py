"""The engines by name: what there is, what is installed, what to install for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from digitize import weights
from digitize.errors import MissingEngineError, MissingLanguageError, UsageError, meant
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
    check(name)
    module, class_name, _ = ENGINES[name]
    factory: Callable[[EngineSettings], Engine] = getattr(import_module(module), class_name)
    engine = factory(settings)
    _check_languages(engine, settings)
    return engine


def check(name: str) -> None:
    """Raise UsageError where there is no engine ``name``, installed or not."""
    if name not in ENGINES:
        like = meant(name, ENGINES)
        raise UsageError(
            f"no engine is called {name!r}; {like}the engines are {', '.join(ENGINES)}"
        )


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
    for name, (_, _, install) in ENGINES.items():
        try:
            engine = make(name, EngineSettings())
        except MissingEngineError:
            rows.append(Described(name, False, "", (), install))
        else:
            rows.append(Described(name, True, engine.version(), engine.languages(), install))
    return rows
