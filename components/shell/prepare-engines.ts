import type { ShownState } from "@/components/ui/prepare-state";

export type EngineStatus = "starting" | "up" | "down" | "not_offered";

export type EngineFact = {
  status: EngineStatus;
  version?: string | undefined;
  detail?: string | undefined;
  sinceMs?: number | undefined;
};

export type EngineRow = EngineFact & { key: string; label: string; purpose: string; ifMissing: string };

export type EnginesSummary = {
  rows: EngineRow[];
  /** The worst of them, as one state. */
  state: ShownState;
  /** `4 of 5 engines ready`. */
  words: string;
  /** What that means for work, in one sentence. */
  headline: string;
  isSettled: boolean;
};

type Known = { label: string; purpose: string; ifMissing: string };

const KNOWN: Record<string, Known> = {
  postgres: {
    label: "PostgreSQL",
    purpose: "People, pipelines, runs and their logs",
    ifMissing: "Pages cannot be read. Start again with npm start; the log is in the data folder.",
  },
  worker: {
    label: "Worker",
    purpose: "Takes the durable steps of runs",
    ifMissing: "Runs wait and go on when it is back.",
  },
  duckdb: {
    label: "DuckDB",
    purpose: "SQL over the tables of the lake",
    ifMissing: "SQL steps fail; the rest works.",
  },
  lake: {
    label: "Lake",
    purpose: "Writes the tables: snapshots, branches, rollback",
    ifMissing: "Tables cannot be read or written. Install Python 3.11 to 3.13, then start again.",
  },
  python: {
    label: "Python",
    purpose: "Environment of the training jobs",
    ifMissing: "Install Python 3.11 or newer, then start again. Everything but training works without it.",
  },
  ray: {
    label: "Ray",
    purpose: "Cluster on which models are trained",
    ifMissing:
      "Training steps wait or fail. Install Python 3.11 or newer and start again, or set RAY_ADDRESS.",
  },
  trino: {
    label: "Trino",
    purpose: "Statements over large tables and further sources",
    ifMissing: "Statements run on DuckDB instead. Set TRINO_URL to a coordinator that answers.",
  },
  mlflow: {
    label: "MLflow",
    purpose: "Parameters, metrics and registered models",
    ifMissing:
      "Training is not tracked. Install Python 3.11 or newer and start again, or set MLFLOW_TRACKING_URI.",
  },
};

const ORDER = Object.keys(KNOWN);

const place = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);

const unknown = (key: string): Known => ({ label: key, purpose: "", ifMissing: "" });

function worst(rows: EngineRow[]): ShownState {
  if (rows.some(({ status }) => status === "down")) return "down";
  if (rows.some(({ status }) => status === "starting")) return "starting";
  return rows.some(({ status }) => status === "not_offered") ? "stale" : "up";
}

const names = (rows: EngineRow[]): string => rows.map(({ label }) => label).join(", ");

function headlineOf(rows: EngineRow[]): string {
  const having = (status: EngineStatus) => rows.filter((row) => row.status === status);
  const [down, starting, absent] = [having("down"), having("starting"), having("not_offered")];
  if (down.length > 0) return `Not answering: ${names(down)}. What does not need it works.`;
  if (starting.length > 0) return `Starting: ${names(starting)}. Everything else works now.`;
  if (absent.length > 0) return `Not offered here: ${names(absent)}. Everything else works.`;
  return "Every engine is ready.";
}

/** The engines in reading order, with one state and one sentence for all. */
export function prepareEngines(engines: Record<string, EngineFact>): EnginesSummary {
  const rows = Object.entries(engines)
    .map(([key, fact]) => ({ key, ...(KNOWN[key] ?? unknown(key)), ...fact }))
    .sort((a, b) => place(a.key) - place(b.key) || a.key.localeCompare(b.key));
  const ready = rows.filter(({ status }) => status === "up").length;
  return {
    rows,
    state: worst(rows),
    words: `${ready} of ${rows.length} engines ready`,
    headline: headlineOf(rows),
    isSettled: rows.every(({ status }) => status !== "starting"),
  };
}
