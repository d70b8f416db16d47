"""What expressions of DuckDB's SQL become in Trino's, by theme."""
