"""What is asked of results that were kept."""

from __future__ import annotations

import base64
import csv
import io
import json
import socket
import threading
from array import array
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench_query.failures import Cancelled, QueryFailure
from workbench_query.request import Request
from workbench_query.results.ask import order, rows
from workbench_query.results.export import export
from workbench_query.results.gather import gather
from workbench_query.results.spool import open_spool
from workbench_query.results.text_lines import unique_names
from workbench_query.run.result_spool import ResultSpool

COLUMNS = ["id", "name", "amount"]
SCHEMA = pa.schema([("id", pa.int64()), ("name", pa.string()), ("amount", pa.decimal128(12, 2))])


def batch(first: int, count: int) -> pa.RecordBatch:
    ids = list(range(first, first + count))
    names = [None if row % 5 == 0 else "" if row % 5 == 1 else f"n{row % 7}" for row in ids]
    amounts = [Decimal(row * 37 % 100) / 4 for row in ids]
    return pa.record_batch([pa.array(ids), pa.array(names), pa.array(amounts, SCHEMA.field(2).type)], schema=SCHEMA)


def named(schema: pa.Schema) -> list[dict[str, str]]:
    return [{"name": field.name, "type": str(field.type)} for field in schema]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """30 rows in batches of 3, 20 and 7."""
    with ResultSpool(tmp_path / "result") as spool:
        spool.begin(SCHEMA, named(SCHEMA))
        for first, count in [(0, 3), (3, 20), (23, 7)]:
            spool.append(batch(first, count))
        spool.end()
    return str(tmp_path / "result")


def request() -> Request:
    return Request(1, lambda _: None)


def ask(folder: str, sql: str) -> list:
    return rows({"sources": {"result": folder}, "sql": sql}, request())["rows"]


def kept(tmp_path: Path, table: pa.Table) -> str:
    with ResultSpool(tmp_path / "other") as spool:
        spool.begin(table.schema, named(table.schema))
        for part in table.to_batches():
            spool.append(part)
        spool.end()
    return str(tmp_path / "other")


def exported(folder: str, kind: str, tmp_path: Path, order_file: str | None = None) -> bytes:
    path = str(tmp_path / "socket")
    received = io.BytesIO()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(1)

        def receive() -> None:
            peer, _ = server.accept()
            with peer:
                while data := peer.recv(65536):
                    received.write(data)

        reader = threading.Thread(target=receive)
        reader.start()
        export({"folder": folder, "order": order_file, "format": kind, "socket": path}, request())
        reader.join()
    Path(path).unlink()
    return received.getvalue()


def test_asks_a_result_by_its_places(folder: str) -> None:
    assert ask(folder, "SELECT count(*), min(c0), max(row_number), sum(c2) FROM result") == [
        ["30", "0", "29", str(sum(Decimal(row * 37 % 100) / 4 for row in range(30)))]
    ]
    assert ask(folder, "SELECT count(*) FROM result WHERE c1 IS NULL") == [["6"]]
    assert ask(folder, "SELECT c0, c1 FROM result WHERE c0 IN (0, 1, 2)") == [["0", None], ["1", ""], ["2", "n2"]]


def test_reads_the_columns_that_are_named_and_all_where_none_is(folder: str) -> None:
    assert ask(folder, "SELECT C1 FROM result WHERE c0 = 2") == [["n2"]]
    width = len(ask(folder, "SELECT * FROM result WHERE c0 = 2")[0])
    assert width >= 3
    assert len(ask(folder, "FROM result WHERE c0 = 2")[0]) == width
    assert len(ask(folder, "SELECT count(*), t.* FROM (FROM result WHERE c0 = 2) t GROUP BY ALL")[0]) == width + 1
    assert ask(
        folder, "WITH one AS (SELECT c0 FROM result WHERE row_number = 7) SELECT count(*), min(c0) FROM one"
    ) == [["1", "7"]]


