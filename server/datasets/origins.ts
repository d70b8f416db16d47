import type { LineageInput } from "../../domain/datasets/data-set-record";
import type { Rows } from "../workspaces/index";

/** What the other rooms know of the runs and syncs that made something. */
export type Origins = {
  /** Those of `runIds` that are runs of the workspace, with their pipeline. */
  runs(workspaceId: string, runIds: string[]): Promise<{ id: string; pipelineId: string; number: number }[]>;
  syncs(
    workspaceId: string,
    syncIds: string[],
  ): Promise<{ id: string; connection: string; number: number }[]>;
};

export const prismaOrigins = (db: Rows): Origins => ({
  runs: (workspaceId, ids) =>
    db.run.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, pipelineId: true, number: true },
    }),
  syncs: (workspaceId, ids) =>
    db.sync.findMany({
      where: { workspaceId, id: { in: ids } },
      select: { id: true, connection: true, number: true },
    }),
});

/** The runs and syncs that `writtenBy` texts (`run <id>`, `sync <id>`) name, by text. */
export async function originsOf(
  origins: Origins,
  workspaceId: string,
  writtenBy: string[],
): Promise<Map<string, LineageInput>> {
  const idsOf = (word: string) =>
    [...new Set(writtenBy)].flatMap((text) =>
      text.startsWith(`${word} `) ? text.slice(word.length + 1) : [],
    );
  const [runs, syncs] = await Promise.all([
    origins.runs(workspaceId, idsOf("run")),
    origins.syncs(workspaceId, idsOf("sync")),
  ]);
  return new Map<string, LineageInput>([
    ...runs.map(
      ({ id, pipelineId, number }) =>
        [
          `run ${id}`,
          { kind: "run", name: id, label: `${pipelineId} #${number}`, parent: pipelineId, url: null },
        ] as const,
    ),
    ...syncs.map(
      ({ id, connection, number }) =>
        [
          `sync ${id}`,
          { kind: "sync", name: id, label: `${connection} #${number}`, parent: connection, url: null },
        ] as const,
    ),
  ]);
}
