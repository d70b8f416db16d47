import { expect, it } from "vitest";
import { insertText, peekText } from "./insert-text";

it("spells names with quotes only where they need them", () => {
  expect(insertText({ parts: ["lake", "my shop", "order"] })).toBe('lake."my shop"."order"');
  expect(peekText({ parts: ["lake", "grocery", "sales"] })).toBe(
    "SELECT *\nFROM lake.grocery.sales\nLIMIT 100",
  );
});
