"""The text of a page in the form that was asked for; its JSON has it as it was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from pydantic import ValidationError

from digitize.formats.line_spans import LineSpan, line_spans
from digitize.geometry import to_canonical
from digitize.model import Article, Line, PageResult, Paragraph, Role, TurnLine
from digitize.options import TextOptions
from digitize.script.conversion import converted
from digitize.script.punctuation import full_width, half_width
from digitize.script.variants import unified

Form = Callable[[str], str]


def of_page(result: PageResult) -> TextOptions:
    """The form that the page's run asked for; as read, where it is not known."""
    if result.page is None:
        return TextOptions()
    try:
        return TextOptions.model_validate(result.page.provenance.options.get("text", {}))
    except ValidationError:  # of a version with other choices
        return TextOptions()


def applied(result: PageResult, options: TextOptions) -> PageResult:
    """``result`` with its articles in the form of ``options``."""
    if options == TextOptions():
        return result
    lines = {line.id: line for line in result.page.lines} if result.page else {}
    articles = tuple(_article(article, options, lines) for article in result.articles)
    return replace(result, articles=articles)


def _article(article: Article, options: TextOptions, lines: Mapping[str, Line]) -> Article:
    form = _form(options)
    broken = options.line_breaks == "keep"
    return replace(
        article,
        paragraphs=tuple(
            replace(p, text=_in_lines(p, form, lines) if broken else form(p.text))
            for p in article.paragraphs
        ),
        turn_from=_turn(article.turn_from, form),
        turn_on=_turn(article.turn_on, form),
    )


def _turn(turn: TurnLine | None, form: Form) -> TurnLine | None:
    return turn and replace(turn, text=form(turn.text))


def _form(options: TextOptions) -> Form:
    """Punctuation, then variants, then the standard of the characters."""

    def form(text: str) -> str:
        if options.punct != "keep":
            text = full_width(text) if options.punct == "full" else half_width(text)
        if options.variants:
            text = unified(text)
        return text if options.convert == "none" else converted(text, options.convert)

    return form


def _in_lines(paragraph: Paragraph, form: Form, lines: Mapping[str, Line]) -> str:
    """The paragraph with a line end where a line of print ended; rows of a table stay whole."""
    text = paragraph.text
    if paragraph.role is Role.TABLE:
        return form(text)
    spans = line_spans(text, [lines[i] for i in paragraph.line_ids if i in lines])
    cuts = [0, *(span.start for span in _firsts(spans, lines)), len(text)]
    whole = form(text)
    if len(whole) == len(text):  # nothing has moved, and phrases over a line's end are one
        pieces = [whole[a:b] for a, b in pairwise(cuts)]
    else:
        pieces = [form(text[a:b]) for a, b in pairwise(cuts)]
    return "\n".join(piece.strip() for piece in pieces if piece.strip())


def _firsts(spans: tuple[LineSpan, ...], lines: Mapping[str, Line]) -> list[LineSpan]:
    """The spans that begin a row of print; a row may be read as several lines."""
    return [after for before, after in pairwise(spans) if not _in_one_row(before, after, lines)]


def _in_one_row(before: LineSpan, after: LineSpan, lines: Mapping[str, Line]) -> bool:
    a, b = lines[before.line_id], lines[after.line_id]
    if a.writing_mode is not b.writing_mode:
        return False
    one, other = (to_canonical(line.polygon.box, line.writing_mode) for line in (a, b))
    return other.x0 > one.x0 and one.overlap_y(other) > min(one.height, other.height) / 2
