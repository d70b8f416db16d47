"""What expressions of Trino's SQL become in DuckDB's, by theme."""
