"""Names: what callers write, what the catalog stores, and where the files lie."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from .failures import invalid

LOGICAL_CATALOGS = ("lake", "analytics")
_WORKSPACE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")
_QUOTED_OR_PLAIN = re.compile(r'"((?:[^"]|"")*)"|([^."]+)')
_REF = re.compile(r"^[^\x00-\x1f/\\]{1,200}$")


@dataclass(frozen=True)
class TableName:
    """A table as its users name it: logical catalog, schema and table, each unquoted."""

    catalog: str
    schema: str
    table: str

    def __str__(self) -> str:
        return ".".join(_quoted(part) for part in (self.catalog, self.schema, self.table))


def parse_table_name(text: str) -> TableName:
    """Read `catalog.schema.table`; a part that holds a dot or a quote is written in double quotes, as in SQL."""
    parts: list[str] = []
    position = 0
    while position < len(text):
        match = _QUOTED_OR_PLAIN.match(text, position)
        if not match:
            break
        parts.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        position = match.end()
        if position < len(text):
            if text[position] != ".":
                break
            position += 1
            if position == len(text):
                parts.append("")
    if position != len(text) or len(parts) != 3 or not all(part.strip() for part in parts):
        raise invalid(
            f"{text!r} is not the name of a table.", "Write catalog.schema.table, for example lake.shop.orders."
        )
    if parts[0] not in LOGICAL_CATALOGS:
        raise invalid(f"There is no catalog {parts[0]!r}.", f"The catalogs are {' and '.join(LOGICAL_CATALOGS)}.")
    if "." in parts[1]:
        raise invalid(f"The schema {parts[1]!r} holds a dot.", "Schemas have one level; use an underscore.")
    if any(len(part) > 200 or any(ord(letter) < 32 for letter in part) for part in parts):
        raise invalid(f"{text!r} is too long or holds a control character.")
    return TableName(*parts)


def check_workspace(workspace_id: str) -> str:
    """The id itself, or a failure if it cannot be the name of a folder and of a catalog."""
    if not _WORKSPACE.match(workspace_id):
        raise invalid(f"{workspace_id!r} is not the id of a workspace.")
    return workspace_id


def check_ref_name(name: str) -> str:
    """The name of a branch or tag, or a failure."""
    if not isinstance(name, str) or not _REF.match(name):
        raise invalid(f"{name!r} cannot name a branch or a tag.", "Use up to 200 letters; no slash.")
    return name


def physical_catalog(workspace_id: str, logical: str) -> str:
    """The `catalog_name` under which PyIceberg and Trino find the workspace's tables."""
    return f"{logical}_{check_workspace(workspace_id).replace('-', '_')}"


def folder_name(text: str) -> str:
    """The text as a short name of a folder, of plain letters only; two texts may give the same name."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:60]
    return plain or "x"


def new_table_location(warehouse: str, workspace_id: str, name: TableName) -> str:
    """A location that no table had before."""
    schema = folder_name(name.schema)
    return f"{warehouse}/{workspace_id}/{name.catalog}/{schema}/{folder_name(name.table)}-{secrets.token_hex(6)}"


def staging_root(warehouse: str, workspace_id: str, name: TableName) -> str:
    """The folder under which files wait for commits to one table."""
    digest = hashlib.sha256(str(name).encode()).hexdigest()[:12]
    return f"{warehouse}/{workspace_id}/staging/{folder_name(name.table)}-{digest}"


def staging_location(warehouse: str, workspace_id: str, name: TableName, idempotency_key: str) -> str:
    """The folder in which files for one commit wait; equal keys give equal folders."""
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()[:24]
    return f"{staging_root(warehouse, workspace_id, name)}/{digest}"


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"' if re.search(r'[."]', part) else part
