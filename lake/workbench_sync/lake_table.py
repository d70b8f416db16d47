from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from .failure import SyncFailure
from .mapping import EXTRACTED_AT

ATTEMPTS = 5
TIMEOUT_SECONDS = 900


class Lake(Protocol):
    """The lake writer as a sync needs it: the verbs of its HTTP interface for one workspace."""

    def describe(self, table: str) -> dict[str, Any] | None: ...

    def stage(self, table: str, key: str) -> str: ...

    def commit(self, table: str, body: dict[str, Any]) -> dict[str, Any]: ...

    def change_schema(self, table: str, changes: list[dict[str, Any]], expected: int | None) -> None: ...


class HttpLake:
    """The lake writer over HTTP. Calls are repeated while it does not answer; every one of them may be."""

    def __init__(self, url: str, token: str, workspace_id: str) -> None:
        self._base = f"{url.rstrip('/')}/v1/{quote(workspace_id, safe='')}/tables"
        self._token = token

    def describe(self, table: str) -> dict[str, Any] | None:
        try:
            return self._call("GET", table, "")
        except SyncFailure as failure:
            if failure.code == "not_found":
                return None
            raise

    def stage(self, table: str, key: str) -> str:
        return str(self._call("POST", table, "/stage", {"idempotency_key": key})["folder"])

    def commit(self, table: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", table, "/commits", body)

    def change_schema(self, table: str, changes: list[dict[str, Any]], expected: int | None) -> None:
        body: dict[str, Any] = {"changes": changes}
        if expected is not None:
            body["expected_schema_id"] = expected
        self._call("POST", table, "/schema", body)

    def _call(self, method: str, table: str, verb: str, body: Any = None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self._base}/{quote(table, safe='')}{verb}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                    return json.loads(answer.read() or b"{}")
            except urllib.error.HTTPError as error:
                failure = _failure_of(error)
                if attempt == ATTEMPTS or failure.code != "engine_unavailable":
                    raise failure from error
            except (urllib.error.URLError, OSError, ValueError) as error:
                if attempt == ATTEMPTS:
                    raise SyncFailure(
                        "engine_unavailable",
                        "The lake does not answer.",
                        hint="Its service may be starting; try again in a minute.",
                        retryable=True,
                        internal=str(error),
                    ) from error
            time.sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")


def _failure_of(error: urllib.error.HTTPError) -> SyncFailure:
    try:
        body = json.loads(error.read())
        code, text = body["code"], body.get("detail") or body.get("title") or "The lake refused."
        return SyncFailure(code, text, hint=body.get("hint"), retryable=code in ("conflict", "engine_unavailable"))
    except (ValueError, KeyError, TypeError, OSError):
        code = "engine_unavailable" if error.code in (502, 503, 504) else "engine_failed"
        return SyncFailure(code, f"The lake answered with status {error.code}.", retryable=True)


def column_types(described: dict[str, Any]) -> dict[str, str]:
    """Name and Trino type of a table's columns, without the lake's own."""
    return {column["name"]: column["type"] for column in described["columns"] if column["name"] != EXTRACTED_AT}


class StagingFolder:
    """Where a sync puts its Parquet files: a folder of the lake's, or a local draft that is sent to its S3 prefix."""

    def __init__(self, location: str, draft: Path) -> None:
        self._location = location.removeprefix("file://").rstrip("/")
        self._remote = self._location.startswith("s3://")
        self.local = draft if self._remote else Path(self._location)
        self.local.mkdir(parents=True, exist_ok=True)
        self._sent: list[str] = []

    def deliver(self, path: str) -> str:
        """The place of a finished file as the lake is told it; for S3 the draft is sent there and removed."""
        if not self._remote:
            return path
        target = f"{self._location}/{Path(path).name}"
        filesystem, prefix = _s3_filesystem(), urlsplit(target)
        with Path(path).open("rb") as draft, filesystem.open_output_stream(f"{prefix.netloc}{prefix.path}") as out:
            shutil.copyfileobj(draft, out, 8 * 1024**2)
        Path(path).unlink()
        self._sent.append(target)
        return target

    def remove(self) -> None:
        """Forgets what was staged here; files that a commit took over stay where the lake put them."""
        shutil.rmtree(self.local, ignore_errors=True)
        for target in self._sent:
            parts = urlsplit(target)
            with contextlib.suppress(OSError):
                _s3_filesystem().delete_file(f"{parts.netloc}{parts.path}")


def _s3_filesystem() -> Any:
    from pyarrow.fs import S3FileSystem

    endpoint = urlsplit(os.environ.get("S3_ENDPOINT", ""))
    return S3FileSystem(
        access_key=os.environ.get("S3_ACCESS_KEY_ID"),
        secret_key=os.environ.get("S3_SECRET_ACCESS_KEY"),
        region=os.environ.get("S3_REGION") or "us-east-1",
        endpoint_override=endpoint.netloc or None,
        scheme=endpoint.scheme or "https",
        force_virtual_addressing=False,
    )
