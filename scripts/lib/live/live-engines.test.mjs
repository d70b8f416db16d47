import { describe, expect, it } from "vitest";

const { CONTRACT_TRINO_URL: trino, CONTRACT_S3_ENDPOINT: s3, CONTRACT_S3_BUCKET: bucket } = process.env;

describe("Trino of the full tier", () => {
  it.skipIf(trino === undefined)("answers a query over a catalog made at run time; needs CONTRACT_TRINO_URL", async () => {
    const headers = { "x-trino-user": "contract" };
    const rows = async (sql) => {
      let answer = await (await fetch(`${trino}/v1/statement`, { method: "POST", headers, body: sql })).json();
      const data = [];
      for (;;) {
        if (answer.error !== undefined) throw new Error(answer.error.message);
        data.push(...(answer.data ?? []));
        if (answer.nextUri === undefined) return data;
        answer = await (await fetch(answer.nextUri, { headers })).json();
      }
    };
    const catalog = `contract_${process.pid}`;
    await rows(`CREATE CATALOG ${catalog} USING tpch`);
    try {
      expect(await rows(`SELECT count(*) FROM ${catalog}.tiny.nation`)).toEqual([[25]]);
    } finally {
      await rows(`DROP CATALOG ${catalog}`);
    }
  });
});

describe("S3 of the full tier", () => {
  it.skipIf(s3 === undefined)("keeps an object; needs CONTRACT_S3_ENDPOINT", async () => {
    // The server does not check signatures, but serves no stranger.
    const credential = "contract/20260101/us-east-1/s3/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none` };
    const object = `${s3}/${bucket}/live-engines/${process.pid}`;
    expect((await fetch(object, { method: "PUT", headers, body: "kept" })).status).toBe(200);
    expect(await (await fetch(object, { headers })).text()).toBe("kept");
    expect((await fetch(object, { method: "DELETE", headers })).status).toBe(204);
  });
});
