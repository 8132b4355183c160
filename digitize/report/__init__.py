"""The report of a comparison for people: HTML files that need nothing but a browser."""

from __future__ import annotations

from digitize.report.report import Outcome, Report

__all__ = ["Outcome", "Report"]
