"""Searchable PDFs: the scan, and its text where it stands, not to be seen."""
