"""The options of every stage: one frozen model each; an unknown key is an error."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class PreprocessOptions(BaseModel):
    """Which steps may change a scan before it is read. Each does nothing where none is needed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    orient: bool = Field(True, description="turn pages that lie sideways or upside down")
    denoise: bool = Field(True, description="remove specks and strong sensor noise")
    border: bool = Field(True, description="cut off dark scan borders and take perspective out")
    deskew: bool = Field(True, description="turn the page so that its lines lie level")
    enlarge: bool = Field(True, description="enlarge pages whose type is very small")
    illumination: bool = Field(True, description="even out light and stains, weaken show-through")
    binarize: bool = Field(False, description="make the page black and white")


class OcrOptions(BaseModel):
    """Which engine reads, in which languages, on how many threads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str = Field("rapidocr", description="which engine reads; see: digitize engines")
    languages: tuple[str, ...] = Field((), description="languages, as the engine names them")
    threads: int = Field(1, ge=1, le=256, description="threads for one page")


class RunOptions(BaseModel):
    """All that decides what a run makes of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    preprocess: PreprocessOptions = PreprocessOptions()
    ocr: OcrOptions = OcrOptions()
