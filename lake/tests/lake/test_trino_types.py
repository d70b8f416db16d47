"""Types as people write them."""

import pytest

from workbench_lake.failures import LakeFailure
from workbench_lake.trino_types import duckdb_type, parse_type, trino_type


@pytest.mark.parametrize(
    ("text", "trino", "duckdb"),
    [
        ("bigint", "bigint", "BIGINT"),
        ("LONG", "bigint", "BIGINT"),
        ("smallint", "integer", "INTEGER"),
        ("varchar(20)", "varchar", "VARCHAR"),
        ("json", "varchar", "VARCHAR"),
        ("decimal(12, 2)", "decimal(12,2)", "DECIMAL(12,2)"),
        ("decimal", "decimal(38,0)", "DECIMAL(38,0)"),
        ("timestamp(3)", "timestamp(6)", "TIMESTAMP"),
        ("timestamp(6) with time zone", "timestamp(6) with time zone", "TIMESTAMPTZ"),
        ("timestamptz", "timestamp(6) with time zone", "TIMESTAMPTZ"),
        ("array(varchar)", "array(varchar)", "VARCHAR[]"),
        ("list<int>", "array(integer)", "INTEGER[]"),
        ("map(varchar, array(real))", "map(varchar, array(real))", "MAP(VARCHAR, FLOAT[])"),
        ('row(a bigint, "b ""c" date)', 'row(a bigint, "b ""c" date)', 'STRUCT("a" BIGINT, "b ""c" DATE)'),
        ("struct<a: bigint, b: string>", "row(a bigint, b varchar)", 'STRUCT("a" BIGINT, "b" VARCHAR)'),
        ("varbinary", "varbinary", "BLOB"),
        ("uuid", "uuid", "UUID"),
    ],
)
def test_a_type_is_read_and_spelt_for_each_engine(text: str, trino: str, duckdb: str) -> None:
    kind = parse_type(text)
    assert trino_type(kind) == trino
    assert duckdb_type(kind) == duckdb
    assert trino_type(parse_type(trino)) == trino


@pytest.mark.parametrize(
    "text",
    ["", "geometry", "decimal(39,0)", "decimal(3,5)", "array(", "row()", "bigint bigint", "timestamp(9)", "map(a)"],
)
def test_what_the_lake_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(LakeFailure) as caught:
        parse_type(text)
    assert caught.value.code == "invalid_input"
