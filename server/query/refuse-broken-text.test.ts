import { describe, expect, it } from "vitest";
import { refuseBrokenText } from "./refuse-broken-text";

describe("text that nothing can keep", () => {
  it("is refused at its place, however deep it stands", () => {
    const errorsOf = (value: unknown) => {
      try {
        refuseBrokenText(value);
        return null;
      } catch (error) {
        return (error as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
      }
    };
    expect(errorsOf({ sql: "SELECT '\0'" })).toEqual(["/sql/8"]);
    expect(errorsOf({ sql: "SELECT '\u{1F600}\ud800'" })).toEqual(["/sql/10"]);
    expect(errorsOf({ parameters: [{ value: ["a", "b\0"] }] })).toEqual(["/parameters/0/value/1"]);
    expect(errorsOf({ sql: "SELECT '\\u0000'", parameters: [null, 1, true], at: new Date() })).toBeNull();
  });
});
