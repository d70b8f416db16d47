import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench_jobs import __main__ as entry
from workbench_jobs.failure import root_cause
from workbench_jobs.files import written_file
from workbench_jobs.ray_train import ray_train, training_function
from workbench_jobs.slug import distinct_slugs, slug
from workbench_jobs.spec import SpecError, check_spec


def spec_of(folder, script="steps/train.py", attempt=1):
    return {
        "run_id": "run-1",
        "task_id": "training",
        "attempt": attempt,
        "training_script": script,
        "dataset": {"name": "analytics.derived.x", "uris": [str(folder / "x.parquet")]},
        "hyperparameters": {"depth": 3},
        "ray_config": {"num_workers": 2, "resources_per_worker": {"CPU": 1}},
        "mlflow": {"tracking_uri": f"sqlite:///{folder}/mlflow.db", "experiment": "small"},
        "output_uris": {"out": str(folder / "staged" / "out.parquet")},
        "begun_uri": str(folder / f"begun-{attempt}"),
        "result_uri": str(folder / "result.json"),
        "threads_per_worker": 1,
    }


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """A folder of training scripts on the path; returns a function that adds one and names it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def add(package: str, text: str) -> str:
        (tmp_path / package).mkdir()
        (tmp_path / package / "train.py").write_text(text)
        return f"{package}/train.py"

    return add


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ICE CREAM/MILK/SHERBTS", "ice-cream-milk-sherbts"),
        ("  A & B ", "a-b"),
        ("Café", "cafe"),
        ("FITNESS&DIET", "fitness-diet"),
    ],
)
def test_a_slug_has_letters_digits_and_single_hyphens(name, expected):
    assert slug(name) == expected


def test_names_that_collide_get_different_slugs():
    made = distinct_slugs(["A/B", "A B", "GLOBAL"], frozenset({"global"}))
    assert made == {"A/B": "a-b", "A B": "a-b-2", "GLOBAL": "global-2"}


def test_a_name_without_letters_is_refused():
    with pytest.raises(ValueError, match="no letter"):
        slug("///")


def test_a_spec_that_misses_a_field_is_refused_by_name(tmp_path):
    spec = spec_of(tmp_path)
    del spec["result_uri"]
    with pytest.raises(SpecError, match="result_uri"):
        check_spec("ray_train", spec)
    with pytest.raises(SpecError, match="attempt"):
        check_spec("ray_train", {**spec_of(tmp_path), "attempt": 0})


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("old")

    def write_half() -> None:
        with written_file(str(path)) as draft:
            draft.write_text("half")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk is full"):
        write_half()
    assert [file.name for file in tmp_path.iterdir()] == ["x.txt"]
    assert path.read_text() == "old"


def test_the_root_cause_is_what_the_worker_raised():
    wrapper = RuntimeError("task failed")
    wrapper.cause = KeyError("units_sold")
    assert root_cause(wrapper) is wrapper.cause


def test_a_script_that_is_missing_is_named():
    with pytest.raises(SpecError, match=r"nowhere/train\.py"):
        training_function("nowhere/train.py")


def test_a_job_maps_writes_its_table_and_its_result_and_repeats_without_doubling(tmp_path, scripts):
    pq.write_table(pa.table({"a": [1, 2, 3]}), tmp_path / "x.parquet")
    script = scripts(
        "good",
        """
import pathlib, tempfile
import pyarrow as pa

def double(shared, item):
    return shared * item

def train(context):
    results = dict(context.map(double, context.read_dataset()["a"].to_pylist(), shared=2))
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "model.txt").write_text("a model")
        context.run.log_folder(pathlib.Path(folder), "models/one")
    context.register_model("one", "small.one", "models/one", {"category": "one"})
    context.write_table("out", pa.table({"b": [results[i] for i in range(3)]}))
    context.write_table("unmapped", pa.table({"b": [1]}))
    context.log_metrics({"wape": 0.2, "mape": None})
    context.fact("label", "value")
""",
    )
    for attempt in (1, 2):
        ray_train(spec_of(tmp_path, script, attempt), local=True)
    result = json.loads((tmp_path / "result.json").read_text())
    assert result["metrics"] == {"wape": 0.2}
    assert result["tables"]["out"]["row_count"] == 3
    assert result["tables"]["out"]["columns"] == [{"name": "b", "type": "BIGINT"}]
    assert list(result["tables"]) == ["out"]
    assert pq.read_table(tmp_path / "staged" / "out.parquet")["b"].to_pylist() == [2, 4, 6]

    from mlflow import MlflowClient

    client = MlflowClient(f"sqlite:///{tmp_path}/mlflow.db")
    runs = client.search_runs([client.get_experiment_by_name("small").experiment_id])
    assert {run.info.status for run in runs} == {"FINISHED", "FAILED"}
    kept = next(run for run in runs if run.info.status == "FINISHED")
    assert kept.info.run_id == result["mlflow_run_id"]
    versions = client.search_model_versions("name = 'small.one'")
    assert [version.run_id for version in versions] == [kept.info.run_id]


def test_a_script_that_fails_prints_its_error_last_and_leaves_no_result(tmp_path, scripts, capsys):
    script = scripts("bad", "def train(context):\n    raise ValueError('no such column: unitz')\n")
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(spec_of(tmp_path, script)))
    assert entry.main(["ray_train", "--spec", str(spec), "--local"]) == 1
    printed = capsys.readouterr().out.strip().splitlines()
    assert printed[-1] == "ERROR ValueError: no such column: unitz"
    assert any("Traceback" in line for line in printed)
    assert not (tmp_path / "result.json").exists()


def test_a_training_begins_once_in_an_attempt(tmp_path, scripts):
    spec = spec_of(tmp_path, scripts("once", "raise ValueError('imported')\n"))
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    begin = ["ray_train", "--spec", str(tmp_path / "spec.json"), "--local"]
    assert entry.main(begin) == 1
    assert entry.main(begin) == entry.BEGUN_BEFORE
