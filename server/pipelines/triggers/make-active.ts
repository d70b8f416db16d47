import { isDeepStrictEqual } from "node:util";
import type { Rows } from "../../workspaces/index";

/**
 * Makes a version the one that the schedule and Run use. Where its schedule is another one than before, it counts from
 * `at` on: times that passed before are not made up for.
 */
export async function makeActive(
  tx: Rows,
  { workspaceId, pipelineId, version }: { workspaceId: string; pipelineId: string; version: number },
  at: Date,
): Promise<void> {
  const place = { workspaceId_pipelineId: { workspaceId, pipelineId } };
  const before = await tx.pipeline.findUnique({ where: place, select: { activeVersion: true } });
  if (before?.activeVersion === version) return;
  const scheduleOf = async (of: number | null) => {
    if (of === null) return null;
    const row = await tx.pipelineVersion.findUnique({
      where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version: of } },
      select: { document: true },
    });
    return (row?.document as { schedule?: unknown } | undefined)?.schedule ?? null;
  };
  const isSame = isDeepStrictEqual(
    await scheduleOf(before?.activeVersion ?? null),
    await scheduleOf(version),
  );
  await tx.pipeline.upsert({
    where: place,
    create: { workspaceId, pipelineId, activeVersion: version, dealtUntil: at },
    update: { activeVersion: version, ...(isSame ? {} : { dealtUntil: at }) },
  });
}
