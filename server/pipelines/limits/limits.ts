import { z } from "zod";
import { clusterOf } from "../../../domain/pipelines/slots/grant-slots";
import { TASK_TYPES } from "../../../domain/pipelines/task-types/index";
import { Failure } from "../../../domain/shared/failure";
import { type Rows, recordAudit, requireRole, type WorkspaceScope } from "../../workspaces/index";

export type LimitScope = WorkspaceScope<{ db: Rows }>;

export const LimitView = z.object({
  /** What is counted: attempts of a type of task, or on a cluster. */
  kind: z.enum(["type", "cluster"]),
  name: z.string(),
  /** At the same time. 0 lets none begin. */
  most: z.int(),
});
export type LimitView = z.infer<typeof LimitView>;

export const SetLimitInput = z.object({
  kind: LimitView.shape.kind,
  name: z.string().min(1).max(100),
  /** Null takes the limit away. */
  most: z.int().min(0).max(10_000).nullable(),
});

/** How many attempts of the workspace may be under way at the same time, by name. */
export async function listLimits(scope: LimitScope): Promise<LimitView[]> {
  requireRole(scope, "viewer");
  const rows = await scope.db.concurrencyLimit.findMany({
    where: { workspaceId: scope.workspace.id },
    orderBy: [{ kind: "asc" }, { name: "asc" }],
  });
  return rows.map(({ kind, name, most }) => ({ kind: LimitView.shape.kind.parse(kind), name, most }));
}

/**
 * Sets a limit or takes it away; attempts that are under way go on. Failures: `invalid_input` for a name that no task has.
 */
export async function setLimit(
  scope: LimitScope,
  { kind, name, most }: z.infer<typeof SetLimitInput>,
): Promise<LimitView[]> {
  requireRole(scope, "admin");
  const types = TASK_TYPES.map(({ type }) => type);
  const clusters = [...new Set(types.flatMap((type) => clusterOf(type) ?? []))];
  const known: string[] = kind === "type" ? types : clusters;
  if (!known.includes(name)) {
    throw new Failure(
      "invalid_input",
      `There is no ${kind === "type" ? "type of task" : "cluster"} ${name}.`,
      {
        hint: `Known are ${known.join(", ")}.`,
      },
    );
  }
  const where = { workspaceId: scope.workspace.id, kind, name };
  if (most === null) await scope.db.concurrencyLimit.deleteMany({ where });
  else {
    await scope.db.concurrencyLimit.upsert({
      where: { workspaceId_kind_name: where },
      create: { ...where, most },
      update: { most },
    });
  }
  await recordAudit(scope, most === null ? "limit.removed" : "limit.set", `${kind} ${name}`, { most });
  return listLimits(scope);
}
