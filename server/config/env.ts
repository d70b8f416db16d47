import { totalmem } from "node:os";
import { z } from "zod";

const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === "" ? undefined : text));

const bytesOf = (gibibytes: number) =>
  z.coerce
    .number()
    .int()
    .positive()
    .default(gibibytes * 1024 ** 3);

const Environment = z.object({
  /** Absolute path of the folder that holds all state. */
  BENCHWRIGHT_DATA: z.string().min(1),
  BENCHWRIGHT_VERSION: z.string().default("0.0.0"),
  /** Folder of the sample's Parquet files; absent where the sample data is not installed. */
  BENCHWRIGHT_SAMPLE_DIR: optionalText,
  /** JSON file in which the supervisor keeps the state of every engine. */
  BENCHWRIGHT_ENGINES_STATUS: optionalText,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  DATABASE_URL: z.string().min(1),
  DBOS_DATABASE_URL: z.string().min(1),
  NEXTAUTH_URL: z.url(),
  NEXTAUTH_SECRET: z.string().min(16),
  /** 32 bytes, base64. */
  SECRET_BOX_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64"),
  /** The service that writes the lake's tables; absent where Python is not installed. */
  LAKE_URL: optionalText,
  LAKE_TOKEN: optionalText,
  /** Python of the environment that runs connectors and statements. */
  LAKE_PYTHON: optionalText,
  /** Known to the worker alone, as is the next one. */
  UV_PATH: optionalText,
  /** Folder of the environments of connectors. */
  CONNECTORS_DIR: optionalText,
  /** Folder of DuckDB's extensions, as the Python packages bring them. */
  DUCKDB_EXTENSIONS_DIR: optionalText,
  /** The bucket of the lake's tables; without one they lie in the data folder. */
  S3_BUCKET: optionalText,
  S3_PREFIX: optionalText,
  S3_ENDPOINT: optionalText,
  S3_REGION: optionalText,
  S3_ACCESS_KEY_ID: optionalText,
  S3_SECRET_ACCESS_KEY: optionalText,
  /** The address of a Trino, and whom statements run as there. */
  TRINO_URL: optionalText,
  TRINO_USER: z.string().min(1).default("benchwright"),
  TRINO_PASSWORD: optionalText,
  /** The database of the lake's catalog as Trino reaches it, known where there is a Trino. */
  LAKE_DATABASE_URL: optionalText,
  /** `host:port` of a Temporal that carries the runs of pipelines; without one, the database does. */
  TEMPORAL_ADDRESS: optionalText,
  TEMPORAL_NAMESPACE: z.string().min(1).default("default"),
  RAY_ADDRESS: optionalText,
  RAY_AUTH_TOKEN: optionalText,
  MLFLOW_TRACKING_URI: optionalText,
  /** Mail server of notifications, `smtp://name:password@host:587`, and whom its mail is from. */
  SMTP_URL: optionalText,
  SMTP_FROM: optionalText,
  /** Hosts of this machine or of private networks that the tasks of pipelines may ask, with commas: `10.0.0.7:8080,*.lan`. */
  HTTP_PRIVATE_HOSTS: z
    .string()
    .default("")
    .transform((hosts) =>
      hosts
        .split(",")
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ""),
    ),
  OIDC_ISSUER: optionalText,
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OIDC_NAME: optionalText,
  DUCKDB_MEMORY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * 1024 ** 3),
  DUCKDB_THREADS: z.coerce.number().int().positive().optional(),
  /** Of all statements of people that run on the server's DuckDB at one time, each its share: two fifths of the machine. */
  QUERY_MEMORY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(() => Math.max(4 * 1024 ** 3, Math.floor(0.4 * totalmem()))),
  /** How many of them run at one time; the others wait. */
  QUERY_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  /** 0 means no limit. */
  QUERY_TIMEOUT_MS: z.coerce.number().int().min(0).default(3_600_000),
  /** The largest result that is kept. */
  QUERY_RESULT_LIMIT_BYTES: bytesOf(16),
  /** All results of a workspace; the oldest are let go first. */
  QUERY_RESULTS_QUOTA_BYTES: bytesOf(32),
  QUERY_RESULTS_KEPT_HOURS: z.coerce.number().positive().default(72),
  /** Free space that results leave on the disk. */
  QUERY_DISK_RESERVE_BYTES: bytesOf(1),
});

/** What programs that install and run foreign code may see of the environment: nothing of ours that is secret, but the bucket. */
const PASSED_ON =
  /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|XDG_CACHE_HOME|PYENV_ROOT|PYTHONPATH|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|(PIP|UV|S3)_\w+|DUCKDB_EXTENSIONS_DIR|PYTHONPATH)$/i;

export type Environment = z.infer<typeof Environment> & { passedOn: Record<string, string> };

/** Parses the environment. Throws one sentence that names every missing or wrong variable, never its value. */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const parsed = Environment.safeParse(variables);
  if (parsed.success) return { ...parsed.data, passedOn: passedOn(variables) };
  const complaints = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not complete: ${complaints.join("; ")}. Start with npm start.`);
}

function passedOn(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value !== undefined && PASSED_ON.test(name) ? [[name, value]] : [],
    ),
  );
}

let parsedOnce: Environment | undefined;

/** The environment of this process, parsed on first use. */
export function environment(): Environment {
  parsedOnce ??= parseEnvironment(process.env);
  return parsedOnce;
}
