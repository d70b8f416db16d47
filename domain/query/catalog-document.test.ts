import { describe, expect, it } from "vitest";
import { parseCatalogDocument } from "./catalog-document";

const SNOWFLAKE = {
  name: "snowflake",
  connector: "snowflake",
  properties: {
    "connection-url": "jdbc:snowflake://account.snowflakecomputing.com",
    "connection-user": "reader",
    "connection-password": `\${SNOWFLAKE_PASSWORD}`,
  },
};

const complaints = (change: object) => {
  const parsed = parseCatalogDocument({ ...SNOWFLAKE, ...change });
  return parsed.ok ? [] : parsed.errors.map(({ pointer }) => pointer);
};

describe("a catalog document", () => {
  it("is taken as it is written", () => {
    expect(parseCatalogDocument(SNOWFLAKE)).toEqual({ ok: true, document: SNOWFLAKE });
  });

  it.each([
    [{ name: "lake" }, "/name"],
    [{ name: "System" }, "/name"],
    [{ connector: "jmx" }, "/connector"],
    [{ connector: 'x" WITH (' }, "/connector"],
    [{ more: 1 }, "/more"],
    [{ properties: { "connector.name": "tpch" } }, "/properties/connector.name"],
    [{ properties: { 'a"b': "x" } }, '/properties/a"b'],
    [{ properties: { "fs.hadoop.enabled": "true" } }, "/properties/fs.hadoop.enabled"],
    [{ properties: { "connection-password": "open-sesame" } }, "/properties/connection-password"],
    [{ properties: { "s3.aws-secret-key": "open-sesame" } }, "/properties/s3.aws-secret-key"],
    [{ properties: { "connection-url": `\${ENV:HOME}` } }, "/properties/connection-url"],
    [{ properties: { "connection-url": `$\${ENV:HOME}` } }, "/properties/connection-url"],
  ])("with %j is refused at %s", (change, pointer) => {
    expect(complaints(change)).toEqual([pointer]);
  });

  it("hears of every mistake at once, and no message shows the secret", () => {
    const properties = { "connection-password": "open-sesame", "connector.name": "x" };
    const parsed = parseCatalogDocument({ ...SNOWFLAKE, properties });
    expect(parsed).toMatchObject({ ok: false, errors: [{}, {}] });
    expect(JSON.stringify(parsed)).not.toContain("open-sesame");
  });
});
