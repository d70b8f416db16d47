from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from workbench_lake.failures import LakeFailure

from .failure import SyncFailure
from .mapping import EXTRACTED_AT

ATTEMPTS = 5


class LakeVerbs(Protocol):
    """What LakeClient and LakeWriter have in common, as far as a sync needs it."""

    def table(self, workspace_id: str, table: str) -> dict[str, Any]: ...

    def stage(
        self, workspace_id: str, table: str, idempotency_key: str, columns: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]: ...

    def commit(self, workspace_id: str, table: str, body: dict[str, Any]) -> dict[str, Any]: ...

    def change_schema(
        self, workspace_id: str, table: str, changes: list[dict[str, Any]], expected_schema_id: int | None = None
    ) -> dict[str, Any]: ...


class Lake:
    """The lake of one workspace. Calls are repeated while it does not answer; every one of them may be."""

    def __init__(self, verbs: LakeVerbs, workspace_id: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._verbs, self._workspace_id, self._sleep = verbs, workspace_id, sleep

    def describe(self, table: str) -> dict[str, Any] | None:
        """The table, or None where there is none."""
        try:
            return self._call(lambda: self._verbs.table(self._workspace_id, table))
        except SyncFailure as failure:
            if failure.code == "not_found":
                return None
            raise

    def stage(self, table: str, key: str, columns: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        return self._call(lambda: self._verbs.stage(self._workspace_id, table, key, columns))

    def commit(self, table: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call(lambda: self._verbs.commit(self._workspace_id, table, body))

    def change_schema(self, table: str, changes: list[dict[str, Any]]) -> None:
        self._call(lambda: self._verbs.change_schema(self._workspace_id, table, changes))

    def _call(self, verb: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return verb()
            except LakeFailure as error:
                if attempt == ATTEMPTS or error.code != "engine_unavailable":
                    raise SyncFailure(error.code, error.message, hint=error.hint, retryable=error.retryable) from error
            self._sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")


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

    def deliver(self, path: str) -> str:
        """The place of a finished file as the lake is told it; for S3 the draft is sent there and removed."""
        if not self._remote:
            return path
        target = f"{self._location}/{Path(path).name}"
        filesystem, prefix = _s3_filesystem(), urlsplit(target)
        with Path(path).open("rb") as draft, filesystem.open_output_stream(f"{prefix.netloc}{prefix.path}") as out:
            shutil.copyfileobj(draft, out, 8 * 1024**2)
        Path(path).unlink()
        return target

    def remove(self) -> None:
        """Forgets what was staged here; files that a commit took over stay where the lake put them."""
        shutil.rmtree(self.local, ignore_errors=True)
        if self._remote:
            with contextlib.suppress(OSError):
                _s3_filesystem().delete_dir(self._location.removeprefix("s3://"))


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
