"""The lake writer: every act on the tables of the workspaces, as plain calls."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pyiceberg.exceptions import CommitFailedException, NoSuchTableError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .commits.commit_requests import commit_request, refuse_unknown, required_text, whole_number
from .commits.commits import commit
from .commits.snapshot_writes import TableWrite
from .failures import LakeFailure, conflicting, invalid, missing
from .files.file_reads import field_ids_tree
from .history.branches import create_ref, delete_ref, fast_forward
from .history.snapshots import rollback, snapshots_page
from .history.table_descriptions import (
    columns_of,
    data_files_page,
    main_history,
    partitions_of,
    snapshot_at,
    table_details,
    table_summary,
)
from .lake_context import LakeContext, LakeOptions
from .schemas.schema_changes import changed_schema, declared_schema
from .schemas.table_schemas import json_fields, set_schema
from .table_names import check_workspace, parse_table_name, staging_location
from .upkeep.maintenance import Maintenance

_PAGE_LIMIT = 1000


class LakeWriter:
    """All verbs of the lake. Arguments and answers are those of the HTTP service, as plain dictionaries.

    Every call may raise LakeFailure. Safe to use from several threads; one LakeWriter per process and database.
    """

    def __init__(self, options: LakeOptions) -> None:
        self.context = LakeContext(options)
        self._maintenance = Maintenance(self.context)

    def close(self) -> None:
        """Give connections back. No call may follow."""
        self.context.close()

    def check(self) -> None:
        """Raise engine_unavailable if the database or the warehouse cannot be reached."""
        self.context.storage.check()
        try:
            with self.context.catalogs.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except OperationalError as error:
            raise LakeFailure(
                "engine_unavailable", "The catalog's database does not answer.", retryable=True
            ) from error

    def tables(self, workspace_id: str) -> list[dict[str, Any]]:
        """All tables of a workspace."""
        check_workspace(workspace_id)
        found = []
        for name in self.context.catalogs.table_names(workspace_id):
            table = self.context.load(workspace_id, name)
            if table is not None:
                found.append(table_summary(name, table))
        return found

    def table(self, workspace_id: str, table: str) -> dict[str, Any]:
        """One table with its refs and the history of its schema."""
        name = parse_table_name(table)
        return table_details(name, self.context.table(workspace_id, name))

    def snapshots(
        self, workspace_id: str, table: str, limit: int = 100, cursor: str | None = None, ref: str | None = None
    ) -> dict[str, Any]:
        """A page of the history, newest first."""
        found = self.context.table(workspace_id, parse_table_name(table))
        return snapshots_page(found.metadata, ref, _limited(limit), cursor)

    def history(self, workspace_id: str, table: str) -> dict[str, Any]:
        """Which snapshot main held from when on, oldest first."""
        return {"items": main_history(self.context.table(workspace_id, parse_table_name(table)).metadata)}

    def files(
        self,
        workspace_id: str,
        table: str,
        snapshot_id: int | None = None,
        ref: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> dict[str, Any]:
        """A page of the data files of a snapshot."""
        found = self.context.table(workspace_id, parse_table_name(table))
        snapshot = snapshot_at(found.metadata, snapshot_id, ref)
        return data_files_page(self.context, found, snapshot, _limited(limit), cursor)

    def partitions(
        self, workspace_id: str, table: str, snapshot_id: int | None = None, ref: str | None = None
    ) -> dict[str, Any]:
        """Rows, bytes and files per partition."""
        found = self.context.table(workspace_id, parse_table_name(table))
        snapshot = snapshot_at(found.metadata, snapshot_id, ref)
        return {"items": partitions_of(self.context, found, snapshot)}

    def stage(
        self, workspace_id: str, table: str, idempotency_key: str, columns: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        """The folder for the files of one commit, made where it has to be; equal keys give the same.

        Also `columns` and `field_ids` of the table as it is, or, for one that does not exist, as `columns` would make
        it: a file that carries these ids and types is taken over without being rewritten.
        """
        name = parse_table_name(table)
        if not isinstance(idempotency_key, str) or not idempotency_key:
            raise invalid("idempotency_key must be a text.")
        found = self.context.load(check_workspace(workspace_id), name)
        folder = staging_location(self.context.storage.warehouse, workspace_id, name, idempotency_key)
        self.context.storage.make_folder(folder)
        answer: dict[str, Any] = {"folder": folder.removeprefix("file://"), "columns": None, "field_ids": None}
        if found is not None:
            schema = found.schema()
            answer |= {"columns": columns_of(schema, json_fields(found.metadata)), "field_ids": field_ids_tree(schema)}
        elif columns:
            new = declared_schema(columns)
            answer |= {"columns": columns_of(new.schema, new.json_fields), "field_ids": field_ids_tree(new.schema)}
        return answer

    def commit(self, workspace_id: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        """Commit staged files and state in one snapshot."""
        request = commit_request(body)
        return asdict(commit(self.context, check_workspace(workspace_id), parse_table_name(table), request))

    def change_schema(
        self, workspace_id: str, table: str, changes: list[dict[str, Any]], expected_schema_id: int | None = None
    ) -> dict[str, Any]:
        """Change the columns. Raises conflict if the schema is not the expected one."""
        name = parse_table_name(table)
        if not isinstance(changes, list) or not changes:
            raise invalid("`changes` must be a list of changes.")
        with self.context.table_lock(workspace_id, name):
            found = self.context.table(workspace_id, name)
            metadata = found.metadata
            if expected_schema_id is not None and metadata.current_schema_id != expected_schema_id:
                raise conflicting("The columns were changed meanwhile.", "Look at the table again.")
            try:
                new = changed_schema(metadata.schema(), metadata.last_column_id, changes, json_fields(metadata))
            except (KeyError, TypeError, AttributeError) as error:
                raise invalid("A change of the schema lacks something, or is no object.") from error
            partitioned = {one.source_id for one in metadata.spec().fields}
            if partitioned - {one.field_id for one in new.schema.fields}:
                raise conflicting("A column that the table is partitioned by cannot be dropped.")
            write = TableWrite(self.context.catalog(workspace_id, name), found)
            set_schema(write, new)
            try:
                committed = write.commit()
            except CommitFailedException as error:
                raise conflicting("Another writer was faster.", retryable=True) from error
            return table_details(name, committed)

    def rollback(
        self, workspace_id: str, table: str, snapshot_id: int, written_by: str, branch: str = "main"
    ) -> dict[str, Any]:
        """Let a branch hold what an older snapshot held."""
        return asdict(rollback(self.context, workspace_id, parse_table_name(table), snapshot_id, written_by, branch))

    def create_branch(
        self, workspace_id: str, table: str, name: str, from_snapshot_id: int | None = None, written_by: str = ""
    ) -> dict[str, Any]:
        """A new branch of main's head or of another snapshot."""
        found = parse_table_name(table)
        return create_ref(self.context, workspace_id, found, name, "branch", from_snapshot_id, written_by)

    def create_tag(
        self, workspace_id: str, table: str, name: str, snapshot_id: int | None = None, written_by: str = ""
    ) -> dict[str, Any]:
        """A name for a snapshot that keeps it from expiring."""
        return create_ref(self.context, workspace_id, parse_table_name(table), name, "tag", snapshot_id, written_by)

    def delete_branch(self, workspace_id: str, table: str, name: str, written_by: str = "") -> dict[str, Any]:
        """Take a branch away."""
        return delete_ref(self.context, workspace_id, parse_table_name(table), name, "branch", written_by)

    def delete_tag(self, workspace_id: str, table: str, name: str, written_by: str = "") -> dict[str, Any]:
        """Take a tag away."""
        return delete_ref(self.context, workspace_id, parse_table_name(table), name, "tag", written_by)

    def fast_forward(self, workspace_id: str, table: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Publish a branch: `{written_by, expected_main?, expected_snapshot_id?}`, the latter being the branch's."""
        refuse_unknown(body, {"written_by", "expected_main", "expected_snapshot_id"})
        return fast_forward(
            self.context,
            workspace_id,
            parse_table_name(table),
            name,
            required_text(body, "written_by"),
            whole_number(body.get("expected_main"), "expected_main"),
            expects_main="expected_main" in body,
            expected_branch=whole_number(body.get("expected_snapshot_id"), "expected_snapshot_id"),
        )

    def maintenance(self, workspace_id: str, table: str, body: dict[str, Any]) -> dict[str, Any]:
        """Plan upkeep, or carry a plan out: `{action, options?, dryRun, plan_id?, written_by?}`."""
        refuse_unknown(body, {"action", "options", "dryRun", "plan_id", "written_by"})
        written_by = str(body.get("written_by") or "")
        name = parse_table_name(table)
        if body.get("dryRun", True):
            return self._maintenance.plan(workspace_id, name, body.get("action"), body.get("options") or {})
        plan_id = body.get("plan_id")
        if plan_id is None:
            plan = self._maintenance.plan(workspace_id, name, body.get("action"), body.get("options") or {})
            plan_id = plan["plan_id"]
        return self._maintenance.execute(workspace_id, name, str(plan_id), written_by)

    def drop_table(self, workspace_id: str, table: str, purge: bool = False) -> dict[str, Any]:
        """Take a table out of the catalog; its files stay unless `purge` is given."""
        name = parse_table_name(table)
        with self.context.table_lock(workspace_id, name):
            found = self.context.table(workspace_id, name)
            try:
                self.context.catalog(workspace_id, name).drop_table((name.schema, name.table))
            except NoSuchTableError:
                raise missing(f"There is no table {name}.") from None
            if purge:
                self.context.storage.delete_folder(found.metadata.location)
            return {"name": str(name), "purged": purge, "metadata_location": found.metadata_location}


def _limited(limit: int) -> int:
    if not 1 <= limit <= _PAGE_LIMIT:
        raise invalid(f"limit must lie between 1 and {_PAGE_LIMIT}.")
    return limit
