"""Columns: as declared, changed and remembered."""
