from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from workbench_jobs import __main__ as entry
from workbench_jobs.spec import SpecError, check_spec

SCRIPT = """
import sys
import pyarrow as pa
from workbench_jobs import task

if __name__ == "__main__":
    task.progress("half")
    task.output("double", task.parameters()["n"] * 2)
    task.output("args", sys.argv[1:])
    task.write_table("out", pa.table({"a": [1, 2]}))
    task.write_table("unmapped", pa.table({"a": [1]}))
    sys.exit(int(task.parameters().get("exit", 0)))
"""


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """Runs the script as the entry of a job would, and returns its exit code and its result."""
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "main.py").write_text(SCRIPT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(script="package/main.py", attempt=1, **parameters):
        spec = {
            "run_id": "r",
            "task_id": "t",
            "attempt": attempt,
            "script": script,
            "args": ["--fast"],
            "parameters": parameters,
            "output_uris": {"out": str(tmp_path / "staged" / "rows.parquet")},
            "begun_uri": str(tmp_path / f"t-{attempt}" / "begun"),
            "result_uri": str(tmp_path / "result.json"),
        }
        (tmp_path / "spec.json").write_text(json.dumps(check_spec("python_script", spec)))
        try:
            code = entry.main(["python_script", "--spec", "spec.json"])
        except SystemExit as ending:
            code = ending.code
        result = tmp_path / "result.json"
        return code, json.loads(result.read_text()) if result.exists() else None

    return run


def test_a_script_reads_its_parameters_and_gives_values_and_tables(ran, tmp_path, capsys):
    code, result = ran(n=4)
    assert code == 0
    assert result["values"] == {"double": 8, "args": ["--fast"]}
    assert result["tables"]["out"]["row_count"] == 2
    assert list(result["tables"]) == ["out"]
    assert pq.read_table(tmp_path / "staged" / "rows.parquet")["a"].to_pylist() == [1, 2]
    assert "PROGRESS half" in capsys.readouterr().out


def test_a_script_that_exits_with_an_error_leaves_no_result(ran):
    assert ran(n=1, exit=3) == (3, None)


def test_a_script_that_is_not_there_is_named(ran, capsys):
    assert ran("package/none.py", n=1) == (2, None)
    assert "package/none.py is not in the code package" in capsys.readouterr().out


def test_an_attempt_begins_once(ran, capsys):
    ran(n=4)
    code, result = ran(n=5)
    assert code == entry.BEGUN_BEFORE
    assert result["values"]["double"] == 8
    assert "has begun before" in capsys.readouterr().out.splitlines()[-1]
    assert ran(n=5, attempt=2)[1]["values"]["double"] == 10


def test_a_script_cannot_claim_that_it_has_begun_before(ran):
    assert ran(n=1, exit=entry.BEGUN_BEFORE) == (1, None)


def test_a_specification_is_checked():
    with pytest.raises(SpecError, match="attempt"):
        check_spec("python_script", {"run_id": "r"})
