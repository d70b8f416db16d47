import { expect, it } from "vitest";
import { prepareAuditDetail } from "./prepare-audit-detail";

it("lists the facts, leaves nulls out and keeps what is nested readable", () => {
  expect(prepareAuditDetail({ from: "viewer", to: "admin", id: null, of: { a: 1 } })).toBe(
    'from viewer, to admin, of {"a":1}',
  );
  expect(prepareAuditDetail({})).toBe("");
});
