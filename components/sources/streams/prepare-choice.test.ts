import { describe, expect, it } from "vitest";
import type { DiscoveredStream } from "@/domain/sources/connector-view";
import { chooseAll, editEntries, prepareChoice } from "./prepare-choice";

const stream = (over: Partial<DiscoveredStream>): DiscoveredStream => ({
  name: "orders",
  namespace: "public",
  syncModes: ["full_refresh", "incremental"],
  sourceDefinedCursor: false,
  defaultCursorField: [],
  primaryKey: [["id"]],
  columns: [
    { name: "id", type: "integer" },
    { name: "shipped_on", type: "date" },
    { name: "updated_at", type: "timestamp with time zone" },
  ],
  jsonSchema: {},
  ...over,
});

const found = [
  stream({}),
  stream({ name: "items", syncModes: ["full_refresh"], primaryKey: [] }),
  stream({ name: "events", sourceDefinedCursor: true, defaultCursorField: ["seq"] }),
];

describe("prepareChoice", () => {
  it("shows what the source has, what is chosen of it, and likely cursors first", () => {
    const [orders, items] = prepareChoice(found, [
      { name: "orders", sync_mode: "incremental", cursor_field: "id" },
    ]);
    expect(orders).toMatchObject({
      isChosen: true,
      cursor: "id",
      primaryKey: ["id"],
      hasOwnKey: true,
      problem: null,
    });
    expect(orders?.columns.map(({ name }) => name)).toEqual(["updated_at", "shipped_on", "id"]);
    expect(items).toMatchObject({ isChosen: false, modes: ["full_refresh"] });
  });

  it("keeps a stream that the document names and the source does not have", () => {
    const gone = { name: "gone", sync_mode: "full_refresh" };
    expect(prepareChoice(found, [gone])[0]).toMatchObject({
      name: "gone",
      problem: "The source has no such stream.",
    });
    expect(prepareChoice(null, [gone])[0]).toMatchObject({ isChosen: true, problem: null });
  });

  it("asks for a cursor only where one must be chosen", () => {
    const rows = prepareChoice(found, [
      { name: "orders", sync_mode: "incremental" },
      { name: "events", sync_mode: "incremental" },
      { name: "items", sync_mode: "incremental" },
    ]);
    expect(rows.map(({ problem }) => problem)).toEqual([
      "Choose the column that tells what is new.",
      "The source cannot read it as incremental.",
      null,
    ]);
    const [wrong] = prepareChoice(found, [
      { name: "orders", sync_mode: "incremental", cursor_field: "nope" },
    ]);
    expect(wrong?.problem).toBe("There is no column nope.");
  });

  it("survives what is no list of streams", () => {
    expect(prepareChoice(null, "orders")).toEqual([]);
    expect(prepareChoice(null, [1, null, { sync_mode: "full_refresh" }])).toEqual([]);
  });
});

describe("editEntries", () => {
  it("adds a stream as the source suggests it and takes it away again", () => {
    const events = { name: "events", namespace: "public" };
    const added = editEntries([], events, { kind: "choose", isChosen: true }, found);
    expect(added).toEqual([{ name: "events", namespace: "public", sync_mode: "incremental" }]);
    expect(editEntries(added, events, { kind: "choose", isChosen: false }, found)).toEqual([]);
  });

  it("changes one entry and keeps what the others say, unknown fields too", () => {
    const streams = [
      { name: "orders", sync_mode: "full_refresh", destination: "lake.a.b" },
      { name: "items", sync_mode: "full_refresh" },
    ];
    const orders = { name: "orders", namespace: "public" };
    const incremental = editEntries(streams, orders, { kind: "mode", mode: "incremental" }, found);
    const withCursor = editEntries(incremental, orders, { kind: "cursor", column: "updated_at" }, found);
    const withKey = editEntries(withCursor, orders, { kind: "key", columns: ["id", "day"] }, found);
    expect(withKey).toEqual([
      {
        name: "orders",
        sync_mode: "incremental",
        destination: "lake.a.b",
        cursor_field: "updated_at",
        primary_key: ["id", "day"],
      },
      { name: "items", sync_mode: "full_refresh" },
    ]);
    const back = editEntries(withKey, orders, { kind: "mode", mode: "full_refresh" }, found);
    expect(back[0]).not.toHaveProperty("cursor_field");
    expect(back[0]?.primary_key).toEqual(["id", "day"]);
  });

  it("chooses all and none", () => {
    const rows = prepareChoice(found, []);
    const all = chooseAll([], rows, true, found);
    expect(all.map(({ name, sync_mode }) => [name, sync_mode])).toEqual([
      ["orders", "full_refresh"],
      ["items", "full_refresh"],
      ["events", "incremental"],
    ]);
    expect(chooseAll(all, rows, false, found)).toEqual([]);
  });
});
