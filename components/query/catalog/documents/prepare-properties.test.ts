import { describe, expect, it } from "vitest";
import { readProperties, spellProperties } from "./prepare-properties";

describe("properties of a catalog", () => {
  it("are one a line; a value may hold equals signs", () => {
    const text = "# an account\nconnection-url = jdbc:mysql://db:3306?a=b\n\nconnection-user=reader\nempty =";
    const properties = {
      "connection-url": "jdbc:mysql://db:3306?a=b",
      "connection-user": "reader",
      empty: "",
    };
    expect(readProperties(text)).toEqual({ properties });
    expect(readProperties(spellProperties(properties))).toEqual({ properties });
  });

  it("say which line is none, and which comes twice", () => {
    expect(readProperties("a = 1\nsecond")).toEqual({ problem: "Line 2 is not of the form name = value." });
    expect(readProperties("= 1")).toEqual({ problem: "Line 1 is not of the form name = value." });
    expect(readProperties("a = 1\n\na = 2")).toEqual({ problem: "Line 3 sets a a second time." });
  });
});
