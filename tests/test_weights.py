from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from digitize import text, weights
from digitize.errors import ExitCode, MissingEngineError


@pytest.fixture
def _unopened() -> Iterator[None]:
    weights.session.cache_clear()
    yield
    weights.session.cache_clear()


def rapidocr_at(monkeypatch: pytest.MonkeyPatch, spec: ModuleSpec | None) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)


@pytest.mark.parametrize("kind", ["det", "rec"])
def test_weights_lie_in_the_wheel(kind: str) -> None:
    path = weights.find(kind)
    assert f"_{kind}_" in path.name
    assert path.suffix == ".onnx"
    assert path.stat().st_size > 100_000


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    rapidocr_at(monkeypatch, None)
    with pytest.raises(MissingEngineError, match="rapidocr is not installed; run: pip install"):
        weights.find("rec")


def test_package_without_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = str(tmp_path / "__init__.py")
    rapidocr_at(monkeypatch, ModuleSpec("rapidocr", None, origin=origin))
    with pytest.raises(MissingEngineError, match="without its det model; run: pip install"):
        weights.find("det")


@pytest.mark.usefixtures("_unopened")
def test_without_onnxruntime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingEngineError, match="onnxruntime is not installed") as caught:
        weights.session("det")
    assert caught.value.exit_code is ExitCode.MISSING_ENGINE


def test_a_session_is_opened_once() -> None:
    assert weights.session("rec") is weights.session("rec")


def test_alphabet_fits_the_network() -> None:
    net = weights.session("rec")
    plane = np.zeros((1, 3, 48, 96), np.float32)
    (output,) = net.run(None, {net.get_inputs()[0].name: plane})
    alphabet = weights.alphabet()
    assert np.asarray(output).shape[-1] == len(alphabet)
    assert (alphabet[0], alphabet[-1]) == ("", " ")
    assert sum(map(text.is_han, filter(None, (c[:1] for c in alphabet)))) > 5000
