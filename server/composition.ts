import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { AirflowReader } from "../domain/ports/airflow-reader";
import type { DatabaseCatalog } from "../domain/ports/database-catalog";
import type { ExperimentTracker } from "../domain/ports/experiment-tracker";
import type { ForeignCatalogs } from "../domain/ports/foreign-catalogs";
import type { HttpClient } from "../domain/ports/http-client";
import type { JobFiles } from "../domain/ports/job-files";
import type { JobRunner } from "../domain/ports/job-runner";
import type { KeyHolds } from "../domain/ports/key-holds";
import type { LakeAdmin } from "../domain/ports/lake-admin";
import type { QueryEngine } from "../domain/ports/query-engine";
import type { ResultReader } from "../domain/ports/result-reader";
import type { RunDriverClient } from "../domain/ports/run-driver";
import type { SecretBox } from "../domain/ports/secret-box";
import type { SqlLanguage } from "../domain/ports/sql-language";
import type { StatementChecker } from "../domain/ports/statement-checker";
import type { StatementEngine } from "../domain/ports/statement-engine";
import type { TableCatalog } from "../domain/ports/table-catalog";
import type { WorkflowClient } from "../domain/ports/workflow-runner";
import { type Clock, systemClock } from "../domain/shared/clock";
import { Failure } from "../domain/shared/failure";
import { type OidcSettings, oidcSettings } from "./auth/oidc-settings";
import { type Environment, environment } from "./config/env";
import { type S3Settings, s3Access } from "./config/s3-access";
import { createPrismaClient, type PrismaClient } from "./db/client";
import { dbosRunDriverClient } from "./engines/dbos/dbos-run-driver-client";
import { dbosWorkflowClient } from "./engines/dbos/dbos-workflow-client";
import { duckdbQueryEngine } from "./engines/duckdb/duckdb-query-engine";
import { undiciHttpClient } from "./engines/http/undici-http-client";
import { absentLake } from "./engines/iceberg-lake/absent-lake";
import { icebergLakeAdmin } from "./engines/iceberg-lake/iceberg-lake-admin";
import { icebergTableCatalog } from "./engines/iceberg-lake/iceberg-table-catalog";
import { folderJobFiles } from "./engines/job-files/folder-job-files";
import { s3JobFiles } from "./engines/job-files/s3-job-files";
import { mlflowTracker } from "./engines/mlflow/mlflow-tracker";
import { mailNotifier } from "./engines/notify/mail-notifier";
import { slackNotifier } from "./engines/notify/slack-notifier";
import { webhookNotifier } from "./engines/notify/webhook-notifier";
import { postgresDatabaseCatalog } from "./engines/postgres/postgres-database-catalog";
import { postgresKeyHolds } from "./engines/postgres/postgres-key-holds";
import {
  type DuckdbStatementOptions,
  duckdbStatementEngine,
} from "./engines/query-worker/duckdb-statement-engine";
import { pythonAirflowReader } from "./engines/query-worker/python-airflow-reader";
import { pythonResultReader } from "./engines/query-worker/python-result-reader";
import { pythonSqlLanguage } from "./engines/query-worker/sql-language";
import { rayJobRunner } from "./engines/ray/ray-job-runner";
import { aesSecretBox } from "./engines/secret-box/aes-secret-box";
import { temporalRunDriverClient } from "./engines/temporal/temporal-run-driver-client";
import { spoolToParquet } from "./engines/trino/spool-to-parquet";
import { trinoForeignCatalogs } from "./engines/trino/trino-foreign-catalogs";
import { trinoStatementEngine } from "./engines/trino/trino-statement-engine";
import type { Notifiers } from "./pipelines/index";
import type { QueryLimits } from "./query/index";

/** Everything that a verb may ask for as a socket. `jobRunner` and `tracker` are null where they are not offered. */
export type Composition = {
  env: Environment;
  db: PrismaClient;
  /** Tells which requests are under way. */
  keyHolds: KeyHolds;
  clock: Clock;
  queryEngine: QueryEngine;
  /** The engines that run people's statements; null where one is not offered. */
  statementEngines: { duckdb: StatementEngine | null; trino: StatementEngine | null };
  /** Null where Python is not installed, as are the next two. */
  sqlLanguage: SqlLanguage | null;
  airflowReader: AirflowReader | null;
  resultReader: ResultReader | null;
  /** Tells what connected databases hold. */
  databaseCatalog: DatabaseCatalog;
  /** Null where Trino is not offered. */
  foreignCatalogs: ForeignCatalogs | null;
  queryLimits: QueryLimits;
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  /** Where results that are read in pages are kept for a while. */
  resultsDir: string;
  /** Where jobs read and write. */
  jobFiles: JobFiles;
  jobRunner: JobRunner | null;
  tracker: ExperimentTracker | null;
  workflows: WorkflowClient;
  /** Starts and ends what carries the runs of pipelines. */
  runDriver: RunDriverClient;
  /** Sends the requests of tasks. */
  httpClient: HttpClient;
  secretBox: SecretBox;
  /** What messages about runs are sent over; `email` is null where there is no mail server. */
  notifiers: Notifiers;
  /** Where people reach the app, without a slash at the end. */
  publicUrl: string;
  version: string;
  /** File in which the supervisor keeps the state of the engines; null where nobody supervises. */
  enginesStatusPath: string | null;
  /** Null where the environment names no identity provider. */
  oidc: OidcSettings | null;
};

