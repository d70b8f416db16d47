import { describe, expect, it } from "vitest";
import { sharesSlots, slotPrefix } from "./replication-slots";

const document = (replication_method: unknown, more: object = {}) => ({
  connector: "source-postgres",
  config: { host: "db", port: 5432, database: "shop", replication_method, ...more },
});
const CDC = { method: "cdc", replication_slot: "bench", publication: "feed" };

describe("the replication slots of a connection", () => {
  it("are those of a PostgreSQL source that is read by its log", () => {
    expect(slotPrefix(document(CDC))).toBe("bench");
    expect(slotPrefix(document({ ...CDC, method: "CDC" }))).toBe("bench");
    expect(slotPrefix(document({ method: "xmin" }))).toBeNull();
    expect(slotPrefix({ ...document(CDC), connector: "source-faker" })).toBeNull();
    expect(slotPrefix(null)).toBeNull();
    expect(slotPrefix({ connector: "source-postgres" })).toBeNull();
  });

  it("are shared by two connections to one database under one prefix", () => {
    expect(sharesSlots(document(CDC), document(CDC, { port: "5432", username: "other" }))).toBe(true);
    expect(sharesSlots(document(CDC), document({ ...CDC, replication_slot: "other" }))).toBe(false);
    expect(sharesSlots(document(CDC), document(CDC, { database: "stock" }))).toBe(false);
    expect(sharesSlots(document({ method: "xmin" }), document({ method: "xmin" }))).toBe(false);
  });
});
