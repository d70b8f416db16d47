import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { checkSchema, isSecretReference, type JsonSchema } from "./check-schema";

const postgres: JsonSchema = {
  type: "object",
  required: ["host", "port", "database"],
  properties: {
    host: { type: "string", minLength: 1 },
    port: { type: "integer", minimum: 1, maximum: 65536 },
    database: { type: "string" },
    schemas: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
    password: { type: "string", airbyte_secret: true, pattern: "^.{4,}$" },
    replication_method: {
      type: "object",
      oneOf: [
        {
          title: "Standard",
          required: ["method"],
          properties: { method: { type: "string", const: "standard" } },
        },
        {
          title: "CDC",
          required: ["method", "publication"],
          properties: {
            method: { type: "string", const: "cdc" },
            publication: { type: "string" },
            plugin: { type: "string", enum: ["pgoutput", "wal2json"] },
          },
        },
      ],
    },
  },
  additionalProperties: false,
};

const sound = { host: "db", port: 5432, database: "shop" };
const at = (schema: JsonSchema, value: unknown) =>
  checkSchema(schema, value, schema).map(({ path, message }) => `${path.join("/")}: ${message}`);

describe("checkSchema", () => {
  it("finds nothing in a sound value", () => {
    expect(at(postgres, { ...sound, replication_method: { method: "standard" } })).toEqual([]);
  });

  it("says what is missing and what is too much, each at its place", () => {
    expect(at(postgres, { host: "", port: 70000, hots: 1 })).toEqual([
      "database: Is needed.",
      "host: Must have at least 1 characters.",
      "port: Must be at most 65536.",
      "hots: Is no field here.",
    ]);
  });

  it("judges a choice by the constant that the value names", () => {
    expect(at(postgres, { ...sound, replication_method: { method: "cdc", plugin: "other" } })).toEqual([
      "replication_method/publication: Is needed.",
      "replication_method/plugin: Must be one of pgoutput, wal2json.",
    ]);
    expect(at(postgres, { ...sound, replication_method: { method: "none" } })).toEqual([
      "replication_method: Fits none of the choices.",
    ]);
  });

  it("takes a reference to a secret for any text, and nothing else", () => {
    expect(at(postgres, { ...sound, password: "$" + "{P}" })).toEqual([]);
    expect(at(postgres, { ...sound, password: "abc" })).toEqual(["password: Must match ^.{4,}$."]);
    expect(isSecretReference("$" + "{DB_PASSWORD}")).toBe(true);
    expect(isSecretReference("x$" + "{DB_PASSWORD}")).toBe(false);
  });

  it("follows references inside the schema and stops where they go round", () => {
    const tree: JsonSchema = {
      $ref: "#/definitions/node",
      definitions: {
        node: {
          type: "object",
          required: ["name"],
          properties: {
            name: { type: "string" },
            children: { type: "array", items: { $ref: "#/definitions/node" } },
          },
        },
      },
    };
    expect(at(tree, { name: "a", children: [{ name: "b" }, {}] })).toEqual(["children/1/name: Is needed."]);
    const endless: JsonSchema = { $ref: "#" };
    expect(at(endless, 1)).toEqual([]);
  });

  it("says a pattern in the words of the connector where it has some", () => {
    const dated = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$", pattern_descriptor: "YYYY-MM-DD" };
    expect(at(dated, "soon")).toEqual([": Must look like YYYY-MM-DD."]);
  });

  it("agrees with ajv on whether a value is sound", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const schemas: JsonSchema[] = [
      postgres,
      { type: ["string", "null"], maxLength: 3 },
      { anyOf: [{ type: "integer", multipleOf: 5 }, { const: "five" }] },
      { not: { type: "string" } },
      { allOf: [{ minimum: 3 }, { exclusiveMaximum: 9 }] },
      JSON.parse(`{"if":{"type":"number"},"then":{"minimum":5},"else":{"type":"string"}}`),
      { type: "array", items: [{ type: "integer" }, { type: "string" }], maxItems: 2 },
      {
        type: "object",
        patternProperties: { "^x_": { type: "number" } },
        additionalProperties: { type: "string" },
      },
      { enum: [1, "a", null, { a: [1] }] },
      { oneOf: [{ type: "number" }, { type: "integer" }] },
    ];
    const values: unknown[] = [
      sound,
      { ...sound, schemas: [] },
      { ...sound, schemas: ["a", "a"] },
      { ...sound, schemas: ["a", 2] },
      { ...sound, replication_method: {} },
      { ...sound, replication_method: { method: "cdc", publication: "p" } },
      { x_a: 1, b: "c" },
      { x_a: "1", b: 2 },
      { a: [1] },
      [1, "a"],
      ["a", 1],
      [1, "a", 3],
      ...[null, true, 0, 3, 5, 8.5, 9, 10, "five", "a", "abcd", "äöü€"],
    ];
    for (const schema of schemas) {
      const validate = ajv.compile(schema);
      for (const value of values) {
        const found = checkSchema(schema, value, schema);
        expect({ schema, value, isSound: found.length === 0 }).toEqual({
          schema,
          value,
          isSound: validate(value),
        });
      }
    }
  });
});
