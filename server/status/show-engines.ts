import { readFile } from "node:fs/promises";
import { z } from "zod";

const EngineState = z.object({
  status: z.enum(["starting", "up", "down", "not_offered"]),
  detail: z.string().optional(),
  version: z.string().optional(),
  /** When the engine came into this state, in milliseconds since 1970. */
  sinceMs: z.number().optional(),
});
type EngineState = z.infer<typeof EngineState>;

const EnginesFile = z.record(z.string(), EngineState);

export type EnginesView = { version: string; engines: Record<string, EngineState> };

export type StatusSockets = {
  version: string;
  enginesStatusPath: string | null;
  db: { $queryRaw(query: TemplateStringsArray): PromiseLike<unknown> };
};

/** What the supervisor says; nothing where there is no such file, which is so where nobody supervises. */
async function supervised(path: string | null): Promise<Record<string, EngineState>> {
  if (path === null) return {};
  try {
    return EnginesFile.parse(JSON.parse(await readFile(/* turbopackIgnore: true */ path, "utf8")));
  } catch {
    return {};
  }
}

async function databaseState(db: StatusSockets["db"], before: EngineState | undefined): Promise<EngineState> {
  try {
    await db.$queryRaw`SELECT 1`;
    return { ...before, status: "up" };
  } catch {
    return { ...before, status: "down", detail: "The database does not answer." };
  }
}

/** Every engine with its state: the supervisor's word, and the database as it answers now. */
export async function showEngines(scope: StatusSockets): Promise<EnginesView> {
  const engines = await supervised(scope.enginesStatusPath);
  return {
    version: scope.version,
    engines: { ...engines, postgres: await databaseState(scope.db, engines.postgres) },
  };
}

/** `ok` as long as pages work; `degraded` where the database does not answer. */
export async function showHealth(scope: StatusSockets): Promise<{ status: "ok" | "degraded" } & EnginesView> {
  const view = await showEngines(scope);
  return { status: view.engines.postgres?.status === "up" ? "ok" : "degraded", ...view };
}
