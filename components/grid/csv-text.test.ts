import { describe, expect, it } from "vitest";
import { csvText } from "./csv-text";

describe("csvText", () => {
  it("quotes what needs quotes and keeps NULL and the empty text apart", () => {
    expect(
      csvText(
        ["a", 'b"c'],
        [
          [null, ""],
          ["x,y", "two\nlines"],
        ],
      ),
    ).toBe('a,"b""c"\r\n,""\r\n"x,y","two\nlines"\r\n');
  });

  it("disarms formulas and leaves numbers alone", () => {
    expect(csvText(["a"], [["=1+1"], ["-5.20"], ["-x"], ["+1e-9"], [-3]])).toBe(
      "a\r\n'=1+1\r\n-5.20\r\n'-x\r\n+1e-9\r\n-3\r\n",
    );
  });
});
