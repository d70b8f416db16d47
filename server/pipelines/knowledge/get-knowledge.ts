import { z } from "zod";
import type { Knowledge } from "../../../domain/pipelines/problems/knowledge";
import { requireRole, type WorkspaceScope } from "../../workspaces/index";
import { type KnowledgeSockets, readKnowledge } from "./read-knowledge";

export const GetKnowledgeInput = z.object({ pipelineId: z.string().optional() });

const names = z.array(z.string()).readonly();
const Resources = z.object({
  CPU: z.number().nullable(),
  GPU: z.number().nullable(),
  memory: z.number().nullable(),
});

/** What the editor knows while it looks for problems; null is unknown. */
export const KnowledgeView = z.object({
  connections: names.nullable(),
  savedQueries: z.record(z.string(), z.object({ reads: names, sql: z.string().optional() })).nullable(),
  tables: names.nullable(),
  lineage: z
    .record(z.string(), z.array(z.object({ source: z.string(), by: z.string().nullable() })).readonly())
    .nullable(),
  secrets: names.nullable(),
  codeFiles: names.nullable(),
  pipelines: names.nullable(),
  cluster: z.object({ total: Resources, largest: Resources.nullable() }).nullable(),
  notificationTargets: z.object({ slack: names, webhook: names }).nullable(),
  changed: z.object({ codePackages: names, savedQueries: names }).nullable(),
});

/** Names, never values: secrets and targets of messages by their names alone. */
export async function getKnowledge(
  scope: WorkspaceScope<KnowledgeSockets>,
  { pipelineId }: z.infer<typeof GetKnowledgeInput>,
): Promise<Knowledge> {
  requireRole(scope, "viewer");
  return readKnowledge(scope, scope.workspace.id, pipelineId ?? null, scope.clock.now());
}
