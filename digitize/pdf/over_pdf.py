"""Text under the pages of a PDF that holds scans; the pages stay as they are.

A layer of hidden text that another program left is replaced. A page with visible text of its own
keeps that and gets no other: everything would be found twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Name

from digitize.geometry import Projective
from digitize.model import PageResult
from digitize.opening import damaged, open_file
from digitize.pdf import passages
from digitize.pdf.font import InvisibleFont
from digitize.pdf.layer import text_layer
from digitize.pdf.structure import Structure

_HIDDEN = 3  # the text rendering mode that shows nothing
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_DEEPEST = 8  # forms within forms


def over_pdf(path: str, results: Sequence[PageResult]) -> bytes:
    """The PDF at ``path`` with the text of ``results``; InputError where it cannot be read."""
    try:
        with open_file(path) as stream, pikepdf.open(stream) as pdf:
            _laid(pdf, results)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PdfError as error:
        raise damaged(path, str(error)) from error
    return out.getvalue()


def _laid(pdf: pikepdf.Pdf, results: Sequence[PageResult]) -> None:
    tagged = Name.StructTreeRoot in pdf.Root
    structure = None if tagged else Structure(pdf)
    fonts: list[tuple[InvisibleFont, list[pikepdf.Page]]] = [(InvisibleFont(), [])]
    for seen in passages.scans(results):
        shown = [result for result in seen if result.page is not None]
        place = seen[0].source.page_no
        if not shown or place >= len(pdf.pages):
            continue
        page = pdf.pages[place]
        if _has_text(page.obj):
            continue
        if fonts[-1][0].full:
            fonts.append((InvisibleFont(), []))
        font, users = fonts[-1]
        _lay(pdf, page, shown, font)
        users.append(page)
        if structure is not None:
            told = [story for result in shown for story in passages.stories(result)]
            structure.add(page.obj, told, place)
    for font, users in fonts:
        if users:
            made = font.object(pdf)
            for page in users:
                page.add_resource(made, Name.Font, Name(FONT))
    if structure is not None:
        structure.close(outline=Name.Outlines not in pdf.Root)


FONT = "/FDigitize"  # a name that the page's own fonts do not have


def _lay(
    pdf: pikepdf.Pdf, page: pikepdf.Page, results: Sequence[PageResult], font: InvisibleFont
) -> None:
    _without_hidden_text(pdf, page)
    everything = passages.everything(results)
    page.contents_add(b"/Artifact BMC q\n", prepend=True)
    to_page = _to_page(page, results[0])
    layer = text_layer(everything, to_page, font, FONT) if everything else b""
    page.contents_add(b"\nQ EMC\n" + layer)


def _to_page(page: pikepdf.Page, result: PageResult) -> Projective:
    """From pixels of the scan, the page as it is shown, to its own coordinates."""
    assert result.page is not None
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    turn = _inherited(page.obj, "/Rotate", 0) % 360
    width, height = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
    across, down = width / result.page.size[0], height / result.page.size[1]
    rows = {
        0: [[across, 0, x0], [0, -down, y1]],
        90: [[0, down, x0], [across, 0, y0]],
        180: [[-across, 0, x1], [0, down, y0]],
        270: [[0, -down, x1], [-across, 0, y1]],
    }
    return Projective.of(rows.get(turn, rows[0]))


def _inherited(node: Any, key: str, default: int) -> int:
    """A number of a page, or of the node above it that has one."""
    while node is not None:
        if key in node:
            return int(node[key])
        node = node.get("/Parent")
    return default


def _without_hidden_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take out what is shown in the hidden mode; everything else stays, in its place."""
    steps = list(_steps(page))
    kept = [step for step, mode in steps if not (mode == _HIDDEN and _shows(step))]
    if len(kept) < len(steps):
        data = pikepdf.unparse_content_stream(kept)
        page.obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, data))


def _has_text(page: Any, depth: int = 0) -> bool:
    """Whether a page or a form in it shows text that can be seen."""
    for step, mode in _steps(page):
        if _shows(step) and mode != _HIDDEN:
            return True
        if str(step.operator) == "Do" and depth < _DEEPEST:
            forms = _forms(page, step.operands[0])
            if any(_has_text(form, depth + 1) for form in forms):
                return True
    return False


def _shows(step: Any) -> bool:
    return str(step.operator) in _SHOWING


def _steps(page: Any) -> Iterator[tuple[Any, int]]:
    """The instructions of a page or a form, each with the text rendering mode it is met in."""
    mode, modes = 0, list[int]()
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name == "q":
            modes.append(mode)
        elif name == "Q" and modes:
            mode = modes.pop()
        elif name == "Tr":
            mode = int(step.operands[0])
        yield step, mode


def _forms(owner: Any, name: Any) -> Iterator[Any]:
    """The form that a page or a form shows under ``name``, if it is one."""
    resources = owner.get("/Resources") or {}
    drawn = (resources.get("/XObject") or {}).get(str(name))
    if drawn is not None and drawn.get("/Subtype") == Name.Form:
        yield drawn
