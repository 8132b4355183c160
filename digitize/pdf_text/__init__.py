"""The text layer of a PDF: lines with places that need no reading, and whether to believe them."""

from digitize.pdf_text.chars import Char, TextLayer, text_layer
from digitize.pdf_text.judging import Layer, is_doubtful, judged
from digitize.pdf_text.runs import lines_of

__all__ = ["Char", "Layer", "TextLayer", "is_doubtful", "judged", "lines_of", "text_layer"]
