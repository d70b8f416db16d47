"""The lake writer over HTTP, for callers on this machine that hold the token.

Bodies and answers are JSON; a failure is problem+json (RFC 9457) with a `code`. The name of a table in a URL is
percent-encoded `catalog.schema.table`, with double quotes around a part that holds a dot.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .commits.commit_requests import refuse_unknown, required_text, whole_number
from .failures import STATUS_OF_CODE, LakeFailure, from_system, invalid
from .lake_writer import LakeWriter

VERSION = "0.1.0"
_WRITING_THREADS = 24  # of the 40 threads that the server has: reads go on while writes wait for one another
_MAX_BODY_BYTES = 16 * 1024 * 1024
_logger = logging.getLogger("workbench_lake")

Verb = Callable[[LakeWriter, "Call"], Any]


class Call:
    """One request, with its parts read and checked."""

    def __init__(self, request: Request, body: Any) -> None:
        self._request = request
        self._body = body

    @property
    def workspace(self) -> str:
        return self._request.path_params["workspace"]

    @property
    def table(self) -> str:
        return self._request.path_params["table"]

    @property
    def name(self) -> str:
        return self._request.path_params["name"]

    def body(self, *known: str) -> dict[str, Any]:
        """The body as an object; unknown fields are refused where `known` are given."""
        body = {} if self._body is None else self._body
        if not isinstance(body, dict):
            raise invalid("The body must be a JSON object.")
        if known:
            refuse_unknown(body, set(known))
        return body

    def text(self, name: str) -> str | None:
        """A parameter of the query."""
        return self._request.query_params.get(name)

    def integer(self, name: str, default: int | None = None) -> int | None:
        """A parameter of the query that is a whole number."""
        return whole_number(self.text(name), name, default)

    @property
    def written_by(self) -> str:
        """Who acts, from the body or the query; empty where nobody says."""
        body = self._body if isinstance(self._body, dict) else {}
        return str(body.get("written_by") or self.text("written_by") or "")


def _commit(writer: LakeWriter, call: Call) -> Any:
    return writer.commit(call.workspace, call.table, call.body())


def _stage(writer: LakeWriter, call: Call) -> Any:
    body = call.body("idempotency_key", "columns")
    return writer.stage(call.workspace, call.table, required_text(body, "idempotency_key"), body.get("columns"))


def _change_schema(writer: LakeWriter, call: Call) -> Any:
    body = call.body("changes", "expected_schema_id")
    expected = whole_number(body.get("expected_schema_id"), "expected_schema_id")
    return writer.change_schema(call.workspace, call.table, body.get("changes") or [], expected)


def _rollback(writer: LakeWriter, call: Call) -> Any:
    body = call.body("snapshot_id", "written_by", "branch")
    target = whole_number(body.get("snapshot_id"), "snapshot_id")
    if target is None:
        raise invalid("snapshot_id must be a whole number.")
    branch = body.get("branch") or "main"
    return writer.rollback(call.workspace, call.table, target, required_text(body, "written_by"), branch)


def _create_branch(writer: LakeWriter, call: Call) -> Any:
    body = call.body("name", "from_snapshot_id", "written_by")
    origin = whole_number(body.get("from_snapshot_id"), "from_snapshot_id")
    return writer.create_branch(call.workspace, call.table, required_text(body, "name"), origin, call.written_by)


def _create_tag(writer: LakeWriter, call: Call) -> Any:
    body = call.body("name", "snapshot_id", "written_by")
    target = whole_number(body.get("snapshot_id"), "snapshot_id")
    return writer.create_tag(call.workspace, call.table, required_text(body, "name"), target, call.written_by)


def _maintenance(writer: LakeWriter, call: Call) -> Any:
    return writer.maintenance(call.workspace, call.table, call.body())


def _snapshots(writer: LakeWriter, call: Call) -> Any:
    limit = call.integer("limit", 100) or 0
    return writer.snapshots(call.workspace, call.table, limit, call.text("cursor"), call.text("ref"))


def _files(writer: LakeWriter, call: Call) -> Any:
    limit = call.integer("limit", 100) or 0
    snapshot_id = call.integer("snapshot_id")
    return writer.files(call.workspace, call.table, snapshot_id, call.text("ref"), limit, call.text("cursor"))


def _drop(writer: LakeWriter, call: Call) -> Any:
    return writer.drop_table(call.workspace, call.table, call.text("purge") == "true")


_TABLES = "/v1/{workspace}/tables"
_TABLE = _TABLES + "/{table:path}"
_VERBS: list[tuple[str, str, Verb]] = [
    ("GET", _TABLES, lambda writer, call: writer.tables(call.workspace)),
    ("GET", _TABLE + "/snapshots", _snapshots),
    ("GET", _TABLE + "/history", lambda writer, call: writer.history(call.workspace, call.table)),
    ("GET", _TABLE + "/files", _files),
    (
        "GET",
        _TABLE + "/partitions",
        lambda writer, call: writer.partitions(
            call.workspace, call.table, call.integer("snapshot_id"), call.text("ref")
        ),
    ),
    ("POST", _TABLE + "/stage", _stage),
    ("POST", _TABLE + "/commits", _commit),
    ("POST", _TABLE + "/schema", _change_schema),
    ("POST", _TABLE + "/rollbacks", _rollback),
    (
        "POST",
        _TABLE + "/branches/{name}/fast-forward",
        lambda writer, call: writer.fast_forward(call.workspace, call.table, call.name, call.body()),
    ),
    ("POST", _TABLE + "/branches", _create_branch),
    (
        "DELETE",
        _TABLE + "/branches/{name}",
        lambda writer, call: writer.delete_branch(call.workspace, call.table, call.name, call.written_by),
    ),
    ("POST", _TABLE + "/tags", _create_tag),
    (
        "DELETE",
        _TABLE + "/tags/{name}",
        lambda writer, call: writer.delete_tag(call.workspace, call.table, call.name, call.written_by),
    ),
    ("POST", _TABLE + "/maintenance", _maintenance),
    ("GET", _TABLE, lambda writer, call: writer.table(call.workspace, call.table)),
    ("DELETE", _TABLE, _drop),
]


def lake_app(writer: LakeWriter, token: str) -> Starlette:
    """The application. Every path but /v1/health needs `Authorization: Bearer <token>`."""

    writing = CapacityLimiter(_WRITING_THREADS)

    def endpoint(verb: Verb) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                _authorize(request, token)
                body = await _json_body(request)
                limiter = None if request.method == "GET" else writing
                return _json(await to_thread.run_sync(verb, writer, Call(request, body), limiter=limiter))
            except LakeFailure as failure:
                return _problem(failure)
            except OperationalError:
                _logger.exception("the catalog's database failed")
                hint = "Try again in a moment."
                return _problem(
                    LakeFailure("engine_unavailable", "The catalog's database does not answer.", hint, True)
                )
            except OSError as error:
                _logger.exception("the warehouse failed")
                return _problem(from_system(error))
            except Exception:
                _logger.exception("%s %s failed", request.method, request.url.path)
                return _problem(LakeFailure("engine_failed", "The lake failed in a way that it did not expect."))

        return answer

    async def health(_: Request) -> Response:
        try:
            await run_in_threadpool(writer.check)
        except LakeFailure as failure:
            return _problem(failure)
        return _json({"status": "ok", "version": VERSION, "warehouse": writer.context.storage.warehouse})

    async def unknown(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        code = "not_found" if status == 404 else "invalid_input"
        return _problem(LakeFailure(code, "There is nothing at this address."), status)

    routes = [Route("/v1/health", health, methods=["GET"])]
    routes += [Route(path, endpoint(verb), methods=[method]) for method, path, verb in _VERBS]
    return Starlette(routes=routes, exception_handlers={HTTPException: unknown})


def _authorize(request: Request, token: str) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), token.encode()):
        raise LakeFailure("unauthenticated", "The lake needs its token.")


async def _json_body(request: Request) -> Any:
    if request.method not in ("POST", "DELETE"):
        return None
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _MAX_BODY_BYTES:
            raise invalid("The body is larger than 16 MB.")
        chunks.append(chunk)
    if size == 0:
        return None
    try:
        return orjson.loads(b"".join(chunks))
    except orjson.JSONDecodeError:
        raise invalid("The body is not JSON.") from None


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value, default=str), media_type="application/json")


def _problem(failure: LakeFailure, status: int | None = None) -> Response:
    body = {
        "type": "about:blank",
        "code": failure.code,
        "title": failure.message,
        "detail": failure.message,
        "status": status or STATUS_OF_CODE[failure.code],
        "hint": failure.hint,
        "retryable": failure.retryable,
    }
    return Response(orjson.dumps(body), status_code=body["status"], media_type="application/problem+json")