def test_joins_two_results(folder: str, tmp_path: Path) -> None:
    other = kept(tmp_path, pa.table({"k": [1, 2, 2]}))
    message = {"sources": {"a": folder, "b": other}, "sql": "SELECT count(*) FROM a JOIN b ON a.c0 = b.c0"}
    assert rows(message, request())["rows"] == [["3"]]


def test_gives_values_that_json_lacks_as_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "big": [2**63 - 1],
            "nan": [float("nan")],
            "infinite": [float("-inf")],
            "at": pa.array([1_700_000_000_123_456], pa.timestamp("us", tz="Europe/Berlin")),
            "list": [[1, None]],
            "none": pa.nulls(1, pa.int32()),
        }
    )
    cells = ask(kept(tmp_path, table), "SELECT c0, c1, c2, c3, c4, c5, 7, 0.5::DOUBLE, true FROM result")
    assert cells == [
        [str(2**63 - 1), "NaN", "-Infinity", "2023-11-14 22:13:20.123456+00", "[1, null]", None, 7, 0.5, True]
    ]


def test_reads_on_while_a_result_grows(tmp_path: Path) -> None:
    with ResultSpool(tmp_path / "result") as spool:
        folder = str(tmp_path / "result")
        with pytest.raises(QueryFailure, match="not named its columns"):
            open_spool(folder)
        spool.begin(SCHEMA, named(SCHEMA))
        assert ask(folder, "SELECT count(*) FROM result") == [["0"]]
        spool.append(batch(0, 10))
        assert ask(folder, "SELECT count(*) FROM result") == [["10"]]
        spool.append(batch(10, 5))
        file = str(tmp_path / "order")
        told = order({"sources": {"result": folder}, "sql": "SELECT row_number FROM result", "file": file}, request())
        assert told == {"rows": 15, "totalRows": 15}
        with (tmp_path / "result" / "index.jsonl").open("ab") as index:
            index.write(b'{"offset": 99')
        assert open_spool(folder).rows == 15


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM query('SELECT * FROM read_blob(''/etc/passwd'')')",
        "COPY result TO '/tmp/stolen.csv'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '100GB'",
        "PRAGMA enable_external_access",
        "SELECT 1; SELECT 2",
        "CREATE TABLE t (a INTEGER)",
        "SELECT * FROM folder",
        "SELECT * FROM no_such_table",
        "SELEC",
        "",
    ],
)
def test_reads_results_alone(folder: str, sql: str) -> None:
    with pytest.raises(QueryFailure) as told:
        ask(folder, sql)
    assert told.value.code == "invalid_input"
    assert not Path("/tmp/stolen.csv").exists()


def test_says_that_a_result_was_let_go(tmp_path: Path) -> None:
    with pytest.raises(QueryFailure) as told:
        ask(str(tmp_path / "gone"), "SELECT 1 FROM result")
    assert told.value.code == "not_found"


def make_order(folder: str, tmp_path: Path, sql: str) -> str:
    file = tmp_path / "order"
    told = order({"sources": {"result": folder}, "sql": sql, "file": str(file)}, request())
    assert told["rows"] * 8 == file.stat().st_size
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    return str(file)


def gathered(folder: str, file: str, offset: int, limit: int) -> pa.Table:
    message = {"folder": folder, "file": file, "offset": offset, "limit": limit}
    return pa.ipc.open_stream(base64.b64decode(gather(message, request())["arrow"])).read_all()


