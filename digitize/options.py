"""The options of every stage: one frozen model each; an unknown key is an error."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class PreprocessOptions(BaseModel):
    """Which steps may change a scan before it is read. Each does nothing where none is needed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    orient: bool = Field(default=True, description="turn pages that lie sideways or upside down")
    denoise: bool = Field(default=True, description="remove specks and strong sensor noise")
    border: bool = Field(default=True, description="cut off dark borders, take perspective out")
    deskew: bool = Field(default=True, description="turn the page so that its lines lie level")
    enlarge: bool = Field(default=True, description="enlarge pages whose type is very small")
    illumination: bool = Field(default=True, description="even out light, weaken show-through")
    binarize: bool = Field(default=False, description="make the page black and white")


class OcrOptions(BaseModel):
    """Which engine reads, in which languages, on how many threads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = Field(default="rapidocr", description="who reads; see: digitize engines")
    languages: tuple[str, ...] = Field(default=(), description="as the engine names them")
    threads: int = Field(default=1, ge=1, le=256, description="threads for one page")


class ReflowOptions(BaseModel):
    """How lines are put in order and joined to paragraphs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Literal["none", "geometry", "full"] = Field(
        default="full",
        description="full; geometry: columns by where they stand, nothing joined across a cut;"
        " none: lines from top to bottom",
    )


class RunOptions(BaseModel):
    """All that decides what a run makes of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    preprocess: PreprocessOptions = PreprocessOptions()
    ocr: OcrOptions = OcrOptions()
    reflow: ReflowOptions = ReflowOptions()
