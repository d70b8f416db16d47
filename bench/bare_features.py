"""The feature step without the app: `bare_features.py <sources.json> <query.sql> <target.parquet>`.

`sources.json` is {"lake.sample.transactions": ["/path/of.parquet", ...], ...}.
"""

import json
import sys

import duckdb

sources, query, target = sys.argv[1:]
connection = duckdb.connect()
with open(sources) as file:
    for name, uris in json.load(file).items():
        catalog, schema, table = name.split(".")
        connection.execute(f"ATTACH IF NOT EXISTS ':memory:' AS {catalog}")
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {catalog}.{schema}")
        connection.execute(f"CREATE VIEW {catalog}.{schema}.{table} AS SELECT * FROM read_parquet({uris!r})")
with open(query) as file:
    sql = file.read()
connection.execute(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
