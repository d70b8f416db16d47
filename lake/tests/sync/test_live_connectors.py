"""Connectors of the package index, run whole. They need the package index, a few minutes and CONTRACT_UV_PATH."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from emulated_web import emulated_web, pem, private_key

from workbench_sync.__main__ import run
from workbench_sync.events import Events

UV = os.environ.get("CONTRACT_UV_PATH", "")
pytestmark = pytest.mark.skipif(not UV, reason="CONTRACT_UV_PATH names no uv")
MANIFEST = Path(__file__).with_name("orders_manifest.yaml")


@pytest.fixture(scope="session")
def connectors() -> Iterator[str]:
    given = os.environ.get("CONNECTORS_DIR")
    folder = given or tempfile.mkdtemp(prefix="connectors-")
    yield folder
    if not given:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def act(connectors, world, monkeypatch):
    """One verb of a connector as the program runs it, against the world's lake."""

    def go(verb: str, name: str, package: str, version: str, config: dict[str, Any], **more: Any) -> dict[str, Any]:
        world.emitter = Events(lambda line: world.events.append(json.loads(line)), more.get("secrets", []))
        monkeypatch.setattr("workbench_sync.__main__._lake", lambda _: world.lake)
        connector = {"name": name, "package": package, "version": version}
        return run(
            verb,
            {"connector": connector, "config": config, "connectors_dir": connectors, "uv": UV, **more},
            world.emitter,
        )

    return go


def stream(name: str, mode: str = "full_refresh", **more: Any) -> dict[str, Any]:
    return {"name": name, "sync_mode": mode, "destination": f"lake.live.{name}", **more}


def test_faker_syncs_whole_and_goes_on_from_its_state(act, world):
    faker = ("source-faker", "airbyte-source-faker", "7.2.1")
    assert "count" in act("spec", *faker, {})["spec"]["connectionSpecification"]["properties"]
    assert act("check", *faker, {"count": 10})["status"] == "SUCCEEDED"
    names = {one["name"] for one in act("discover", *faker, {"count": 10})["catalog"]["streams"]}
    assert names == {"users", "products", "purchases"}
    config = {"count": 3000, "seed": 1}
    result = act("sync", *faker, config, sync_id="s1", stream=stream("users", "incremental"), checkpoint={"rows": 1000})
    assert (result["rows"], result["checkpoints"] >= 2) == (3000, True)
    assert world.rows("count(*), count(DISTINCT id), min(age) > 0", "lake.live.users") == [(3000, 3000, True)]
    again = act("sync", *faker, config, sync_id="s2", stream=stream("users", "full_refresh"))
    assert again["rows"] == 3000
    assert world.rows("count(*)", "lake.live.users") == [(3000,)]


def test_a_file_source_reads_a_csv(act, world, tmp_path):
    (tmp_path / "shop.csv").write_text('id,"naïve ""name""",price\n1,a,1.5\n2,b,\n')
    file = ("source-file", "airbyte-source-file", "0.5.13")
    config = {
        "dataset_name": "shop",
        "format": "csv",
        "url": str(tmp_path / "shop.csv"),
        "provider": {"storage": "local"},
    }
    allowed = {"local_files": str(tmp_path)}
    assert act("check", *file, config, **allowed)["status"] == "SUCCEEDED"
    act("sync", *file, config, sync_id="s1", stream=stream("shop"), **allowed)
    assert world.rows('id, "naïve ""name""", price', "lake.live.shop") == [(1.0, "a", 1.5), (2.0, "b", None)]


def test_shopify_reads_pages_from_an_emulated_shop(act, world, tmp_path, monkeypatch):
    host = "novamart.myshopify.com"

    def shop(method: str, _: str, path: str, query: dict[str, str], body: Any) -> Any:
        if path.endswith("shop.json"):
            return 200, {"shop": {"id": 1, "name": "NovaMart"}}, {}
        if path.endswith("access_scopes.json"):
            return 200, {"access_scopes": [{"handle": "read_orders"}, {"handle": "read_all_orders"}]}, {}
        if path.endswith("orders.json") and "page_info" in query:
            return 200, {"orders": [{"id": 3, "updated_at": "2024-01-03T00:00:00+00:00", "total_price": "3.30"}]}, {}
        if path.endswith("orders.json"):
            link = {"Link": f'<https://{host}{path}?page_info=abc&limit=250>; rel="next"'}
            rows = [{"id": n, "updated_at": f"2024-01-0{n}T00:00:00+00:00", "total_price": f"{n}.10"} for n in (1, 2)]
            return 200, {"orders": rows}, link
        return 404, {"errors": "Not Found"}, {}

    shopify = ("source-shopify", "airbyte-source-shopify", "4.3.0")
    config = {
        "shop": host,
        "credentials": {"auth_method": "api_password", "api_password": "shpat_secret1"},
        "start_date": "2024-01-01",
    }
    # It is installed before the proxy of the emulated shop stands in the way.
    assert "shop" in act("spec", *shopify, {})["spec"]["connectionSpecification"]["properties"]
    with emulated_web(tmp_path, [host], shop) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert act("check", *shopify, config)["status"] == "SUCCEEDED"
        orders = stream("orders", "incremental", cursor_field="updated_at", primary_key=["id"])
        assert act("sync", *shopify, config, sync_id="s1", stream=orders)["rows"] == 3
    assert world.rows("id", "lake.live.orders") == [(1,), (2,), (3,)]


