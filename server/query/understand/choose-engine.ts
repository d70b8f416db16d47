import type { PreparedSql } from "../../../domain/ports/sql-language";
import type { EngineName } from "../../../domain/query/dialect";
import { offersOf, type Placed, type PlacementFacts, place } from "../../../domain/query/place";
import { Failure } from "../../../domain/shared/failure";
import type { QueryScope } from "../query-scope";
import type { EngineOffer } from "../views";
import type { StatementTable } from "./known-tables";
import { prepareText, type TextAsked } from "./prepare-text";
import type { AskedStatement } from "./understand-statement";

export type ChosenEngine = {
  prepared: PreparedSql;
  placement: Placed;
  offers: EngineOffer[];
  reads: StatementTable[];
};

/** Prepares a statement for the engine that it is to run on. Failures: those of `prepareText`, `engine_unavailable`. */
export async function chooseEngine(
  scope: QueryScope,
  text: TextAsked,
  asked: AskedStatement,
  signal: AbortSignal | undefined,
): Promise<ChosenEngine> {
  const refused = new Map<EngineName, Failure>();
  const prepared = new Map<EngineName, PreparedSql>();
  const tryOn = async (engine: EngineName): Promise<PreparedSql | null> => {
    try {
      const made = prepared.get(engine) ?? (await prepareText(scope, text, engine, signal));
      prepared.set(engine, made);
      return made;
    } catch (error) {
      if (!(error instanceof Failure) || error.code === "cancelled") throw error;
      refused.set(engine, error);
      return null;
    }
  };
  let understood: PreparedSql | null = null;
  for (const engine of candidates(scope, asked)) {
    understood ??= await tryOn(engine);
  }
  const [firstRefusal] = refused.values();
  if (understood === null)
    throw firstRefusal ?? cannotRun(offersOf(factsOf(scope, asked, [], null, refused)), asked);
  const reads = readsOf(understood, text.tables);
  // A placement may fall on an engine that refuses the statement; then it is placed anew, knowing that.
  for (;;) {
    const facts = factsOf(scope, asked, reads, understood, refused);
    const placement = place(facts, asked.engine);
    if (placement === null) throw cannotRun(offersOf(facts), asked);
    const made = await tryOn(placement.engine);
    if (made !== null) return { prepared: made, placement, offers: offersOf(facts), reads };
    if (asked.engine !== "auto") throw refused.get(placement.engine);
  }
}

/** The engines on which it is tried to understand a statement, in their order. */
function candidates({ statementEngines }: QueryScope, { engine, browser }: AskedStatement): EngineName[] {
  if (engine === "browser") return browser === undefined ? [] : ["browser"];
  if (engine !== "auto") return statementEngines[engine] === null ? [] : [engine];
  return [
    ...(statementEngines.duckdb === null ? [] : (["duckdb"] as const)),
    ...(statementEngines.trino === null ? [] : (["trino"] as const)),
    ...(browser === undefined ? [] : (["browser"] as const)),
  ];
}

const readsOf = ({ reads }: PreparedSql, tables: StatementTable[]): StatementTable[] =>
  reads.flatMap((name) => tables.find(({ raw }) => raw === name) ?? []);

function factsOf(
  { statementEngines, queryLimits }: QueryScope,
  { browser }: AskedStatement,
  reads: StatementTable[],
  prepared: PreparedSql | null,
  refused: Map<EngineName, Failure>,
): PlacementFacts {
  const held = new Set(browser?.tables.map(({ name, snapshotId }) => `${name} ${snapshotId ?? ""}`));
  return {
    reads: reads.map(({ table, at, bytes, snapshotId }) => ({
      table,
      at,
      bytes: at === "page" ? (browser?.tables.find(({ name }) => name === table)?.bytes ?? bytes) : bytes,
      isInPage: at === "page" || held.has(`${table} ${snapshotId ?? ""}`),
    })),
    isWrite: prepared?.write != null,
    browser: browser ?? null,
    duckdb:
      statementEngines.duckdb === null
        ? null
        : { memoryLimitBytes: queryLimits.memoryBytes, cores: queryLimits.cores },
    trino: statementEngines.trino,
    refusals: Object.fromEntries([...refused].map(([engine, { message }]) => [engine, message])),
  };
}

function cannotRun(offers: EngineOffer[], { engine }: AskedStatement): Failure {
  const offer = offers.find((each) => each.engine === engine);
  if (offer !== undefined)
    return new Failure(
      "engine_unavailable",
      `This statement cannot run on ${NAMES[offer.engine]}: ${offer.reason}.`,
      {
        hint: "Choose another engine, or let one be chosen.",
      },
    );
  const reasons = offers.map((each) => `${NAMES[each.engine]}: ${each.reason}`).join("; ");
  return new Failure("engine_unavailable", `No engine can run this statement. ${reasons}.`);
}

const NAMES: Record<EngineName, string> = { browser: "the browser", duckdb: "DuckDB", trino: "Trino" };
