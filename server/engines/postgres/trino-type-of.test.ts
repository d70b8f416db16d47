import { expect, it } from "vitest";
import { trinoTypeOf } from "./trino-type-of";

it.each([
  ["bigint", "bigint"],
  ["numeric(12,2)", "decimal(12,2)"],
  ["numeric", "varchar"],
  ["numeric(2,-3)", "varchar"],
  ["numeric(3,5)", "decimal(5,5)"],
  ["numeric(50,2)", "varchar"],
  ["character varying(20)", "varchar(20)"],
  ["character varying", "varchar"],
  ["character(3)", "char(3)"],
  ["timestamp without time zone", "timestamp(6)"],
  ["timestamp(3) with time zone", "timestamp(3) with time zone"],
  ["time(0) without time zone", "time(0)"],
  ["time with time zone", "varchar"],
  ["interval", "varchar"],
  ["jsonb", "json"],
  ["integer[]", "array(integer)"],
  ["numeric(12,2)[]", "array(decimal(12,2))"],
  ["mood", "varchar"],
])("PostgreSQL's %s is Trino's %s", (type, expected) => {
  expect(trinoTypeOf(type)).toBe(expected);
});
