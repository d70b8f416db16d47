"""Incremental reads by cursor: ties, rows without a cursor, late rows and open transactions, against a model."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections import Counter
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from read_stream import read_stream

from workbench_sync.failure import SyncFailure

EXAMPLES = 60 if os.environ.get("BENCHWRIGHT_FULL_TESTS") else 6

CURSOR_VALUES = st.none() | st.integers(0, 6)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 2), CURSOR_VALUES),
        st.tuples(st.just("update"), st.integers(0, 2), CURSOR_VALUES),
        st.tuples(st.just("begin"), st.integers(1, 2), st.just(None)),
        st.tuples(st.just("savepoint"), st.integers(1, 2), st.just(None)),
        st.tuples(st.just("end"), st.integers(1, 2), st.booleans()),
        st.tuples(st.just("sync"), st.just(0), st.just(None)),
    ),
    min_size=4,
    max_size=30,
)
_tables = itertools.count()


class World:
    """Three writers on one table, and what was read of it. Writer 0 commits at once."""

    def __init__(self, database: Any, kind: str, lookback_days: int) -> None:
        self.database, self.kind, self.lookback = database, kind, lookback_days
        self.table = f"t{next(_tables)}"
        database.run(f"CREATE TABLE {self.table} (id int, version int, at {kind})")
        self.writers = [database.server.connect(database.name) for _ in range(3)]
        self.open = [False] * 3
        self.pending: list[list[tuple[int, int, int | None]]] = [[], [], []]
        self.locked: dict[int, int] = {}
        self.current: dict[int, tuple[int, int | None]] = {}
        self.ids = itertools.count()
        self.versions = itertools.count()
        self.state: dict[str, Any] | None = None
        self.late: set[int] = set()
        self.read: Counter[int] = Counter()
        self.files: list[dict[str, Any]] = []

    def spelt(self, value: int | None) -> Any:
        if value is None or self.kind == "int":
            return value
        return dt.date(2024, 1, 1) + dt.timedelta(days=value) if self.kind == "date" else f"2024-01-0{value + 1}"

    def number(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
        day = day.date() if isinstance(day, dt.datetime) else day
        return (day - dt.date(2024, 1, 1)).days

    def execute(self, writer: int, statement: str, values: tuple = ()) -> None:
        with self.writers[writer].cursor() as cursor:
            cursor.execute(statement, values)

    def write(self, writer: int, row: int, cursor: int | None, is_new: bool) -> None:
        version = next(self.versions)
        if is_new:
            self.execute(writer, f"INSERT INTO {self.table} VALUES (%s, %s, %s)", (row, version, self.spelt(cursor)))
        else:
            values = (version, self.spelt(cursor), row)
            self.execute(writer, f"UPDATE {self.table} SET version = %s, at = %s WHERE id = %s", values)
        if self.open[writer]:
            self.locked[row] = writer
            self.pending[writer].append((row, version, cursor))
        else:
            self.commit([(row, version, cursor)])

    def commit(self, written: list[tuple[int, int, int | None]]) -> None:
        mark = self.number_of_state()
        for row, version, cursor in written:
            self.current[row] = (version, cursor)
            if mark is not None and cursor is not None and cursor < mark - self.lookback:
                self.late.add(version)

    def number_of_state(self) -> int | None:
        last = (self.state or {}).get("cursor")
        return None if last is None else int(last) if self.kind == "int" else self.number(last)

    def insert(self, writer: int, cursor: int | None) -> None:
        self.write(writer, next(self.ids), cursor, True)

    def update(self, writer: int, cursor: int | None) -> None:
        mine = [row for row in self.current if self.locked.get(row, writer) == writer]
        if mine:
            self.write(writer, mine[(cursor or 0) % len(mine)], cursor, False)

    def begin(self, writer: int, _: None) -> None:
        if not self.open[writer]:
            self.execute(writer, "BEGIN")
            self.execute(writer, "SELECT pg_current_xact_id()")
            self.open[writer] = True

    def savepoint(self, writer: int, _: None) -> None:
        if self.open[writer]:
            self.execute(writer, "SAVEPOINT part")

    def end(self, writer: int, keep: bool) -> None:
        if not self.open[writer]:
            return
        self.execute(writer, "COMMIT" if keep else "ROLLBACK")
        self.open[writer] = False
        self.locked = {row: by for row, by in self.locked.items() if by != writer}
        written, self.pending[writer] = self.pending[writer], []
        if keep:
            self.commit(written)

    def sync(self, *_: None) -> None:
        stream = {"name": self.table, "sync_mode": "incremental", "cursor_field": "at"}
        method = {"method": "standard", "lookback_seconds": self.lookback * 86400}
        config = self.database.config(replication_method=method)
        table, checkpoints, _ = read_stream(config, stream, self.state)
        self.state = checkpoints[-1].state
        self.read.update(table["version"].to_pylist())

    def close(self) -> None:
        for writer in self.writers:
            writer.close()
        self.database.run(f"DROP TABLE {self.table}")


@pytest.mark.parametrize(("kind", "lookback"), [("int", 0), ("timestamptz", 0), ("date", 2), ("timestamp", 1)])
def test_every_row_version_that_is_not_late_is_read_once(database, kind: str, lookback: int) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    @example([("insert", 0, 1), ("begin", 1, None), ("insert", 0, 2), ("sync", 0, None)])
    @example([("begin", 1, None), ("savepoint", 1, None), ("insert", 1, 3), ("insert", 0, 3), ("sync", 0, None)])
    @example([("begin", 1, None), ("insert", 0, None), ("sync", 0, None), ("update", 0, None), ("sync", 0, None)])
    @example([("begin", 1, None), ("insert", 1, 2), ("insert", 0, 2), ("sync", 0, None), ("insert", 0, 2)])
    def holds(acts: list[tuple[str, int, Any]]) -> None:
        world = World(database, kind, lookback)
        try:
            for name, writer, value in acts:
                getattr(world, name)(writer, value)
            for writer in (1, 2):
                world.end(writer, True)
            world.sync()
            world.sync()
            assert [version for version, count in world.read.items() if count > 1] == []
            due = {version for version, _ in world.current.values() if version not in world.late}
            assert due - set(world.read) == set()
        finally:
            world.close()

    holds()


def incremental(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "sync_mode": "incremental", "cursor_field": "at"} | more


def test_checkpoints_lie_between_values_and_each_state_goes_on_where_it_ends(database) -> None:
    database.run(
        """
        CREATE TABLE many (id int, at timestamptz);
        INSERT INTO many SELECT i, '2024-01-01'::timestamptz + (i / 7) * interval '1 second'
          FROM generate_series(1, 20000) i;
        INSERT INTO many SELECT -i, NULL FROM generate_series(1, 10) i;
        CREATE INDEX ON many (at); ANALYZE many;
        """
    )
    table, checkpoints, _ = read_stream(database.config(), incremental("many"), checkpoint_rows=3000)
    assert len(checkpoints) >= 5
    assert sorted(table["id"].to_pylist()) == [*range(-10, 0), *range(1, 20001)]
    read = 0
    for checkpoint in checkpoints:
        read += checkpoint.rows
        rest, _, _ = read_stream(database.config(), incremental("many"), checkpoint.state)
        assert rest.num_rows == 20010 - read


@pytest.mark.parametrize(
    ("kind", "values", "later"),
    [
        ("text", ["a", "b", "Zebra", "ö"], "öz"),
        ("uuid", ["00000000-0000-0000-0000-000000000001"], "00000000-0000-0000-0000-000000000002"),
        ("numeric(10,3)", ["1.5", "2", "NaN"], "3"),
        (
            "numeric",
            ["123456789012345678901234567890123456789012.5", "NaN"],
            "223456789012345678901234567890123456789012.5",
        ),
        ("double precision", ["0.1", "0.30000000000000004", "NaN", "-Infinity"], "0.4"),
        ("real", ["0.1", "0.3"], "0.4"),
        ("bigint", ["9223372036854775806"], "9223372036854775807"),
        ("timestamptz", ["2024-01-01 00:00:00.123456+00", "infinity", "-infinity"], "2024-01-01 00:00:00.123457+00"),
        ("date", ["2024-01-01", "infinity", "4713-01-01 BC"], "2024-01-02"),
        ("oid", ["4294967290"], "4294967295"),
        ("char(3)", ["a", "b"], "c"),
        ("varchar(3)", ["a'b"], "b"),
    ],
)
def test_a_cursor_of_every_type_goes_on_exactly_after_its_last_value(
    database, kind: str, values: list[str], later: str
) -> None:
    database.run(f"CREATE TABLE c (id serial, at {kind}); INSERT INTO c (at) VALUES (NULL)")
    for value in values:
        database.run("INSERT INTO c (at) VALUES (%s)", (value,))
    first, checkpoints, _ = read_stream(database.config(), incremental("c"))
    assert first.num_rows == len(values) + 1
    state = checkpoints[-1].state
    again, checkpoints, _ = read_stream(database.config(), incremental("c"), state)
    assert again.num_rows == 0
    assert checkpoints[-1].state["cursor"] == state["cursor"]
    database.run("INSERT INTO c (at) VALUES (%s), (%s), (NULL)", (state["cursor"], later))
    more, checkpoints, _ = read_stream(database.config(), incremental("c"), checkpoints[-1].state)
    assert sorted(more["id"].to_pylist()) == [len(values) + 2, len(values) + 3, len(values) + 4]


def test_a_view_gives_ties_once_by_their_digests(database) -> None:
    database.run(
        """
        CREATE TABLE under (id int, at int);
        CREATE VIEW over AS SELECT * FROM under;
        INSERT INTO under VALUES (1, 1), (2, 5), (2, 5), (3, NULL);
        """
    )
    first, checkpoints, _ = read_stream(database.config(), incremental("over"))
    assert sorted(first["id"].to_pylist()) == [1, 2, 2, 3]
    database.run("INSERT INTO under VALUES (2, 5), (4, 5), (5, 6)")
    more, checkpoints, _ = read_stream(database.config(), incremental("over"), checkpoints[-1].state)
    assert sorted(more["id"].to_pylist()) == [2, 4, 5]
    none, _, _ = read_stream(database.config(), incremental("over"), checkpoints[-1].state)
    assert none.num_rows == 0


def test_xmin_gives_each_insert_and_update_once_without_a_cursor(database) -> None:
    database.run("CREATE TABLE x (id int primary key, v int); INSERT INTO x SELECT i, 0 FROM generate_series(1, 500) i")
    config = database.config(replication_method={"method": "xmin"})
    stream = {"name": "x", "sync_mode": "incremental"}
    first, checkpoints, _ = read_stream(config, stream)
    assert first.num_rows == 500
    database.run("UPDATE x SET v = 1 WHERE id IN (3, 4)")
    database.run("INSERT INTO x VALUES (501, 9)")
    more, checkpoints, _ = read_stream(config, stream, checkpoints[-1].state)
    assert sorted(zip(more["id"].to_pylist(), more["v"].to_pylist(), strict=True)) == [(3, 1), (4, 1), (501, 9)]
    assert read_stream(config, stream, checkpoints[-1].state)[0].num_rows == 0


def test_what_a_cursor_cannot_do_is_said(database) -> None:
    database.run("CREATE TABLE b (id int, at int, doc jsonb)")
    with pytest.raises(SyncFailure, match="has no column gone") as failure:
        read_stream(database.config(), incremental("b", cursor_field="gone"))
    assert "at, id" in failure.value.hint or "id, at" in failure.value.hint
    with pytest.raises(SyncFailure, match="doc of public.b is jsonb"):
        read_stream(database.config(), incremental("b", cursor_field="doc"))
    with pytest.raises(SyncFailure, match="names no cursor_field"):
        read_stream(database.config(), {"name": "b", "sync_mode": "incremental"})
    state = {"kind": "cursor", "cursor_field": "id", "cursor": "1", "held": None, "horizon": "1"}
    with pytest.raises(SyncFailure, match="read by cursor id before") as failure:
        read_stream(database.config(), incremental("b"), state)
    assert "Refresh" in failure.value.hint
    method = {"method": "standard", "lookback_seconds": 60}
    with pytest.raises(SyncFailure, match="needs a date or time cursor"):
        read_stream(database.config(replication_method=method), incremental("b"))
    with pytest.raises(SyncFailure, match="There is no table or view nowhere"):
        read_stream(database.config(), {"name": "nowhere"})


def test_files_hold_no_more_rows_than_asked(database) -> None:
    database.run("CREATE TABLE r (id int); INSERT INTO r SELECT generate_series(1, 1000)")
    table, checkpoints, _ = read_stream(database.config(), {"name": "r"}, rows_per_file=300)
    assert table.num_rows == 1000
    assert {file.rows <= 300 for file in checkpoints[0].files} == {True}


def test_columns_are_read_in_other_types_where_so_asked(database) -> None:
    database.run(
        "CREATE TABLE w (id int, n int, t timestamp, d numeric(6,2)); INSERT INTO w VALUES (1, 2, '2024-01-01', 1.5)"
    )
    casts = {"id": pa.int64(), "n": pa.string(), "t": pa.string(), "d": pa.decimal128(12, 2)}
    table, _, _ = read_stream(database.config(), {"name": "w"}, casts=casts)
    assert table.schema.types == list(casts.values())
    assert table.to_pylist() == [{"id": 1, "n": "2", "t": "2024-01-01 00:00:00", "d": Decimal("1.50")}]
