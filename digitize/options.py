"""The options of every stage: one frozen model each; an unknown key is an error.

``RunOptions`` is all that decides what is made of a page. What else is written, and how a run goes
through its pages, stand apart in ``OutputOptions`` and ``BatchOptions``: a page that is done stays
done when they change. No option is ever None, for TOML has no such value: 0 or "" means "none".
A description is what ``--help`` and the table in config/README.md say of the option.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class Options(BaseModel):
    """Some options; unknown names, and numbers without end, are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class InputOptions(Options):
    """How inputs are taken."""

    pdf_text: Literal["auto", "prefer", "ignore"] = Field(
        default="auto",
        description="text in PDFs; auto: taken where the page was set by a program;"
        " prefer: also what another OCR program has laid under a scan; ignore: all pages are read",
    )
    spread: Literal["auto", "no", "yes"] = Field(
        default="auto",
        description="scans of two pages side by side; auto: parted where the scan shows two;"
        " yes: every scan broader than high; no: never",
    )
    file_group: str = Field(
        default="", description="group of files to take of METS; empty: the largest pictures"
    )


class PreprocessOptions(Options):
    """Which steps may change a scan before it is read. Each does nothing where none is needed."""

    orient: bool = Field(default=True, description="turn pages that lie sideways or upside down")
    denoise: bool = Field(default=True, description="remove specks and strong sensor noise")
    border: bool = Field(default=True, description="cut off dark borders, take perspective out")
    deskew: bool = Field(default=True, description="turn the page so that its lines lie level")
    enlarge: bool = Field(default=True, description="enlarge pages whose type is very small")
    illumination: bool = Field(default=True, description="even out light, weaken show-through")
    binarize: bool = Field(
        default=False, description="make the page black and white before reading"
    )


class LayoutOptions(Options):
    """What is known of the page beforehand."""

    writing_mode: Literal["auto", "horizontal", "vertical"] = Field(
        default="auto", description="how the text of the page runs; auto: each page shows it"
    )


class OcrOptions(Options):
    """Which engine reads, and in which languages."""

    engine: str = Field(default="rapidocr", description="the engine; see: digitize engines")
    languages: tuple[str, ...] = Field(
        default=(),
        description="languages to read, as the engine names them; none named: the engine's own",
    )
    # The batch sets it: nothing that is made of a page depends on it, and no file may set it.
    threads: int = Field(default=1, ge=1, le=256, exclude=True, description="threads for one page")


class ReflowOptions(Options):
    """How lines are put in order and joined to paragraphs."""

    mode: Literal["none", "geometry", "full"] = Field(
        default="full",
        description="how far to go; none: lines as they stand; geometry: columns in order;"
        " full: paragraphs rejoined as well",
    )
    paper: str = Field(default="", description="name of the paper; empty: each page shows it")
    furniture: tuple[str, ...] = Field(
        default=(),
        description="regular expressions for whole lines that belong to no story",
    )

    @field_validator("furniture")
    @classmethod
    def _compiled(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return patterns


Conversion = Literal[
    "none", "s2t", "t2s", "s2tw", "tw2s", "s2twp", "tw2sp", "s2hk", "hk2s", "t2tw", "tw2t", "t2hk",
    "hk2t", "t2jp", "jp2t",
]  # fmt: skip


class TextOptions(Options):
    """The form of the text that is written; JSON, and what describes the print, stay as read."""

    convert: Conversion = Field(
        default="none",
        description="characters in another standard, as OpenCC names the ways: s simplified,"
        " t traditional, tw Taiwan, hk Hong Kong, jp Japan; p: words too",
    )
    punct: Literal["keep", "full", "half"] = Field(
        default="keep", description="punctuation in the width of Chinese or of Latin"
    )
    variants: bool = Field(
        default=False, description="print variants of a character in its usual form"
    )
    line_breaks: Literal["join", "keep"] = Field(
        default="join", description="keep: every printed line a line"
    )


class RunOptions(Options):
    """All that decides what a run makes of a page."""

    input: InputOptions = InputOptions()
    preprocess: PreprocessOptions = PreprocessOptions()
    layout: LayoutOptions = LayoutOptions()
    ocr: OcrOptions = OcrOptions()
    reflow: ReflowOptions = ReflowOptions()
    text: TextOptions = TextOptions()


class OutputOptions(Options):
    """What is written of the pages of a run."""

    formats: tuple[str, ...] = Field(
        default=(),
        description="formats to write, of txt, json, md, jsonl, csv, alto, page, tei, pdf, hocr,"
        " mets, epub; none named: txt and json, or txt to stdout",
    )
    overlay: bool = Field(default=False, description="also write a picture with regions and order")
    stitch: bool = Field(
        default=False, description="write a story that goes on on other pages once, in one"
    )
    split_articles: bool = Field(default=False, description="also write a file for every article")
    low_confidence: float = Field(
        default=0.8,
        ge=0,
        le=1,
        description="count lines read with less confidence; --explain lists them; 0: none",
    )


class BatchOptions(Options):
    """How a run goes through its pages; nothing of it changes what is made of a page."""

    jobs: Annotated[int, Field(ge=0, le=1024)] | Literal["auto"] = Field(
        default="auto", description="pages to read at once, each in a process; auto: one a core"
    )
    timeout: float = Field(
        default=600.0, ge=0, description="seconds that a page may take; 0: as long as it will"
    )
    memory: int = Field(
        default=0, ge=0, description="MB that a worker may use; 0: as much as there is"
    )
    retries: int = Field(
        default=1, ge=0, le=10, description="times that a page whose worker failed is tried again"
    )
    pages_per_worker: int = Field(
        default=200, ge=0, description="pages after which a worker is replaced; 0: never"
    )
    max_failed: (
        Annotated[int, Field(ge=0)] | Annotated[str, Field(pattern=r"^\d{1,3}%$", examples=["20%"])]
    ) = Field(
        default=0,
        description="stop after so many failed pages, or such a share of those read; 0: never",
    )
    cluster: str = Field(
        default="", description="dask scheduler to run on, as tcp://HOST:PORT; empty: this machine"
    )
