"""What a caller asks of a commit, read from JSON and checked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from ..failures import invalid
from ..table_names import check_ref_name

CommitMode = Literal["append", "overwrite", "merge", "delete_where_key"]
MODES: tuple[CommitMode, ...] = ("append", "overwrite", "merge", "delete_where_key")
UNCHANGED: Any = object()
_MAX_STATE_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class CreateOptions:
    """How a table is made that does not exist yet."""

    key: tuple[str, ...] = ()
    partition_by: tuple[str, ...] = ()
    doc: str | None = None


@dataclass(frozen=True)
class CommitRequest:
    """One commit. `state` is UNCHANGED where the caller gave none."""

    idempotency_key: str
    mode: CommitMode
    written_by: str
    kind: str
    files: tuple[str, ...] = ()
    columns: tuple[dict[str, Any], ...] = ()
    key: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    delete_marker: str | None = None
    summary: dict[str, str] = field(default_factory=dict)
    state: Any = UNCHANGED
    branch: str = "main"
    create: CreateOptions = CreateOptions()

    @property
    def state_text(self) -> str | None:
        """The state as it is stored, None where it is unchanged."""
        return None if self.state is UNCHANGED else json.dumps(self.state, separators=(",", ":"), ensure_ascii=False)


_FIELDS = set(CommitRequest.__dataclass_fields__)


def commit_request(body: dict[str, Any]) -> CommitRequest:
    """Read a request. Raises invalid_input naming what is wrong; unknown fields are refused."""
    refuse_unknown(body, _FIELDS)
    mode = body.get("mode")
    if mode not in MODES:
        raise invalid(f"{mode!r} is no mode of a commit.", f"The modes are {', '.join(MODES)}.")
    request = CommitRequest(
        idempotency_key=required_text(body, "idempotency_key"),
        mode=mode,
        written_by=required_text(body, "written_by"),
        kind=required_text(body, "kind"),
        files=tuple(_path(file) for file in body.get("files") or ()),
        columns=tuple(body.get("columns") or ()),
        key=names(body, "key"),
        order_by=names(body, "order_by"),
        delete_marker=body.get("delete_marker") or None,
        summary={str(key): str(value) for key, value in (body.get("summary") or {}).items()},
        state=body.get("state", UNCHANGED),
        branch=check_ref_name(body.get("branch") or "main"),
        create=_create(body.get("create") or {}),
    )
    if request.state_text and len(request.state_text) > _MAX_STATE_BYTES:
        raise invalid("The state is larger than 4 MB.")
    return request


def required_text(body: dict[str, Any], name: str) -> str:
    """A text that must be there and not be empty."""
    value = body.get(name)
    if not isinstance(value, str) or not value or len(value) > 1000:
        raise invalid(f"{name} must be a text of 1 to 1000 letters.")
    return value


def whole_number(value: Any, name: str, default: int | None = None) -> int | None:
    """A whole number, also one written as text. Raises invalid_input."""
    if value is None or value == "":
        return default
    try:
        if isinstance(value, bool):
            raise ValueError
        return int(value)
    except (TypeError, ValueError):
        raise invalid(f"{name} must be a whole number.") from None


def names(body: dict[str, Any], name: str) -> tuple[str, ...]:
    """A list of names, empty where it is absent."""
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise invalid(f"{name} must be a list of names.")
    return tuple(dict.fromkeys(value))


def refuse_unknown(body: dict[str, Any], known: set[str]) -> None:
    """Raise invalid_input if the object has fields that nobody reads."""
    if not isinstance(body, dict):
        raise invalid("The body must be a JSON object.")
    unknown = sorted(set(body) - known)
    if unknown:
        raise invalid(f"Unknown fields: {', '.join(unknown)}.", f"Known are {', '.join(sorted(known))}.")


def _path(file: Any) -> str:
    path = file.get("path") if isinstance(file, dict) else file
    if not isinstance(path, str) or not path:
        raise invalid("Each of `files` needs a `path`.")
    return path


def _create(body: dict[str, Any]) -> CreateOptions:
    refuse_unknown(body, set(CreateOptions.__dataclass_fields__))
    return CreateOptions(names(body, "key"), names(body, "partition_by"), body.get("doc"))
