import path from "node:path";
import pg from "pg";
import { readJson } from "../ports.mjs";
import { Problem } from "../problem.mjs";
import { lakeCatalog } from "./trino.mjs";

/** The address of the lake's database of the instance that runs on the data folder. */
async function lakeDatabase(folders) {
  if (process.env.LAKE_DATABASE_URL) return process.env.LAKE_DATABASE_URL;
  if (process.env.DATABASE_URL) {
    const { externalDatabases } = await import("../databases.mjs");
    return (await externalDatabases(process.env)).urls.lake;
  }
  const ports = readJson(path.join(folders.run, "ports.json"));
  if (ports === undefined) throw new Problem("Benchwright has never run on this data folder; start it first.");
  const { embeddedUrls } = await import("../postgres.mjs");
  return embeddedUrls(folders, ports).lake;
}

function bucketSettings() {
  const { S3_BUCKET, S3_PREFIX, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = process.env;
  if (!S3_BUCKET) return undefined;
  return {
    warehouse: `s3://${[S3_BUCKET, S3_PREFIX].filter(Boolean).join("/")}`,
    s3: { endpoint: S3_ENDPOINT, region: S3_REGION || "us-east-1", accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  };
}

/** Properties of a Trino catalog for every catalog that the lake has, by its physical name. */
export async function lakeCatalogs(folders) {
  const databaseUrl = await lakeDatabase(folders);
  const place = bucketSettings() ?? { warehouse: folders.lake };
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const known = await client.query("SELECT to_regclass('iceberg_namespace_properties') IS NOT NULL AS there");
    if (!known.rows[0].there) return {};
    const { rows } = await client.query(
      "SELECT catalog_name FROM iceberg_tables UNION SELECT catalog_name FROM iceberg_namespace_properties ORDER BY 1",
    );
    return Object.fromEntries(rows.map(({ catalog_name: name }) => [name, lakeCatalog({ databaseUrl, name, ...place })]));
  } catch (error) {
    throw new Problem(`The lake's database does not answer (${error.message}); start Benchwright first.`);
  } finally {
    await client.end().catch(() => {});
  }
}
