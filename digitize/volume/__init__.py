"""Files that hold many pages of a run: PDFs of whole inputs, METS, EPUB."""

from digitize.volume.leaves import Leaf, Volume
from digitize.volume.writing import whole, write

__all__ = ["Leaf", "Volume", "whole", "write"]
