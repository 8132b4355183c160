"""The steps in order, and the page through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digitize.image import PageImage
from digitize.options import PreprocessOptions
from digitize.preprocess import binarize, border, denoise, deskew, enlarge, illumination, orient
from digitize.preprocess.moves import Finder, moved
from digitize.preprocess.orient import Score

STEPS = (
    orient.NAME,
    denoise.NAME,  # before anything is resampled: noise is a matter of single pixels
    border.NAME,
    deskew.NAME,
    enlarge.NAME,  # border, deskew and enlarge are found one after the other and warped once
    illumination.NAME,
    binarize.NAME,
)
"""The names of the steps, as in the options and in ``PageImage.steps``, in their order."""

Stage = Callable[[PageImage], PageImage]


def preprocess(
    image: PageImage, options: PreprocessOptions, score: Score | None = None
) -> PageImage:
    """The page upright, flat, in even light; ``score`` reads glyphs (without it: no orient)."""
    for result in stages(image, options, score):
        image = result
    return image


def stages(
    image: PageImage, options: PreprocessOptions, score: Score | None = None
) -> Iterator[PageImage]:
    """The page as it came, then after each step that changed it (moves count as one step)."""
    yield image
    for stage in _stages(options, score):
        result = stage(image)
        if result is not image:
            yield result
        image = result


def _stages(options: PreprocessOptions, score: Score | None) -> list[Stage]:
    chosen: list[tuple[bool, Stage]] = [
        (options.orient, lambda image: orient.orient(image, score)),
        (options.denoise, denoise.denoise),
        (True, lambda image: moved(image, _finders(image, options))),
        (options.illumination, illumination.illumination),
        (options.binarize, binarize.binarize),
    ]
    return [stage for wanted, stage in chosen if wanted]


def _finders(image: PageImage, options: PreprocessOptions) -> list[Finder]:
    chosen = [
        (options.border, border.border_move),
        (options.deskew, deskew.deskew_move),
        (options.enlarge, enlarge.enlarge_finder(image.gray)),
    ]
    return [finder for wanted, finder in chosen if wanted]
