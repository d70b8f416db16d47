import type { AttachedDatabase } from "../../../../domain/ports/statement-engine";
import { quotedName } from "../../../../domain/shared/quoted-name";

/** Where the lake's tables lie, as Trino reaches them. */
export type LakePlace = {
  /** Of the database that holds the lake's catalog: `postgresql://user:password@host:port/name`. */
  databaseUrl: string;
  /** An absolute folder, or `s3://bucket/prefix`. */
  warehouse: string;
  s3: {
    endpoint: string | null;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
  } | null;
};

/** A catalog as Trino is to have it. `secrets` are the names of properties that hold one. */
export type CatalogDefinition = {
  connector: string;
  properties: Record<string, string>;
  secrets: string[];
  /** Extra credentials of a statement, which no history of Trino keeps. */
  credentials: Record<string, string>;
};

const READ_ONLY = "-c default_transaction_read_only=on";

/** An Iceberg catalog over what the lake's writer keeps. Trino reads only: its database session may not write. */
export function icebergDefinition(
  physical: string,
  { databaseUrl, warehouse, s3 }: LakePlace,
): CatalogDefinition {
  const url = new URL(databaseUrl);
  const prefix = "iceberg.jdbc-catalog";
  return {
    connector: "iceberg",
    properties: {
      "iceberg.catalog.type": "jdbc",
      [`${prefix}.driver-class`]: "org.postgresql.Driver",
      [`${prefix}.connection-url`]: jdbcUrl(url.host, url.pathname.slice(1), { options: READ_ONLY }),
      [`${prefix}.connection-user`]: decodeURIComponent(url.username),
      [`${prefix}.connection-password`]: decodeURIComponent(url.password),
      [`${prefix}.catalog-name`]: physical,
      [`${prefix}.default-warehouse-dir`]: s3 === null ? `file://${warehouse}` : warehouse,
      [`${prefix}.schema-version`]: "V1",
      ...(s3 === null ? { "fs.hadoop.enabled": "true" } : s3Properties(s3)),
    },
    secrets: [`${prefix}.connection-password`, ...(s3 === null ? [] : ["s3.aws-secret-key"])],
    credentials: {},
  };
}

function s3Properties(s3: NonNullable<LakePlace["s3"]>): Record<string, string> {
  return {
    "fs.native-s3.enabled": "true",
    ...(s3.endpoint === null ? {} : { "s3.endpoint": s3.endpoint, "s3.path-style-access": "true" }),
    "s3.region": s3.region,
    ...(s3.accessKeyId === ""
      ? {}
      : { "s3.aws-access-key": s3.accessKeyId, "s3.aws-secret-key": s3.secretAccessKey }),
  };
}

/** A database in place. Its user and password come with each statement, so that Trino keeps neither. */
export function postgresDefinition(physical: string, database: AttachedDatabase): CatalogDefinition {
  const { host, port, options = READ_ONLY, ssl } = database;
  const at = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return {
    connector: "postgresql",
    properties: {
      "connection-url": jdbcUrl(`${at}:${port}`, encodeURIComponent(database.database), {
        ...(options === "" ? {} : { options }),
        sslmode: ssl,
        ApplicationName: "benchwright",
        connectTimeout: "10",
      }),
      "user-credential-name": `${physical}.user`,
      "password-credential-name": `${physical}.password`,
      "case-insensitive-name-matching": "true",
      "postgresql.array-mapping": "AS_ARRAY",
      // As the database spells them: Trino's own json is spelled anew, which DuckDB's is not.
      "jdbc-types-mapped-to-varchar": "json,jsonb",
      "unsupported-type-handling": "CONVERT_TO_VARCHAR",
    },
    secrets: [],
    credentials: { [`${physical}.user`]: database.user, [`${physical}.password`]: database.password },
  };
}

function jdbcUrl(host: string, database: string, parameters: Record<string, string>): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `jdbc:postgresql://${host}/${database}?${query.join("&")}`;
}

/** The statement that makes the catalog. It holds its secrets. */
export function createCatalog(physical: string, { connector, properties }: CatalogDefinition): string {
  const list = Object.entries(properties).map(([name, value]) => `${quotedName(name)} = ${literal(value)}`);
  const tail = list.length === 0 ? "" : ` WITH (${list.join(", ")})`;
  return `CREATE CATALOG ${quotedName(physical)} USING ${connector}${tail}`;
}

export const dropCatalog = (physical: string): string => `DROP CATALOG ${quotedName(physical)}`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
