import { describe, expect, it } from "vitest";
import { ALL_ROOMS, roomHref, roomOfPath } from "./rooms";

describe("rooms", () => {
  it("have letters and paths of their own", () => {
    expect(new Set(ALL_ROOMS.map(({ letter }) => letter)).size).toBe(ALL_ROOMS.length);
    expect(new Set(ALL_ROOMS.map(({ path }) => path)).size).toBe(ALL_ROOMS.length);
  });

  it("are found again from their own address and from what lies below it", () => {
    for (const room of ALL_ROOMS) expect(roomOfPath(roomHref("sample", room), "sample")).toBe(room);
    expect(roomOfPath("/sample/pipelines/a/runs/7", "sample")?.key).toBe("pipelines");
    expect(roomOfPath("/other/pipelines", "sample")).toBeNull();
  });
});
