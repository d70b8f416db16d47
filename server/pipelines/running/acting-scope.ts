import type { pipelineWorld } from "../pipeline-world";
import type { RerunScope } from "../rerun-run";

/** Who acts in a test: an analyst of the workspace `w`, while the world's worker lives. */
export const actingScope = (world: Awaited<ReturnType<typeof pipelineWorld>>): RerunScope => ({
  workspace: { id: "w", slug: "w", name: "W" },
  role: "analyst",
  actor: { id: "u", name: "Ann" },
  clock: world.sockets.clock,
  store: world.store,
  runDriver: world.launch(),
  jobRunner: world.sockets.jobRunner,
  sources: world.sockets.sources,
  tableCatalog: world.catalog,
  db: { auditEntry: { create: async () => ({}) } } as never,
});
