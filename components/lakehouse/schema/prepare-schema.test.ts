import { describe, expect, it } from "vitest";
import { prepareShapes } from "./prepare-schema";

const column = { id: 1, name: "a", type: "bigint", required: false, doc: null };
const change = (kind: string, detail: string | null = null) => ({ kind, column: "c", detail });

describe("prepareShapes", () => {
  it("lists the newest first and says of the first how many columns it had", () => {
    const shapes = prepareShapes([
      { schemaId: 0, at: new Date(0), changes: [change("added")], columns: [column] },
      { schemaId: 3, at: null, changes: [change("renamed", "from b")], columns: [column] },
    ]);
    expect(shapes.map(({ number, schemaId }) => [number, schemaId])).toEqual([
      [2, 3],
      [1, 0],
    ]);
    expect(shapes[1]?.changes).toEqual([{ sign: "+", column: "1 column", words: "created" }]);
    expect(shapes[0]?.changes).toEqual([{ sign: "~", column: "c", words: "renamed from b" }]);
  });

  it.each([
    [change("added", "type double"), "+", "double"],
    [change("dropped", "type varchar"), "−", "dropped, was varchar"],
    [
      change("widened", "from decimal(6,2), type decimal(8,2)"),
      "~",
      "widened from decimal(6,2) to decimal(8,2)",
    ],
    [change("described", "doc Price in EUR"), "~", "Price in EUR"],
    [change("described"), "~", "its description changed"],
    [change("made_optional"), "~", "may be null now"],
    [change("moved_first", "x"), "~", "moved first, x"],
  ])("reads %o", (given, sign, words) => {
    const [shape] = prepareShapes([
      { schemaId: 0, at: null, changes: [], columns: [] },
      { schemaId: 1, at: null, changes: [given], columns: [] },
    ]);
    expect(shape?.changes).toEqual([{ sign, column: "c", words }]);
  });
});
