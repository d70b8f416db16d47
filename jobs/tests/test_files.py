from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow as pa
import pytest

from workbench_jobs import files
from workbench_jobs.context import read_parquet
from workbench_jobs.output_table import write_output_table


class Bucket:
    """An HTTP server that keeps what is put, and may fail some requests first."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.failures: list[int] = []
        self.lost_answers = 0
        bucket = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self, status: int, body: bytes = b"") -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if bucket.failures:
                    return self.answer(bucket.failures.pop(0))
                if self.headers["If-None-Match"] == "*" and self.path in bucket.kept:
                    return self.answer(412)
                bucket.kept[self.path] = body
                if bucket.lost_answers:
                    bucket.lost_answers -= 1
                    return self.answer(500)
                return self.answer(200)

            def do_GET(self) -> None:
                if bucket.failures:
                    return self.answer(bucket.failures.pop(0))
                if self.path not in bucket.kept:
                    return self.answer(404)
                return self.answer(200, bucket.kept[self.path])

            def log_message(self, *arguments: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def bucket(monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0)
    made = Bucket()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_table_goes_to_a_url_and_comes_back(bucket):
    table = pa.table({"a": [1, 2, 3]})
    url = f"{bucket.url}/rows.parquet?X-Amz-Signature=s"
    bucket.failures = [503, 500]
    assert write_output_table(url, table)["row_count"] == 3
    bucket.failures = [429]
    assert read_parquet(url).equals(table)


def test_nothing_is_put_where_the_writing_fails(bucket):
    def broken() -> None:
        with files.written_file(f"{bucket.url}/x") as draft:
            draft.write_text("half")
            raise ValueError("half")

    with pytest.raises(ValueError, match="half"):
        broken()
    assert bucket.kept == {}


@pytest.mark.parametrize("failures", [[403], [500] * 5])
def test_a_refusal_is_told_without_the_signature(bucket, failures):
    bucket.failures = failures

    def write() -> None:
        with files.written_file(f"{bucket.url}/x?sig=s3cret") as draft:
            draft.write_text("x")

    with pytest.raises(OSError, match=rf"/x failed: the server answers {failures[0]}$") as told:
        write()
    assert "s3cret" not in str(told.value)
    assert bucket.failures == []


def test_a_path_is_taken_as_it_is(tmp_path):
    place = tmp_path / "deep" / "file"
    with files.written_file(str(place)) as draft:
        draft.write_text("x")
        assert not place.exists()
    assert place.read_text() == "x"
    assert [path.name for path in place.parent.iterdir()] == ["file"]
    with files.read_file(str(place)) as path:
        assert path == str(place)


@pytest.fixture(params=["a folder", "a bucket"])
def fresh_place(request, tmp_path, bucket):
    return f"{bucket.url}/begun?X-Amz-Signature=s" if request.param == "a bucket" else str(tmp_path / "deep" / "begun")


def test_of_many_that_create_a_file_one_does(fresh_place):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(files.created_file, [fresh_place] * 8))
    assert sorted(made) == [False] * 7 + [True]
    assert not files.created_file(fresh_place)


def test_a_conflict_is_tried_again(bucket):
    bucket.failures = [409, 503]
    assert files.created_file(f"{bucket.url}/x")
    assert bucket.failures == []


def test_a_file_whose_maker_is_unknown_was_made_by_another(bucket):
    bucket.lost_answers = 1
    assert not files.created_file(f"{bucket.url}/x")
    assert list(bucket.kept) == ["/x"]


def test_a_bucket_that_knows_no_conditions_is_put_up_with(bucket, capsys):
    bucket.failures = [501]
    assert files.created_file(f"{bucket.url}/x")
    assert "If-None-Match" in capsys.readouterr().out


def test_a_bucket_that_refuses_is_told(bucket):
    bucket.failures = [403]
    with pytest.raises(OSError, match="/x failed: the server answers 403$"):
        files.created_file(f"{bucket.url}/x?sig=s3cret")
