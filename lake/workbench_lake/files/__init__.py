"""Parquet files: what they hold, how they are read as rows of a table, and how they become its data files."""
