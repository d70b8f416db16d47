import { describe, expect, it } from "vitest";
import { columnKind } from "./column-kind";

describe("columnKind", () => {
  it.each([
    ["BIGINT", "integer"],
    ["bigint", "integer"],
    ["HUGEINT", "integer"],
    ["UTINYINT", "integer"],
    ["integer", "integer"],
    ["INT", "integer"],
    ["DECIMAL(38,10)", "decimal"],
    ["decimal(12, 2)", "decimal"],
    ["real", "float"],
    ["DOUBLE", "float"],
    ["FLOAT", "float"],
    ["boolean", "boolean"],
    ["VARCHAR", "text"],
    ["varchar(20)", "text"],
    ["char(3)", "text"],
    ["ENUM('a[]', 'b')", "text"],
    ["json", "text"],
    ["DATE", "date"],
    ["timestamp(6) with time zone", "timestamp_with_zone"],
    ["TIMESTAMP WITH TIME ZONE", "timestamp_with_zone"],
    ["TIMESTAMP", "timestamp"],
    ["TIMESTAMP_NS", "timestamp"],
    ["timestamp(9)", "timestamp"],
    ["time(3) with time zone", "other"],
    ["TIME", "other"],
    ["INTERVAL", "other"],
    ["interval day to second", "other"],
    ["UUID", "other"],
    ["BLOB", "other"],
    ["varbinary", "other"],
    ["VARCHAR[]", "nested"],
    ["INTEGER[3]", "nested"],
    ["STRUCT(a INTEGER)", "nested"],
    ["row(a bigint, b varchar)", "nested"],
    ["map(varchar, bigint)", "nested"],
    ["array(bigint)", "nested"],
    ["DATE[]", "nested"],
    ["NULL", "other"],
    ["whatever comes", "other"],
  ] as const)("takes %s for %s", (type, kind) => {
    expect(columnKind(type)).toBe(kind);
  });
});
