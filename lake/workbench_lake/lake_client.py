"""The lake writer's verbs over HTTP, for the processes that write to it. Uses nothing but the standard library."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from .failures import STATUS_OF_CODE, LakeFailure


class LakeClient:
    """The same methods as LakeWriter. Raises the same LakeFailure; engine_unavailable where nobody answers.

    `timeout_seconds` bounds one call: a large merge takes minutes.
    """

    def __init__(self, url: str, token: str, timeout_seconds: float = 1800) -> None:
        self._address = urlsplit(url)
        self._token = token
        self._timeout = timeout_seconds

    def tables(self, workspace_id: str) -> list[dict[str, Any]]:
        return self._call("GET", f"/v1/{_part(workspace_id)}/tables")

    def table(self, workspace_id: str, table: str) -> dict[str, Any]:
        return self._call("GET", self._path(workspace_id, table))

    def snapshots(
        self, workspace_id: str, table: str, limit: int = 100, cursor: str | None = None, ref: str | None = None
    ) -> dict[str, Any]:
        return self._get(workspace_id, table, "snapshots", limit=limit, cursor=cursor, ref=ref)

    def history(self, workspace_id: str, table: str) -> dict[str, Any]:
        return self._get(workspace_id, table, "history")

    def files(
        self,
        workspace_id: str,
        table: str,
        snapshot_id: int | None = None,
        ref: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> dict[str, Any]:
        return self._get(workspace_id, table, "files", snapshot_id=snapshot_id, ref=ref, limit=limit, cursor=cursor)

    def partitions(
        self, workspace_id: str, table: str, snapshot_id: int | None = None, ref: str | None = None
    ) -> dict[str, Any]:
        return self._get(workspace_id, table, "partitions", snapshot_id=snapshot_id, ref=ref)

    def stage(
        self, workspace_id: str, table: str, idempotency_key: str, columns: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        body: dict[str, Any] = {"idempotency_key": idempotency_key}
        return self._post(workspace_id, table, "stage", body | ({"columns": columns} if columns else {}))

    def commit(self, workspace_id: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._post(workspace_id, table, "commits", body)

    def change_schema(
        self, workspace_id: str, table: str, changes: list[dict[str, Any]], expected_schema_id: int | None = None
    ) -> dict[str, Any]:
        body = {"changes": changes, "expected_schema_id": expected_schema_id}
        return self._post(workspace_id, table, "schema", body)

    def rollback(
        self, workspace_id: str, table: str, snapshot_id: int, written_by: str, branch: str = "main"
    ) -> dict[str, Any]:
        body = {"snapshot_id": snapshot_id, "written_by": written_by, "branch": branch}
        return self._post(workspace_id, table, "rollbacks", body)

    def create_branch(
        self, workspace_id: str, table: str, name: str, from_snapshot_id: int | None = None, written_by: str = ""
    ) -> dict[str, Any]:
        body = {"name": name, "from_snapshot_id": from_snapshot_id, "written_by": written_by}
        return self._post(workspace_id, table, "branches", body)

    def create_tag(
        self, workspace_id: str, table: str, name: str, snapshot_id: int | None = None, written_by: str = ""
    ) -> dict[str, Any]:
        body = {"name": name, "snapshot_id": snapshot_id, "written_by": written_by}
        return self._post(workspace_id, table, "tags", body)

    def delete_branch(self, workspace_id: str, table: str, name: str, written_by: str = "") -> dict[str, Any]:
        path = f"{self._path(workspace_id, table)}/branches/{_part(name)}"
        return self._call("DELETE", path, {"written_by": written_by})

    def delete_tag(self, workspace_id: str, table: str, name: str, written_by: str = "") -> dict[str, Any]:
        path = f"{self._path(workspace_id, table)}/tags/{_part(name)}"
        return self._call("DELETE", path, {"written_by": written_by})

    def fast_forward(self, workspace_id: str, table: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._post(workspace_id, table, f"branches/{_part(name)}/fast-forward", body)

    def maintenance(self, workspace_id: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._post(workspace_id, table, "maintenance", body)

    def drop_table(self, workspace_id: str, table: str, purge: bool = False) -> dict[str, Any]:
        return self._call("DELETE", f"{self._path(workspace_id, table)}?purge={'true' if purge else 'false'}")

    def _path(self, workspace_id: str, table: str) -> str:
        return f"/v1/{_part(workspace_id)}/tables/{_part(table)}"

    def _get(self, workspace_id: str, table: str, what: str, **query: Any) -> dict[str, Any]:
        given = urlencode({key: value for key, value in query.items() if value is not None})
        return self._call("GET", f"{self._path(workspace_id, table)}/{what}?{given}")

    def _post(self, workspace_id: str, table: str, what: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", f"{self._path(workspace_id, table)}/{what}", body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection(
            self._address.hostname or "127.0.0.1", self._address.port or 80, timeout=self._timeout
        )
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
            connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
            response = connection.getresponse()
            text = response.read()
        except TimeoutError as error:
            raise LakeFailure("timed_out", "The lake writer did not answer in time.", retryable=True) from error
        except (OSError, HTTPException) as error:
            raise LakeFailure("engine_unavailable", "The lake writer does not answer.", retryable=True) from error
        finally:
            connection.close()
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise LakeFailure("engine_failed", "The lake writer answered with something else than JSON.") from error
        if response.status >= 400:
            code = answer.get("code") if answer.get("code") in STATUS_OF_CODE else "engine_failed"
            title = answer.get("title") or "The lake writer failed."
            raise LakeFailure(code, title, answer.get("hint"), bool(answer.get("retryable")))
        return answer


def _part(text: str) -> str:
    return quote(text, safe="")
