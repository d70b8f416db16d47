"""What the query room asks of Python: statements on DuckDB, questions to kept results, and what SQL means."""