function compose(env: Environment): Composition {
  const db = createPrismaClient(env.DATABASE_URL);
  const lakeDir = join(env.BENCHWRIGHT_DATA, "lake");
  const tempDir = join(env.BENCHWRIGHT_DATA, "tmp");
  const resultsDir = join(env.BENCHWRIGHT_DATA, "results");
  const bucket = s3Access(env);
  const sampleDirs = env.BENCHWRIGHT_SAMPLE_DIR === undefined ? [] : [env.BENCHWRIGHT_SAMPLE_DIR];
  const reach = {
    threads: env.DUCKDB_THREADS ?? availableParallelism(),
    tempDir,
    readableDirs: [...(bucket === null ? [] : [bucket.scope]), lakeDir, resultsDir, ...sampleDirs],
    writableDirs: [...(bucket === null ? [] : [bucket.scope]), lakeDir, resultsDir],
    extensionsDir: env.DUCKDB_EXTENSIONS_DIR,
    s3: bucket,
  };
  const queryEngine = duckdbQueryEngine({
    ...reach,
    processPath: join(/* turbopackIgnore: true */ process.cwd(), "dist", "duckdb-process.mjs"),
    memoryLimitBytes: env.DUCKDB_MEMORY_LIMIT_BYTES,
  });
  const workflows = dbosWorkflowClient({ databaseUrl: env.DBOS_DATABASE_URL });
  const trino = trinoStatements(env, { lakeDir, resultsDir, bucket, queryEngine });
  return {
    env,
    db,
    keyHolds: postgresKeyHolds(env.DATABASE_URL),
    clock: systemClock,
    queryEngine,
    statementEngines: { duckdb: duckdbStatements(env, queryEngine, reach), trino },
    sqlLanguage: languageOf(env),
    airflowReader: airflowOf(env),
    resultReader: resultsOf(env, reach),
    databaseCatalog: postgresDatabaseCatalog(),
    foreignCatalogs: trino === null ? null : trinoForeignCatalogs(trino.parts),
    queryLimits: queryLimits(env),
    ...lakeOf(env),
    resultsDir,
    jobRunner:
      env.RAY_ADDRESS === undefined
        ? null
        : rayJobRunner({
            address: env.RAY_ADDRESS,
            ...(env.RAY_AUTH_TOKEN === undefined ? {} : { token: env.RAY_AUTH_TOKEN }),
          }),
    jobFiles: bucket === null ? folderJobFiles(join(env.BENCHWRIGHT_DATA, "jobs")) : s3JobFiles(bucket),
    tracker:
      env.MLFLOW_TRACKING_URI === undefined ? null : mlflowTracker({ trackingUri: env.MLFLOW_TRACKING_URI }),
    workflows,
    runDriver: runDriverOf(env, workflows),
    httpClient: undiciHttpClient({ privateHosts: env.HTTP_PRIVATE_HOSTS, mostBytes: HTTP_ANSWER_BYTES }),
    secretBox: aesSecretBox({ key: env.SECRET_BOX_KEY }),
    notifiers: notifiersOf(env),
    publicUrl: env.NEXTAUTH_URL.replace(/\/+$/, ""),
    version: env.BENCHWRIGHT_VERSION,
    enginesStatusPath: env.BENCHWRIGHT_ENGINES_STATUS ?? null,
    oidc: oidcSettings(env),
  };
}

const notifiersOf = ({ SMTP_URL: url, SMTP_FROM: from, NEXTAUTH_URL }: Environment): Notifiers => ({
  slack: slackNotifier(),
  webhook: webhookNotifier(),
  email:
    url === undefined
      ? null
      : mailNotifier({ url, from: from ?? `Benchwright <benchwright@${new URL(NEXTAUTH_URL).hostname}>` }),
});

function runDriverOf(env: Environment, workflows: WorkflowClient): RunDriverClient {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = env;
  return address === undefined
    ? dbosRunDriverClient(workflows)
    : temporalRunDriverClient({ address, namespace });
}

