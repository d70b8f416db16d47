import { describe, expect, it } from "vitest";
import type { Role } from "../../../domain/workspaces/role";
import { type LimitScope, type LimitView, listLimits, setLimit } from "./limits";

function scopeOf(role: Role) {
  const rows = new Map<string, LimitView>();
  const audited: string[] = [];
  const db = {
    concurrencyLimit: {
      findMany: async () => [...rows.values()],
      upsert: async ({ create }: { create: LimitView }) => void rows.set(create.name, create),
      deleteMany: async ({ where }: { where: LimitView }) => void rows.delete(where.name),
    },
    auditEntry: { create: async ({ data }: { data: { action: string } }) => void audited.push(data.action) },
  };
  const scope = {
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: "u", name: "Ann" },
    clock: { now: () => new Date(0) },
    db,
  } as unknown as LimitScope;
  return { scope, audited };
}

describe("limits", () => {
  it("are set and taken away by admins, and written down", async () => {
    const { scope, audited } = scopeOf("admin");
    expect(await setLimit(scope, { kind: "type", name: "ray_train", most: 2 })).toEqual([
      { kind: "type", name: "ray_train", most: 2 },
    ]);
    expect(await setLimit(scope, { kind: "type", name: "ray_train", most: null })).toEqual([]);
    expect(audited).toEqual(["limit.set", "limit.removed"]);
  });

  it("are for what there is, and for admins alone to set", async () => {
    await expect(
      setLimit(scopeOf("admin").scope, { kind: "cluster", name: "moon", most: 1 }),
    ).rejects.toMatchObject({ code: "invalid_input", hint: "Known are ray." });
    const viewer = scopeOf("viewer").scope;
    expect(await listLimits(viewer)).toEqual([]);
    await expect(setLimit(viewer, { kind: "type", name: "http", most: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
