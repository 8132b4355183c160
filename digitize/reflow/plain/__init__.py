"""Text without geometry: paragraphs made whole, misplaced blocks put back, furniture removed."""

from digitize.reflow.plain.record import Move, Repaired
from digitize.reflow.plain.repair import paragraphs_of, reflow_text

__all__ = ["Move", "Repaired", "paragraphs_of", "reflow_text"]
