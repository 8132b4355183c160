"""Rows of a journal, and what is asked of a run, as tests need them."""

from __future__ import annotations

from dataclasses import replace

from digitize.journal import Asked, Making, Outputs, Row, Stat, State, key_of, making_of
from digitize.model import Source

OPTIONS = {"preprocess": {"deskew": True}, "ocr": {"engine": "null"}, "reflow": {"mode": "full"}}
VERSIONS = {"digitize": "0.1.0", "numpy": "2.0", "language": "jieba"}
STAT = Stat(1000, 5)


def making(*forms: str, mode: str = "full", deskew: bool = True, numpy: str = "2.0") -> Making:
    options = {**OPTIONS, "preprocess": {"deskew": deskew}, "reflow": {"mode": mode}}
    return making_of(options, {**VERSIONS, "numpy": numpy}, frozenset(forms or ("txt", "json")))


def asked(
    path: str = "/in/a.png", made: Making | None = None, stat: Stat = STAT, sha256: str = ""
) -> Asked:
    name = path.rpartition("/")[2].partition(".")[0]
    return Asked(Source(path, sha256=sha256), name, stat, made or making())


def row(one: Asked, state: State = State.OK, sha256: str = "aa") -> Row:
    """What the journal holds once ``one`` was made."""
    return Row(
        key=key_of(one.source),
        name=one.name,
        stat=one.stat,
        sha256=sha256,
        making=one.making,
        outputs=outputs(one.name, one.making.forms),
        record="json's hash" if "json" in one.making.forms else "",
        state=state,
        reason="it is damaged" if state is State.FAILED else "",
        seconds=2.5,
        lines=40,
        doubtful=3,
        below=0.8,
        confidence=0.93,
    )


def outputs(name: str, forms: frozenset[str]) -> Outputs:
    return {form: {f"{name}.{form}": 100 + len(form)} for form in sorted(forms)}


def sizes(*rows: Row) -> dict[str, int]:
    """The files of these rows, as they were written."""
    return {n: s for one in rows for files in one.outputs.values() for n, s in files.items()}


def changed(one: Row, **values: object) -> Row:
    return replace(one, **values)  # type: ignore[arg-type]
