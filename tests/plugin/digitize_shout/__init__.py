"""An example of an engine and a format for digitize."""