def test_a_yaml_manifest_reads_pages_and_goes_on_from_its_cursor(act, world, tmp_path):
    rows = [{"id": n, "amount": n * 1.5, "updated_at": f"2024-01-{n:02d}"} for n in range(1, 11)]

    def api(method: str, _: str, path: str, query: dict[str, str], body: Any) -> Any:
        found = [row for row in rows if row["updated_at"] >= query.get("since", "")]
        start = (int(query.get("page", "1")) - 1) * 3
        return 200, {"items": found[start : start + 3]}, {}

    declarative = ("source-declarative-manifest", "airbyte-cdk", "6.60.0")
    deduplicated = {"transformation": {"deduplication": {"key": ["id"]}}, "stream": stream("orders", "incremental")}
    with emulated_web(tmp_path, ["unused.example"], api) as environment:
        config = {"manifest": MANIFEST.read_text(), "url": environment["HTTPS_PROXY"], "start_date": "2024-01-01"}
        assert "start_date" in act("spec", *declarative, config)["spec"]["connectionSpecification"]["properties"]
        assert act("sync", *declarative, config, sync_id="s1", **deduplicated)["rows"] == 10
        rows.append({"id": 11, "amount": 1.0, "updated_at": "2024-01-11"})
        assert act("sync", *declarative, config, sync_id="s2", **deduplicated)["rows"] == 2
    assert [row[0] for row in world.rows("id", "lake.live.orders")] == list(range(1, 12))


def test_google_analytics_reads_an_emulated_property(act, world, tmp_path, monkeypatch):
    hosts = ["oauth2.googleapis.com", "analyticsdata.googleapis.com"]

    def google(method: str, host: str, path: str, query: dict[str, str], body: bytes) -> Any:
        if path == "/token":
            return 200, {"access_token": "token", "expires_in": 3600, "token_type": "Bearer"}, {}
        if path.endswith("/metadata"):
            dimensions = [{"apiName": "date", "description": "Day"}]
            metrics = [{"apiName": "active1DayUsers", "type": "TYPE_INTEGER", "description": "Users"}]
            return 200, {"dimensions": dimensions, "metrics": metrics}, {}
        asked = json.loads(body)
        names = [one["name"] for one in asked["dimensions"]], [one["name"] for one in asked["metrics"]]
        day = asked["dateRanges"][0]["startDate"].replace("-", "")
        row = {
            "dimensionValues": [{"value": day} for _ in names[0]],
            "metricValues": [{"value": "7"} for _ in names[1]],
        }
        rows = [] if int(asked.get("offset") or 0) else [row]
        metrics = [{"name": name, "type": "TYPE_INTEGER"} for name in names[1]]
        heads = {"dimensionHeaders": [{"name": name} for name in names[0]], "metricHeaders": metrics}
        return 200, {**heads, "rows": rows, "rowCount": len(rows)}, {}

    analytics = ("source-google-analytics-data-api", "airbyte-source-google-analytics-data-api", "2.8.2")
    own = {"connectors_dir": str(tmp_path / "connectors")}
    key = {
        "type": "service_account",
        "client_email": "a@example.iam.gserviceaccount.com",
        "private_key": pem(private_key()).decode(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    config = {
        "property_id": "properties/349871234",
        "credentials": {"credentials_json": json.dumps(key)},
        "date_ranges_start_date": (dt.date.today() - dt.timedelta(days=3)).isoformat(),
    }
    assert "property_ids" in act("spec", *analytics, {}, **own)["spec"]["connectionSpecification"]["properties"]
    with emulated_web(tmp_path, hosts, google) as environment:
        trust(tmp_path / "connectors", tmp_path / "authority.pem")
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        users = stream("daily_active_users", "incremental")
        mapped = {
            "schema_mapping": {"active1DayUsers": "unique_visitors"},
            "deduplication": {"key": ["date", "pagePath"]},
        }
        result = act("sync", *analytics, config, sync_id="s1", stream=users, transformation=mapped, **own)
    assert result["rows"] > 0
    assert {row[0] for row in world.rows("unique_visitors", "lake.live.daily_active_users")} == {7}
    assert "pagePath" in result["warnings"][0]


def trust(connectors: Path, authority: Path) -> None:
    """This connector's HTTP client reads no setting for authorities, only its own list of them."""
    (known,) = connectors.glob("*/lib/python3*/site-packages/certifi/cacert.pem")
    text = known.read_text() + authority.read_text()
    known.unlink()
    known.write_text(text)
