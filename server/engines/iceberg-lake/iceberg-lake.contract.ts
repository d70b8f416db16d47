import { randomUUID } from "node:crypto";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, it } from "vitest";
import { describeLakeAdminContract } from "../../../domain/ports/lake-admin.contract";
import { describeTableCatalogContract } from "../../../domain/ports/table-catalog.contract";
import { icebergLakeAdmin } from "./iceberg-lake-admin";
import { icebergTableCatalog } from "./iceberg-table-catalog";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_URL: url = "", CONTRACT_LAKE_TOKEN: token = "" } = process.env;

if (url === "") {
  describe("the Iceberg lake", () => {
    it.skip("needs CONTRACT_LAKE_URL and CONTRACT_LAKE_TOKEN, a running lake service", () => {});
  });
} else {
  const catalog = icebergTableCatalog({ url, token });
  const admin = icebergLakeAdmin({ url, token });
  const used: string[] = [];

  const write = async (path: string, rows: number) => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `COPY (SELECT 'c' || range AS category FROM range(${rows})) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
    );
    connection.closeSync();
  };
  const subject = async () => {
    const workspaces: [string, string] = [`contract-${randomUUID()}`, `contract-${randomUUID()}`];
    used.push(...workspaces);
    return { catalog, admin, write, workspaces };
  };

  afterAll(async () => {
    for (const workspace of used)
      for (const { name } of await catalog.list(workspace)) await admin.drop(workspace, name);
  });

  describeTableCatalogContract("Iceberg", subject);
  describeLakeAdminContract("Iceberg", subject);
}
