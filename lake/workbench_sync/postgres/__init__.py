"""source-postgres: PostgreSQL read in binary into columns, or as messages of the Airbyte protocol."""