@pytest.mark.parametrize("few_rows", [0, 1_000])
def test_keeps_an_order_and_gathers_its_rows(
    folder: str, tmp_path: Path, few_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench_query.results.gather.FEW_ROWS", few_rows)
    file = make_order(folder, tmp_path, "SELECT row_number FROM result ORDER BY c2 DESC NULLS LAST, row_number")
    numbers = array("Q", Path(file).read_bytes())
    whole = pa.Table.from_batches([batch(0, 30)])
    assert numbers.tolist() == sorted(range(30), key=lambda row: (-whole["amount"][row].as_py(), row))
    assert gathered(folder, file, 0, 100).equals(whole.take(numbers.tolist()))
    assert gathered(folder, file, 7, 9)["id"].to_pylist() == numbers.tolist()[7:16]
    assert gathered(folder, file, 28, 10).num_rows == 2
    assert gathered(folder, file, 30, 10).num_rows == 0
    assert gathered(folder, file, 30, 10).schema == SCHEMA


def test_gathers_rows_that_stand_together(folder: str, tmp_path: Path) -> None:
    file = make_order(folder, tmp_path, "SELECT row_number FROM result WHERE c0 >= 2 ORDER BY row_number")
    assert gathered(folder, file, 0, 25)["id"].to_pylist() == list(range(2, 27))


def test_gathers_no_more_of_long_rows_than_can_be_given_at_once(tmp_path: Path) -> None:
    long = kept(tmp_path, pa.table({"text": ["x" * 10_000_000] * 9}))
    file = tmp_path / "order"
    file.write_bytes(array("q", [8, 2, 0, 1, 3, 4, 5, 6, 7]).tobytes())
    assert gathered(long, str(file), 0, 9).num_rows == 6
    assert gathered(long, str(file), 6, 9).num_rows == 3


def test_answers_no_more_than_can_be_given_at_once(folder: str) -> None:
    with pytest.raises(QueryFailure) as failed:
        ask(folder, "SELECT repeat('x', 3000000) FROM result")
    assert failed.value.code == "resource_exhausted"


def test_keeps_no_order_where_the_question_fails(folder: str, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    message = {"sources": {"result": folder}, "sql": "SELECT nonsense FROM result", "file": str(tmp_path / "order")}
    with pytest.raises(QueryFailure):
        order(message, request())
    assert set(tmp_path.iterdir()) == before


def test_sorting_past_the_memory_limit_spills(tmp_path: Path) -> None:
    count = 300_000
    values = pa.array([str(row * 7919 % 300_007).rjust(240, "x") for row in range(count)])
    folder = kept(tmp_path, pa.table({"v": values}))
    limits = {"memoryBytes": 60_000_000, "threads": 1, "tempDir": str(tmp_path)}
    file = tmp_path / "order"
    sql = "SELECT row_number FROM result ORDER BY c0, row_number"
    order({"sources": {"result": folder}, "sql": sql, "file": str(file), "limits": limits}, request())
    numbers = array("Q", file.read_bytes())
    assert len(numbers) == count
    assert all(numbers[at] * 7919 % 300_007 < numbers[at + 1] * 7919 % 300_007 for at in range(0, count - 1, 997))
    assert list(tmp_path.glob("results-*")) == []


def test_a_cancelled_question_ends(folder: str) -> None:
    taken_back = request()
    timer = threading.Timer(0.1, taken_back.cancel)
    timer.start()
    sql = "SELECT count(*) FROM result a, range(1000000000) b WHERE hash(a.c0, b.range) = 1"
    with pytest.raises(Cancelled):
        rows({"sources": {"result": folder}, "sql": sql}, taken_back)


STRANGE = pa.table(
    {
        "plain": ["a", "", None, 'q"uote', "com,ma", "li\nne", " space "],
        "big": pa.array([2**63 - 1, -1, None, 0, 1, 2, 3], pa.int64()),
        'na"me, too': pa.array(
            [Decimal("1.10"), None, Decimal("-0.01"), Decimal(0), None, None, None], pa.decimal128(20, 2)
        ),
        "f": [0.1, float("nan"), float("inf"), None, -0.0, 1e300, 5e-324],
        "nested": [{"a": [1]}, None, {"a": []}, {"a": None}, {"a": [2, None]}, None, None],
        "at": pa.array([0, None, 1_700_000_000_123_456, 1, 2, 3, 4], pa.timestamp("us", tz="UTC")),
    }
)


def test_exports_csv_that_tells_null_from_empty(tmp_path: Path) -> None:
    text = exported(kept(tmp_path, STRANGE), "csv", tmp_path).decode()
    lines = text.split("\r\n")
    assert lines[0] == 'plain,big,"na""me, too",f,nested,at'
    assert lines[1] == 'a,9223372036854775807,1.10,0.1,"{""a"":[1]}",1970-01-01 00:00:00+00'
    assert lines[2] == '"",-1,,nan,,'
    assert lines[3].startswith(",,-0.01,inf,")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in read[1:]] == ["a", "", "", 'q"uote', "com,ma", "li\nne", " space "]
    assert read[3][5] == "2023-11-14 22:13:20.123456+00"
    assert [row[3] for row in read[5:]] == ["-0.0", "1e+300", "5e-324"]


def test_exports_json_lines_without_losing_a_digit(tmp_path: Path) -> None:
    lines = exported(kept(tmp_path, STRANGE), "json", tmp_path).decode().splitlines()
    first, second = json.loads(lines[0]), json.loads(lines[1])
    assert first == {
        "plain": "a",
        "big": "9223372036854775807",
        'na"me, too': "1.10",
        "f": 0.1,
        "nested": {"a": [1]},
        "at": "1970-01-01 00:00:00+00",
    }
    assert second == {"plain": "", "big": "-1", 'na"me, too': None, "f": "nan", "nested": None, "at": None}
    assert len(lines) == 7


def test_exports_parquet_and_arrow(tmp_path: Path) -> None:
    folder = kept(tmp_path, STRANGE)
    parquet = pq.ParquetFile(io.BytesIO(exported(folder, "parquet", tmp_path)))
    assert str(parquet.read().drop(["f"]).to_pylist()) == str(STRANGE.drop(["f"]).to_pylist())
    assert parquet.metadata.row_group(0).column(0).compression == "ZSTD"
    arrow = pa.ipc.open_stream(exported(folder, "arrow", tmp_path)).read_all()
    assert arrow.schema == STRANGE.schema
    assert arrow["big"].equals(STRANGE["big"])


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "arrow"])
def test_exports_in_the_order_of_a_view(folder: str, tmp_path: Path, kind: str) -> None:
    file = make_order(folder, tmp_path, "SELECT row_number FROM result WHERE c0 > 3 ORDER BY c2 DESC, row_number")
    ids = [str(number) for number in array("Q", Path(file).read_bytes())]
    data = exported(folder, kind, tmp_path, file)
    if kind == "csv":
        found = [line.split(",")[0] for line in data.decode().split("\r\n")[1:-1]]
    elif kind == "json":
        found = [json.loads(line)["id"] for line in data.splitlines()]
    else:
        table = pq.read_table(io.BytesIO(data)) if kind == "parquet" else pa.ipc.open_stream(data).read_all()
        found = [str(number) for number in table["id"].to_pylist()]
    assert found == ids


def test_exports_a_result_without_rows(tmp_path: Path) -> None:
    folder = kept(tmp_path, SCHEMA.empty_table())
    assert exported(folder, "csv", tmp_path) == b"id,name,amount\r\n"
    assert exported(folder, "json", tmp_path) == b""
    assert pq.read_table(io.BytesIO(exported(folder, "parquet", tmp_path))).num_rows == 0


def test_an_export_ends_when_nobody_reads(tmp_path: Path) -> None:
    folder = kept(tmp_path, pa.table({"v": pa.array(range(2_000_000))}))
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(1)

        def leave() -> None:
            peer, _ = server.accept()
            peer.recv(1000)
            peer.close()

        reader = threading.Thread(target=leave)
        reader.start()
        with pytest.raises(Cancelled):
            export({"folder": folder, "order": None, "format": "csv", "socket": path}, request())
        reader.join()


def test_numbers_columns_of_one_name() -> None:
    assert unique_names(["a", "b", "a", "a_2", "a"]) == ["a", "b", "a_3", "a_2", "a_4"]
