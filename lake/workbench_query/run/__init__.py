"""Runs one statement at a time in a DuckDB instance that is made for it and thrown away."""
