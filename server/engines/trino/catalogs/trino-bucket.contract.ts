import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Failure } from "../../../../domain/shared/failure";
import { trinoRows } from "../trino-rows";
import { type LiveLake, liveLake } from "./live-lake";

const {
  CONTRACT_TRINO_URL: url = "",
  CONTRACT_DATABASE_URL: serverUrl = "",
  CONTRACT_LAKE_PYTHON: python = "",
  CONTRACT_S3_ENDPOINT: endpoint = "",
  CONTRACT_S3_BUCKET: bucket = "",
  CONTRACT_S3_REGION: region = "",
  CONTRACT_S3_ACCESS_KEY_ID: accessKeyId = "",
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engines there
} = process.env;
const SECRET = "canary-of-the-bucket";

if ([url, serverUrl, python, endpoint].includes("")) {
  describe("a live Trino on a lake in a bucket", () => {
    it.skip("needs CONTRACT_TRINO_URL, CONTRACT_DATABASE_URL, CONTRACT_LAKE_PYTHON and CONTRACT_S3_ENDPOINT", () => {});
  });
} else {
  describe("a live Trino on a lake in a bucket", () => {
    const s3 = { endpoint, region, accessKeyId, secretAccessKey: SECRET };
    let live: LiveLake;
    beforeAll(async () => {
      live = await liveLake({ url, serverUrl, python, bucket: { name: bucket, s3 } });
    });
    afterAll(() => live?.dispose());

    it("reads its tables, also in an earlier state", async () => {
      const sql = `SELECT id, name, price FROM ${live.at("lake")}.shop.products ORDER BY id`;
      expect(await live.rowsOf(sql)).toEqual([
        [1n, "milk", 150n],
        [2n, "bread", 250n],
        [3n, "", 350n],
      ]);
      const before = `SELECT count(*) FROM ${live.at("lake")}.shop.products FOR VERSION AS OF ${live.snapshots[0]}`;
      expect(await live.rowsOf(before)).toEqual([[2n]]);
    });

    it("shows the key of the bucket to nobody", async () => {
      const queries = await trinoRows(live.watching, "SELECT query FROM system.runtime.queries");
      expect(queries.length).toBeGreaterThan(0);
      expect(JSON.stringify(queries)).not.toContain(SECRET);
    });

    it("ends a statement over its tables that is cancelled", async () => {
      const abort = new AbortController();
      const products = `${live.at("lake")}.shop.products`;
      const numbers = "TABLE(sequence(0, 100000000))";
      const failing = live.rowsOf(
        `SELECT count(*) FROM ${products}, ${numbers} a, ${numbers} b`,
        {},
        {
          signal: abort.signal,
          onStart: () => abort.abort(new Failure("cancelled", "The statement was cancelled.")),
        },
      );
      await expect(failing).rejects.toMatchObject({ code: "cancelled" });
      const running = `SELECT count(*) FROM system.runtime.queries WHERE "user" = '${live.user}' AND state NOT IN ('FINISHED', 'FAILED')`;
      expect(await trinoRows(live.watching, running)).toEqual([[0]]);
    });
  });
}