const HOUR_MS = 60 * 60_000;
/** As much of an answer as a task may take. */
const HTTP_ANSWER_BYTES = 1024 * 1024;

const queryLimits = (env: Environment): QueryLimits => ({
  resultBytes: env.QUERY_RESULT_LIMIT_BYTES,
  workspaceBytes: env.QUERY_RESULTS_QUOTA_BYTES,
  keptMs: env.QUERY_RESULTS_KEPT_HOURS * HOUR_MS,
  freeBytes: env.QUERY_DISK_RESERVE_BYTES,
  timeoutMs: env.QUERY_TIMEOUT_MS,
  memoryBytes: env.QUERY_MEMORY_LIMIT_BYTES,
  cores: env.DUCKDB_THREADS ?? availableParallelism(),
});

type Reach = Pick<
  DuckdbStatementOptions,
  "threads" | "tempDir" | "readableDirs" | "writableDirs" | "extensionsDir" | "s3"
>;

/** Null where the environment has no Python, as is the next. A question to a result gets what a statement gets. */
function resultsOf(env: Environment, { threads, tempDir }: Reach): ResultReader | null {
  if (env.LAKE_PYTHON === undefined) return null;
  return pythonResultReader({
    python: env.LAKE_PYTHON,
    packageDir: join(/* turbopackIgnore: true */ process.cwd(), "lake"),
    memoryLimitBytes: Math.floor(env.QUERY_MEMORY_LIMIT_BYTES / env.QUERY_CONCURRENCY),
    threads,
    tempDir,
  });
}

/** Null where the environment has no Python to understand statements with. */
function languageOf({ LAKE_PYTHON: python }: Environment): SqlLanguage | null {
  if (python === undefined) return null;
  return pythonSqlLanguage({ python, packageDir: join(/* turbopackIgnore: true */ process.cwd(), "lake") });
}

/** Null where the environment has no Python to read its sources with. */
function airflowOf({ LAKE_PYTHON: python }: Environment): AirflowReader | null {
  if (python === undefined) return null;
  return pythonAirflowReader({ python, packageDir: join(/* turbopackIgnore: true */ process.cwd(), "lake") });
}

/** Null where the environment has no Python to run statements with. */
function duckdbStatements(env: Environment, checker: StatementChecker, reach: Reach): StatementEngine | null {
  if (env.LAKE_PYTHON === undefined) return null;
  return duckdbStatementEngine({
    ...reach,
    python: env.LAKE_PYTHON,
    packageDir: join(/* turbopackIgnore: true */ process.cwd(), "lake"),
    checker,
    concurrency: env.QUERY_CONCURRENCY,
    memoryLimitBytes: env.QUERY_MEMORY_LIMIT_BYTES,
    tempDir: join(reach.tempDir, "statements"),
  });
}

/** Null where the environment names no Trino. */
function trinoStatements(
  env: Environment,
  parts: { lakeDir: string; resultsDir: string; bucket: S3Settings | null; queryEngine: QueryEngine },
) {
  const { TRINO_URL: url, TRINO_USER: user, TRINO_PASSWORD: password, LAKE_DATABASE_URL: databaseUrl } = env;
  if (url === undefined) return null;
  const { lakeDir, resultsDir, bucket, queryEngine } = parts;
  const rows = "trino.result.rows";
  return trinoStatementEngine({
    url,
    user,
    password,
    lake: databaseUrl === undefined ? null : { databaseUrl, warehouse: bucket?.scope ?? lakeDir, s3: bucket },
    tempDir: join(resultsDir, "trino"),
    toParquet: spoolToParquet({
      exportParquet(folder, signal) {
        const reader = composition().resultReader;
        if (reader !== null) return reader.export(folder, { format: "parquet", order: null, signal });
        throw new Failure("engine_unavailable", "Writing tables needs Python 3.11 to 3.13.");
      },
      async copyToBucket(file, object, options) {
        const tables = [{ name: rows, uris: [file] }];
        const written = await queryEngine.writeParquet(`SELECT * FROM ${rows}`, object, {
          tables,
          ...options,
        });
        return written.bytes;
      },
    }),
  });
}

function lakeOf({ LAKE_URL: url, LAKE_TOKEN: token = "" }: Environment) {
  if (url === undefined) {
    const absent = absentLake();
    return { tableCatalog: absent, lakeAdmin: absent };
  }
  return { tableCatalog: icebergTableCatalog({ url, token }), lakeAdmin: icebergLakeAdmin({ url, token }) };
}

/** Next loads a module once per bundle, so the singleton lives on the process. */
const held = globalThis as { benchwrightComposition?: Composition };

/** The parts of this process, built on first use. Building connects to nothing. */
export function composition(): Composition {
  held.benchwrightComposition ??= compose(environment());
  return held.benchwrightComposition;
}
