from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from workbench_query.airflow.read_dag import read_dag
from workbench_query.failures import QueryFailure

CLASSIC = """
from datetime import datetime, timedelta
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator as Shell
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup
from airflow.models.baseoperator import chain

TABLES = ["orders", "stock"]
COMMON = {"owner": "shop", "retries": 2, "retry_delay": timedelta(minutes=5)}

def clean(day):
    return day

with DAG("shop_daily", schedule="@daily", default_args=COMMON,
         start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Prague"), catchup=False) as dag:
    start = Shell(task_id="start", bash_command="echo go")
    with TaskGroup("load") as load:
        for table in TABLES:
            PythonOperator(task_id=f"load_{table}", python_callable=clean, op_kwargs={"table": table})
    ends = [Shell(task_id=f"end_{n}", bash_command="true") for n in range(2)]
    start >> load >> ends
    report = Shell(task_id="report", bash_command="make report")
    report.set_upstream(ends)
    chain(start, [Shell(task_id="a"), Shell(task_id="b")], [Shell(task_id="c"), Shell(task_id="d")])
"""

TASKFLOW = '''
from airflow.decorators import dag, task, task_group

@dag(schedule=None, tags=["x"])
def nightly(region="north"):
    """Counts what was sold."""
    @task(retries=3)
    def fetch(): return {"n": 1}

    @task.branch
    def choose(n): return "small"

    @task
    def small(): pass

    @task_group
    def tidy(value):
        @task
        def sweep(v): pass
        sweep(value)

    got = fetch()
    choose(got["n"]) >> small.override(task_id="little")()
    tidy(got)
    small.partial().expand(value=[1, 2])

nightly()
'''


def read(source: str) -> dict[str, Any]:
    return read_dag({"source": source})


def ids(dag: dict[str, Any]) -> list[str]:
    return [task["id"] for task in dag["tasks"]]


def test_reads_operators_groups_loops_and_edges() -> None:
    (dag,) = read(CLASSIC)["dags"]
    assert dag["id"] == "shop_daily"
    assert dag["arguments"]["default_args"] == {"owner": "shop", "retries": 2, "retry_delay": {"$seconds": 300}}
    assert dag["arguments"]["start_date"] == {"$datetime": "2025-01-01 00:00", "zone": "Europe/Prague"}
    assert ids(dag)[:6] == ["start", "load.load_orders", "load.load_stock", "end_0", "end_1", "report"]
    assert dag["groups"][0]["members"] == ["load.load_orders", "load.load_stock"]
    edges = [tuple(edge) for edge in dag["edges"]]
    assert edges == [
        ("start", "load"),
        ("load", "end_0"),
        ("load", "end_1"),
        ("end_0", "report"),
        ("end_1", "report"),
        *[("start", "a"), ("start", "b"), ("a", "c"), ("b", "d")],
    ]
    load = dag["tasks"][1]
    assert (load["operator"], load["line"]) == ("PythonOperator", 21)
    assert load["arguments"]["op_kwargs"] == {"table": "orders"}
    assert load["arguments"]["python_callable"] == {"$function": {"name": "clean", "lines": [13, 14]}}


def test_reads_decorated_functions() -> None:
    (dag,) = read(TASKFLOW)["dags"]
    assert (dag["id"], dag["arguments"]["params"]) == ("nightly", {"region": "north"})
    assert ids(dag) == ["fetch", "choose", "little", "tidy.sweep", "small"]
    assert [task["operator"] for task in dag["tasks"]][:2] == ["@task", "@task.branch"]
    assert dag["tasks"][0]["arguments"] == {"retries": 3}
    assert dag["tasks"][4]["arguments"] == {"expand(value)": [1, 2]}
    assert [tuple(edge) for edge in dag["edges"]] == [
        ("fetch", "choose"),
        ("choose", "little"),
        ("fetch", "tidy.sweep"),
    ]


def test_says_what_it_does_not_know() -> None:
    answer = read(
        "with DAG('d') as dag:\n"
        "    for name in names():\n"
        "        BashOperator(task_id=name)\n"
        "    if flag:\n"
        "        BashOperator(task_id='x', env={'A': environ['A']})\n"
        "    notify(dag)\n"
    )
    (dag,) = answer["dags"]
    assert ids(dag) == ["BashOperator_3", "x"]
    assert dag["tasks"][1]["arguments"] == {"env": {"A": {"$code": "environ['A']"}}}
    assert sorted({note["line"] for note in answer["notes"]}) == [2, 3, 4, 6]


def test_a_long_chain_is_no_depth() -> None:
    chain = " >> ".join(f"BashOperator(task_id='t{n}')" for n in range(1_000))
    (dag,) = read(f"with DAG('d'):\n    {chain}\n")["dags"]
    assert len(dag["edges"]) == 999


def test_nothing_is_run_or_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "ran"
    (tmp_path / "evil_module.py").write_text(f"open({str(trace)!r}, 'w')")
    monkeypatch.syspath_prepend(str(tmp_path))
    source = (
        "import evil_module\nfrom evil_module import *\n"
        f"open({str(trace)!r}, 'w').write('x')\n"
        f"__import__('os').system('touch {trace}')\n"
        f"class A(metaclass=open({str(trace)!r}, 'w')): pass\n"
        f"with DAG('d', description=eval('open(1)'), tags=[exec('1')]):\n"
        f"    BashOperator(task_id=(lambda: open({str(trace)!r}, 'w'))(), x=f\"{{open(__file__)}}\")\n"
        f"    [open({str(trace)!r}, 'w') for _ in range(3)]\n"
    )
    (dag,) = read(source)["dags"]
    assert len(dag["tasks"]) == 1
    assert not trace.exists()
    assert "evil_module" not in sys.modules


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = (", "invalid_input"),
        ("x = '\0'", "invalid_input"),
        ("x = " + "(" * 5_000 + ")" * 5_000, "resource_exhausted"),
        ("x = " + "-" * 50_000 + "1", "resource_exhausted"),
        ("x = a" + ".b" * 3_000, "resource_exhausted"),
        ("x = 1" + " + 1" * 3_000, "resource_exhausted"),
        ("#" * 1_000_001, "resource_exhausted"),
        # Loops in loops, and groups that call each other, unfold without end.
        (
            "N = range(1000)\nwith DAG('d'):\n  for a in N:\n    for b in N:\n      for c in N:\n        a\n",
            "resource_exhausted",
        ),
        (
            "with DAG('d'):\n  @task_group\n  def g():\n    g()\n    g()\n  g()\n",
            "resource_exhausted",
        ),
    ],
)
def test_refuses_hostile_sources(source: str, code: str) -> None:
    with pytest.raises(QueryFailure) as refused:
        read(source)
    assert refused.value.code == code


def test_values_that_double_stay_small() -> None:
    doubling = "a = ['x' * 10, 'xxxxxxxxxx']\ns = 'xxxxxxxxxx'\n"
    doubling += "a = [a, a]\ns = s + s\nn = 9 * 9\n" * 60
    answer = read(doubling + "with DAG('d', tags=a, description=s):\n    BashOperator(task_id='t', x=10 ** 10 ** 10)\n")
    assert len(str(answer)) < 100_000
