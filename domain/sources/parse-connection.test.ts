import { describe, expect, it } from "vitest";
import cases from "./connection.cases.json";
import { destinationTable } from "./destination-table";
import { findSecretReferences } from "./find-secret-references";
import { parseConnection } from "./parse-connection";

const BASE = {
  connector: "source-faker",
  config: { count: 1 },
  streams: [{ name: "users", sync_mode: "full_refresh" }],
};

describe("a connection", () => {
  it.each(cases.accepted)("$name is accepted as it is written", ({ name, document, tables, secrets }) => {
    const parsed = parseConnection(name, document);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    expect(parsed.document).toEqual(document);
    expect(parsed.document.streams.map((stream) => destinationTable(name, parsed.document, stream))).toEqual(
      tables,
    );
    expect(findSecretReferences(parsed.document.config)).toEqual(secrets);
  });

  it.each(cases.refused)("with $why is refused, with its place", ({ pointer, message, ...rest }) => {
    const json = "whole" in rest ? rest.whole : { ...BASE, ...rest.change };
    const parsed = parseConnection("shop", json);
    if (parsed.ok) throw new Error("accepted");
    expect(parsed.errors).toHaveLength(1);
    expect(parsed.errors[0]?.pointer).toBe(pointer);
    expect(parsed.errors[0]?.message).toContain(message);
  });

  it("keeps every field that the document may have", () => {
    const document = {
      ...BASE,
      version: "7.2.1",
      streams: [
        {
          name: "users",
          namespace: "public",
          sync_mode: "incremental",
          cursor_field: ["meta", "at"],
          primary_key: [["id"], ["meta", "no"]],
          destination: "analytics.u_ann.users",
        },
      ],
      schedule: { type: "cron", expression: "@daily", time_zone: "Europe/Prague", missed: "skip" },
      on_schema_change: "quarantine",
      parallel: 1,
      retries: { max_attempts: 2, initial_interval: "1s", backoff_coefficient: 1.5 },
      destination: "lake.people",
    };
    expect(parseConnection("people", document)).toEqual({ ok: true, document });
  });

  it("refuses a plain text where the connector's spec says that it is secret", () => {
    const spec = {
      properties: {
        login: { oneOf: [{ properties: { word: { type: "string", airbyte_secret: true } } }] },
      },
    };
    const json = (word: string) => ({ ...BASE, config: { login: { word } } });
    expect(parseConnection("a", json("x"), spec)).toMatchObject({
      ok: false,
      errors: [{ pointer: "/config/login/word" }],
    });
    expect(parseConnection("a", json(`\${X}`), spec).ok).toBe(true);
    expect(parseConnection("a", json("x")).ok).toBe(true);
  });
});
