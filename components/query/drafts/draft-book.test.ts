import { describe, expect, it } from "vitest";
import { isUnsaved } from "./draft";
import {
  activeDraft,
  addDraft,
  changeDraft,
  closeDraft,
  firstBook,
  freeTitle,
  newDraft,
  reopenDraft,
  selectDraft,
  stepDraft,
  takeOver,
} from "./draft-book";

const three = () =>
  ["b", "c"].reduce((book, id) => addDraft(book, newDraft(id, { title: id, text: `SELECT '${id}'` })), {
    ...firstBook("a"),
  });

describe("a book of drafts", () => {
  it("opens a text behind the active one and makes it active", () => {
    const book = addDraft(selectDraft(three(), "a"), newDraft("d"));
    expect(book.drafts.map(({ id }) => id)).toEqual(["a", "d", "b", "c"]);
    expect(activeDraft(book).id).toBe("d");
  });

  it("names new texts by the first free number", () => {
    expect(freeTitle(firstBook("a"))).toBe("query 2");
    expect(freeTitle(changeDraft(firstBook("a"), "a", { title: "sales" }))).toBe("query 1");
  });

  it("steps around the end", () => {
    expect(stepDraft(three(), 1).activeId).toBe("a");
    expect(stepDraft(selectDraft(three(), "a"), -1).activeId).toBe("c");
  });

  it("closes a text, takes its neighbour, and brings it back where it is asked for", () => {
    const closed = closeDraft(selectDraft(three(), "b"), "b", "x");
    expect(closed.activeId).toBe("c");
    expect(activeDraft(reopenDraft(closed)).text).toBe("SELECT 'b'");
    expect(reopenDraft(closed).closed).toEqual([]);
  });

  it("is never empty", () => {
    const book = closeDraft(firstBook("a"), "a", "x");
    expect(book.drafts.map(({ id }) => id)).toEqual(["x"]);
    expect(book.closed).toEqual([]);
  });

  it("does not select what is not open", () => {
    expect(selectDraft(three(), "nothing").activeId).toBe("c");
  });

  it("keeps the active text when another one is closed", () => {
    expect(closeDraft(three(), "a", "x").activeId).toBe("c");
  });
});

describe("an unsaved text", () => {
  it("is one with words in it, or one that differs from the version it came from", () => {
    const saved = { name: "sales", version: 3, sql: "SELECT 1", dialect: "trino" as const, chart: null };
    expect(isUnsaved(newDraft("a", { text: " \n" }))).toBe(false);
    expect(isUnsaved(newDraft("a", { text: "SELECT 1" }))).toBe(true);
    expect(isUnsaved(newDraft("a", { text: "SELECT 1", saved }))).toBe(false);
    expect(isUnsaved(newDraft("a", { text: "SELECT 2", saved }))).toBe(true);
    expect(isUnsaved(newDraft("a", { text: "SELECT 1", dialect: "duckdb", saved }))).toBe(true);
    expect(isUnsaved(newDraft("a", { text: "SELECT 1", chart: { kind: "bar" }, saved }))).toBe(true);
  });
});

describe("taking over from another tab of the browser", () => {
  it("keeps what the other tab wrote, and puts what was changed here beside it", () => {
    const opened = three();
    const kept = changeDraft(opened, "b", { text: "written there" });
    const here = changeDraft(opened, "b", { text: "written here" });
    const book = takeOver(kept, here, opened, () => "fresh");
    expect(book.drafts.map(({ id, text }) => [id, text])).toEqual([
      ["a", ""],
      ["b", "written there"],
      ["c", "SELECT 'c'"],
      ["fresh", "written here"],
    ]);
  });

  it("adds nothing where nothing was changed here", () => {
    const opened = three();
    const kept = changeDraft(opened, "b", { text: "written there" });
    expect(takeOver(kept, opened, opened, () => "fresh")).toEqual(kept);
  });
});
