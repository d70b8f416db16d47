import { roleProcedure, router } from "../trpc/trpc";
import { DiffTableInput, DiffTableResult, diffTable } from "./diff-table";
import { DropTableResult, dropTable } from "./drop-table";
import { getTable } from "./get-table";
import { TableInput } from "./lakehouse-scope";
import {
  AtInput,
  ListFilesInput,
  ListFilesResult,
  ListPartitionsResult,
  listFiles,
  listPartitions,
} from "./list-files";
import { ListSnapshotsInput, ListSnapshotsResult, listSnapshots } from "./list-snapshots";
import { ListTablesResult, listTables } from "./list-tables";
import { MaintainTableInput, maintainTable } from "./maintain-table";
import { PreviewTableInput, previewTable } from "./preview-table";
import { CheckBranchInput, CheckBranchResult, checkBranch } from "./refs/check-branch";
import { CreateBranchInput, CreateTagInput, createBranch, createTag } from "./refs/create-ref";
import { DropBranchInput, DropRefResult, DropTagInput, dropBranch, dropTag } from "./refs/drop-ref";
import { ListFailingRowsInput, listFailingRows } from "./refs/list-failing-rows";
import { ListRefsResult, listBranches, listTags } from "./refs/list-refs";
import { PublishBranchInput, publishBranch } from "./refs/publish-branch";
import { RollBackInput, rollBackTable } from "./roll-back-table";
import { MovedView, PlanView, RefView, RowsView, TableDetailView } from "./views";

const view = roleProcedure("viewer");
const act = roleProcedure("analyst");
const edit = roleProcedure("engineer");

/** The path of a table's resource in the public API. */
const at = <const Rest extends string>(rest: Rest) => `/lakehouse/tables/{name}${rest}` as const;

const branchesRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: at("/branches"), summary: "Branches of a table" } })
    .input(TableInput)
    .output(ListRefsResult)
    .query(({ ctx, input }) => listBranches(ctx.scope, input)),
  create: edit
    .meta({ openapi: { method: "POST", path: at("/branches"), summary: "Make a branch", status: 201 } })
    .input(CreateBranchInput)
    .output(RefView)
    .mutation(({ ctx, input }) => createBranch(ctx.scope, input)),
  check: act
    .meta({
      openapi: {
        method: "POST",
        path: at("/branches/{branch}/checks"),
        summary: "Check a branch by a SELECT that returns the rows that must not be",
      },
    })
    .input(CheckBranchInput)
    .output(CheckBranchResult)
    .mutation(({ ctx, input }) => checkBranch(ctx.scope, input)),
  failingRows: view
    .meta({
      openapi: { method: "GET", path: at("/checks/{checkId}"), summary: "The rows that fail a check" },
    })
    .input(ListFailingRowsInput)
    .output(RowsView)
    .query(({ ctx, input }) => listFailingRows(ctx.scope, input)),
  drop: edit
    .meta({ openapi: { method: "DELETE", path: at("/branches/{branch}"), summary: "Take a branch away" } })
    .input(DropBranchInput)
    .output(DropRefResult)
    .mutation(({ ctx, input }) => dropBranch(ctx.scope, input)),
});

const tagsRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: at("/tags"), summary: "Tags of a table" } })
    .input(TableInput)
    .output(ListRefsResult)
    .query(({ ctx, input }) => listTags(ctx.scope, input)),
  create: edit
    .meta({ openapi: { method: "POST", path: at("/tags"), summary: "Name a snapshot", status: 201 } })
    .input(CreateTagInput)
    .output(RefView)
    .mutation(({ ctx, input }) => createTag(ctx.scope, input)),
  drop: edit
    .meta({ openapi: { method: "DELETE", path: at("/tags/{tag}"), summary: "Take a tag away" } })
    .input(DropTagInput)
    .output(DropRefResult)
    .mutation(({ ctx, input }) => dropTag(ctx.scope, input)),
});

export const tablesRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: "/lakehouse/tables", summary: "Tables of the lake" } })
    .output(ListTablesResult)
    .query(({ ctx }) => listTables(ctx.scope)),
  get: view
    .meta({
      openapi: { method: "GET", path: at(""), summary: "A table with its shape, branches and history" },
    })
    .input(TableInput)
    .output(TableDetailView)
    .query(({ ctx, input }) => getTable(ctx.scope, input)),
  snapshots: view
    .meta({ openapi: { method: "GET", path: at("/snapshots"), summary: "Snapshots, newest first" } })
    .input(ListSnapshotsInput)
    .output(ListSnapshotsResult)
    .query(({ ctx, input }) => listSnapshots(ctx.scope, input)),
  files: view
    .meta({ openapi: { method: "GET", path: at("/files"), summary: "Data files of a state of a table" } })
    .input(ListFilesInput)
    .output(ListFilesResult)
    .query(({ ctx, input }) => listFiles(ctx.scope, input)),
  partitions: view
    .meta({
      openapi: { method: "GET", path: at("/partitions"), summary: "Partitions of a state of a table" },
    })
    .input(AtInput)
    .output(ListPartitionsResult)
    .query(({ ctx, input }) => listPartitions(ctx.scope, input)),
  preview: view
    .meta({ openapi: { method: "GET", path: at("/rows"), summary: "Rows of a table as it is or was" } })
    .input(PreviewTableInput)
    .output(RowsView)
    .query(({ ctx, input }) => previewTable(ctx.scope, input)),
  diff: view
    .meta({
      openapi: {
        method: "GET",
        path: at("/diff"),
        summary: "Rows that differ between two states of a table",
      },
    })
    .input(DiffTableInput)
    .output(DiffTableResult)
    .query(({ ctx, input }) => diffTable(ctx.scope, input)),
  rollback: edit
    .meta({
      openapi: { method: "POST", path: at("/rollbacks"), summary: "Let readers see an earlier snapshot" },
    })
    .input(RollBackInput)
    .output(MovedView)
    .mutation(({ ctx, input }) => rollBackTable(ctx.scope, input)),
  publishBranch: edit
    .meta({
      openapi: {
        method: "POST",
        path: at("/branches/{branch}/publications"),
        summary: "Let readers see what a branch holds, if its check passes",
      },
    })
    .input(PublishBranchInput)
    .output(MovedView)
    .mutation(({ ctx, input }) => publishBranch(ctx.scope, input)),
  maintenance: edit
    .meta({
      openapi: { method: "POST", path: at("/maintenance"), summary: "Plan an upkeep, or carry it out" },
    })
    .input(MaintainTableInput)
    .output(PlanView)
    .mutation(({ ctx, input }) => maintainTable(ctx.scope, input)),
  drop: edit
    .meta({ openapi: { method: "DELETE", path: at(""), summary: "Take a table out of the catalog" } })
    .input(TableInput)
    .output(DropTableResult)
    .mutation(({ ctx, input }) => dropTable(ctx.scope, input)),
  branches: branchesRouter,
  tags: tagsRouter,
});
