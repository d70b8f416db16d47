import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const INTERNAL_CHAR_OID = 18;
const BPCHAR_OID = 1042;

/** Runs one statement on a connection of its own. */
export async function administer(url, sql) {
  const client = new pg.Client(discreteFields(url));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** pg lets a connection string win over `database`, so the shadow database would silently be the real one. */
function discreteFields(text) {
  const url = new URL(text);
  return {
    host: url.searchParams.get("host") || decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    max: 4,
  };
}

/** adapter-pg has no mapping for PostgreSQL's internal "char", which the describer reads from pg_catalog. */
function mapInternalChar(adapter) {
  let prototype = Object.getPrototypeOf(adapter);
  while (prototype && !Object.hasOwn(prototype, "performIO")) prototype = Object.getPrototypeOf(prototype);
  if (!prototype || prototype.mapsInternalChar) return adapter;
  const { performIO, queryRaw } = prototype;
  const charColumns = new WeakMap();
  prototype.mapsInternalChar = true;
  prototype.performIO = async function (query) {
    const result = await performIO.call(this, query);
    const found = (result.fields ?? []).flatMap((field, index) => (field.dataTypeID === INTERNAL_CHAR_OID ? [index] : []));
    if (found.length === 0) return result;
    charColumns.set(query, found);
    const fields = result.fields.map((field) =>
      field.dataTypeID === INTERNAL_CHAR_OID ? { ...field, name: field.name, dataTypeID: BPCHAR_OID } : field,
    );
    return { ...result, rows: result.rows, rowCount: result.rowCount, fields };
  };
  prototype.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

/** Drops its shadow database after the pool that uses it is closed; adapter-pg does it before and fails. */
export class ShadowSafeFactory extends PrismaPg {
  #datasource;

  constructor(datasource) {
    super(discreteFields(datasource.url));
    this.#datasource = datasource;
  }

  async connect() {
    return mapInternalChar(await super.connect());
  }

  async connectToShadowDb() {
    const { url, shadowDatabaseUrl } = this.#datasource;
    const config = discreteFields(shadowDatabaseUrl ?? url);
    const isOurs = !shadowDatabaseUrl;
    if (isOurs) {
      config.database = `prisma_migrate_shadow_db_${randomUUID()}`;
      await administer(url, `CREATE DATABASE "${config.database}"`);
    }
    const adapter = mapInternalChar(await new PrismaPg(config).connect());
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      if (isOurs) await administer(url, `DROP DATABASE IF EXISTS "${config.database}" WITH (FORCE)`);
    };
    return adapter;
  }
}
