# ruff: noqa: E501
"""The rows over which the corpus runs: small tables of every type, orders of a shop, and TPC-H and TPC-DS at a tiny scale."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

CATALOGS = ("lake", "analytics", "postgresql")
TPCH_SCALE, TPCDS_SCALE = 0.002, 0.01

# Days of TPC-DS that its queries ask for.
_DATES = "d_year BETWEEN 1998 AND 2003"

_OWN = """
CREATE TABLE lake.t.numbers (id INTEGER, ti TINYINT, si SMALLINT, i INTEGER, b BIGINT, d DECIMAL(12,2), e DECIMAL(20,6),
  r FLOAT, x DOUBLE, flag BOOLEAN);
INSERT INTO lake.t.numbers VALUES
  (1, 1, 10, 100, 10000000000, 12.34, 1.500000, 1.5, 2.5, true),
  (2, -7, -30, -7, -3, -12.35, -0.000001, -2.25, -2.5, false),
  (3, 127, 32767, 2147483647, 9223372036854775807, 9999999999.99, 12345678901234.567890, 0.1, 0.1, true),
  (4, 0, 0, 0, 0, 0.00, 0.000000, 0, 0, false),
  (5, 3, 7, 7, 2, 0.05, 0.333333, 3.5, 3.5, NULL),
  (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (7, -128, -32768, -2147483647, -9223372036854775807, -0.01, 2.675000, 1e10, 1e300, true),
  (8, 5, 3, 13, 4, 1.00, 2.000000, 2.5, 1.005, false),
  (9, 2, 2, 8, 3, 7.77, 7.770000, 4.5, 'NaN', true),
  (10, 4, 100, 21, 5, 100.10, 0.100000, -0.5, 'Infinity', false),
  (11, 9, 12, -8, -3, -7.77, -7.770000, -4.5, '-Infinity', NULL),
  (12, 6, 5, 6, 6, 0.50, 0.500000, 0.25, 0.5, true);
CREATE TABLE lake.t.texts (id INTEGER, s VARCHAR, u VARCHAR, number VARCHAR);
INSERT INTO lake.t.texts VALUES
  (1, 'hello', 'world', '12'), (2, 'Hello World', 'o', '-7'), (3, '', 'x', ''), (4, NULL, 'a', NULL), (5, 'naïve café', NULL, '3.50'),
  (6, '  padded  ', ' ', ' 5 '), (7, 'a,b,,c', ',', '1e3'), (8, 'x_y%z', '%', '007'), (9, E'line1\\nline2', E'\\n', '99999999999'),
  (10, '日本語テキスト', '本', '+4'), (11, 'ÀÉÎõü ß', 'ß', '0'), (12, '😀 smile', '😀', 'abc'), (13, 'aaa', 'a', 'true'),
  (14, '2024-03-15', '-', '2024-03-15'), (15, E'\\ttab\\t', E'\\t', '.5'), (16, 'order-123-456', '123', '10'),
  (17, '{"a": 1, "b": {"c": "x"}, "l": [10, "y"]}', 'json', '1'), (18, 'O''Brien', '''', '2');
CREATE TABLE lake.t.times (id INTEGER, d DATE, ts TIMESTAMP, tz TIMESTAMPTZ, z INTEGER);
INSERT INTO lake.t.times VALUES
  (1, '2024-01-01', '2024-01-01 00:00:00', '2024-01-01 00:00:00+00', 1),
  (2, '2024-02-29', '2024-02-29 23:59:59.999999', '2024-02-29 23:59:59.999999+00', 2),
  (3, '2023-12-31', '2023-12-31 12:34:56.789', '2023-12-31 12:34:56.789+00', 3),
  (4, '1969-12-31', '1969-12-31 23:59:59.5005', '1969-12-31 23:59:59.5005+00', -1),
  (5, '2000-01-03', '2000-01-03 06:07:08.000001', '2000-07-03 06:07:08.000001+00', 0),
  (6, NULL, NULL, NULL, NULL),
  (7, '2024-11-03', '2024-11-03 05:30:00', '2024-11-03 05:30:00+00', 7),
  (8, '2024-11-03', '2024-11-03 06:30:00', '2024-11-03 06:30:00+00', 8),
  (9, '2021-01-03', '2021-01-03 03:00:00.25', '2021-01-03 03:00:00.25+00', 12),
  (10, '2020-12-27', '2020-12-27 21:45:30.123456', '2020-12-27 21:45:30.123456+00', -12),
  (11, '1900-03-01', '1900-03-01 00:00:00', '1900-03-01 00:00:00+00', 31),
  (12, '2024-03-31', '2024-03-31 13:00:00.001', '2024-03-31 13:00:00.001+00', 100);
CREATE TABLE lake.t.nested (id INTEGER, a INTEGER[], v VARCHAR[], m MAP(VARCHAR, INTEGER), w STRUCT(p INTEGER, q VARCHAR));
INSERT INTO lake.t.nested VALUES
  (1, [3, 1, 2], ['x', 'y'], MAP {'one': 1, 'two': 2}, {'p': 1, 'q': 'a'}),
  (2, [], [], MAP {}, {'p': 2, 'q': NULL}),
  (3, [5, NULL, 4], ['z', NULL], MAP {'one': 10}, {'p': NULL, 'q': 'c'}),
  (4, NULL, NULL, NULL, NULL),
  (5, [7], ['w'], MAP {'two': 20, 'three': NULL}, {'p': 5, 'q': 'e'});
CREATE TABLE lake.t.staff (id INTEGER, name VARCHAR, boss INTEGER, team VARCHAR, salary DECIMAL(10,2), hired DATE);
INSERT INTO lake.t.staff VALUES (1, 'Ada', NULL, 'lead', 9000.00, '2015-01-05'), (2, 'Ben', 1, 'data', 7000.50, '2016-03-01'),
  (3, 'Cleo', 1, 'web', 7200.00, '2017-07-15'), (4, 'Dan', 2, 'data', 5000.00, '2018-02-28'), (5, 'Eve', 2, 'data', 5000.00, '2019-10-10'),
  (6, 'Fay', 3, 'web', 4800.75, '2020-02-29'), (7, 'Gus', 6, 'web', 4000.00, '2021-12-31'), (8, 'Hal', NULL, NULL, NULL, NULL);
CREATE TABLE lake.t.events (day DATE, kind VARCHAR, who INTEGER, amount DECIMAL(9,3), score DOUBLE);
INSERT INTO lake.t.events
  SELECT DATE '2024-01-01' + CAST(n % 60 AS INTEGER), ['view', 'click', 'buy', NULL][1 + n % 4], n * 7 % 11,
    CASE WHEN n % 13 = 0 THEN NULL ELSE CAST((n * 37 % 1000) / 8.0 AS DECIMAL(9,3)) END,
    CASE WHEN n % 17 = 0 THEN NULL ELSE (n * 31 % 97) / 4.0 END
  FROM range(240) AS r(n);
"""

# The shapes of a shop's database, filled by arithmetic alone: the same rows on every machine.
_SHOP = """
CREATE TABLE postgresql.shopify.products AS
  SELECT CAST(n AS INTEGER) AS product_id, 'SKU-' || lpad(CAST(n AS VARCHAR), 6, '0') AS sku, 'Product ' || n AS name,
    CAST(1 + (n * 7919 % 20000) / 100.0 AS DECIMAL(10,2)) AS price
  FROM range(1, {products} + 1) AS r(n);
CREATE TABLE postgresql.shopify.orders AS
  SELECT CAST(n AS BIGINT) AS order_id, CAST(n * 104729 % 50000 AS INTEGER) AS customer_id,
    TIMESTAMP '2023-12-15 00:00:00' + to_days(CAST(n // ({orders} // {days}) AS INTEGER)) + to_seconds(n * 7919 % 86400) AS order_date,
    ['paid', 'shipped', 'returned'][1 + n % 3] AS status
  FROM range({orders}) AS r(n);
CREATE TABLE postgresql.shopify.order_items AS
  SELECT CAST(o.n AS BIGINT) AS order_id, CAST(1 + (o.n * {per_order} + l.n) % {products} AS INTEGER) AS product_id,
    CAST(1 + (o.n * 31 + l.n * 17) % 9 AS INTEGER) AS quantity,
    CAST(1 + ((o.n * 7919 + l.n * 101) % 20000) / 100.0 AS DECIMAL(10,2)) AS unit_price,
    CAST(((o.n + l.n) % 5) * 0.05 AS DECIMAL(5,2)) AS discount
  FROM range({orders}) AS o(n), range({per_order}) AS l(n);
CREATE TABLE postgresql.analytics.product_categories AS
  SELECT CAST(n AS INTEGER) AS product_id, ['Electronics', 'Home', 'Garden', 'Toys'][1 + n % 4] AS category,
    ['Audio', 'Video', 'Tools', 'Games', 'Lamps'][1 + n % 5] AS subcategory, n % 3 = 0 AS seasonal_flag
  FROM range(1, {products} + 1) AS r(n) WHERE n % 10 <> 9;
CREATE TABLE postgresql.inventory.inventory AS
  SELECT CAST(n AS INTEGER) AS product_id, CAST(n * 37 % 120 AS INTEGER) AS quantity_on_hand, CAST(20 + n % 50 AS INTEGER) AS reorder_point
  FROM range(1, {products} + 1) AS r(n) WHERE n % 7 <> 0;
"""


def make_shop(connection: duckdb.DuckDBPyConnection, *, products: int, days: int, per_product_and_day: int = 1) -> None:
    """Create the shop's tables. Every product sells on every day, so that the features have products × days rows."""
    per_order = 5
    orders = products * days * per_product_and_day // per_order
    connection.execute(_SHOP.format(products=products, orders=orders, days=days, per_order=per_order))


def make_tables(*, tpch: bool = True, tpcds: bool = True) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with all tables of the corpus under their three-part names."""
    connection = duckdb.connect()
    for catalog in CATALOGS:
        connection.execute(f"ATTACH ':memory:' AS {catalog}")
    for schema in (
        "lake.t",
        "lake.tpch",
        "lake.tpcds",
        "analytics.derived",
        *(f"postgresql.{it}" for it in ("shopify", "analytics", "inventory")),
    ):
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(_OWN)
    make_shop(connection, products=20, days=75)
    connection.execute("SET TimeZone = 'UTC'")
    if tpch:
        _generate(connection, "tpch", f"CALL dbgen(sf={TPCH_SCALE})")
    if tpcds:
        _generate(connection, "tpcds", f"CALL dsdgen(sf={TPCDS_SCALE})")
    return connection


def _generate(connection: duckdb.DuckDBPyConnection, schema: str, call: str) -> None:
    load_extension(connection, schema)
    connection.execute(call)
    for (name,) in connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'memory' ORDER BY 1"
    ).fetchall():
        condition = f" WHERE {_DATES}" if name == "date_dim" else ""
        connection.execute(f"CREATE TABLE lake.{schema}.{name} AS SELECT * FROM memory.main.{name}{condition}")
        connection.execute(f"DROP TABLE memory.main.{name}")


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    module = __import__(f"duckdb_extension_{name}")
    found = next(Path(os.path.dirname(module.__file__ or "")).rglob(f"{name}.duckdb_extension"))
    connection.execute(f"LOAD '{found}'")


def trino_type(duckdb_type: str) -> str:
    """How Trino spells the type of a column of the corpus."""
    if duckdb_type.endswith("[]"):
        return f"array({trino_type(duckdb_type[:-2])})"
    if duckdb_type.startswith("MAP("):
        key, value = duckdb_type[4:-1].split(", ")
        return f"map({trino_type(key)}, {trino_type(value)})"
    if duckdb_type.startswith("STRUCT("):
        fields = [it.strip().split(" ", 1) for it in duckdb_type[7:-1].split(",")]
        return "row(" + ", ".join(f"{name} {trino_type(of)}" for name, of in fields) + ")"
    names = {"FLOAT": "real", "TIMESTAMP": "timestamp(6)", "TIMESTAMP WITH TIME ZONE": "timestamp(6) with time zone"}
    return names.get(duckdb_type, duckdb_type.lower())


def known_tables(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    """The tables as the language is told of them."""
    rows = connection.execute(
        "SELECT database_name || '.' || schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name IN ('lake', 'analytics', 'postgresql') AND NOT internal ORDER BY 1, column_index"
    ).fetchall()
    tables: dict[str, list[dict]] = {}
    for name, column, of in rows:
        tables.setdefault(name, []).append({"name": column, "type": trino_type(of)})
    return [{"name": name, "columns": columns} for name, columns in tables.items()]
