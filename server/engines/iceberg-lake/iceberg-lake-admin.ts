import type { LakeAdmin, MaintenanceAction, MaintenancePlan } from "../../../domain/ports/lake-admin";
import { type LakeSettings, lakeCall } from "./lake-call";
import {
  addressed,
  DetailWire,
  FilesWire,
  HistoryWire,
  MovedWire,
  PartitionsWire,
  PlanWire,
  SnapshotsWire,
} from "./wire";

/** History, refs and upkeep of the Iceberg tables, through the one service that writes them. */
export function icebergLakeAdmin(settings: LakeSettings): LakeAdmin {
  const call = lakeCall(settings);
  const pathOf = (workspaceId: string, name: string, rest = "") =>
    `${encodeURIComponent(workspaceId)}/tables/${addressed(name)}${rest}`;

  const maintain = async (path: string, action: MaintenanceAction, body: Record<string, unknown>) => {
    const { snapshotId, ...plan } = PlanWire.parse(await call("POST", path, { action, ...body }));
    return { plan: { ...plan, action } satisfies MaintenancePlan, snapshotId };
  };

  return {
    describe: async (workspaceId, name) => DetailWire.parse(await call("GET", pathOf(workspaceId, name))),

    async snapshots(workspaceId, name, page) {
      const { items, nextCursor } = SnapshotsWire.parse(
        await call("GET", pathOf(workspaceId, name, "/snapshots"), page),
      );
      return { items, nextCursor };
    },

    history: async (workspaceId, name) =>
      HistoryWire.parse(await call("GET", pathOf(workspaceId, name, "/history"))),

    async files(workspaceId, name, { snapshotId, ...page }) {
      const path = pathOf(workspaceId, name, "/files");
      return FilesWire.parse(await call("GET", path, { ...page, snapshot_id: snapshotId }));
    },

    partitions: async (workspaceId, name, { snapshotId, ref }) =>
      PartitionsWire.parse(
        await call("GET", pathOf(workspaceId, name, "/partitions"), { ref, snapshot_id: snapshotId }),
      ),

    async rollback(workspaceId, name, { snapshotId, writtenBy }) {
      const body = { snapshot_id: snapshotId, written_by: writtenBy };
      const moved = MovedWire.parse(await call("POST", pathOf(workspaceId, name, "/rollbacks"), body));
      return { name: "main", snapshotId: moved.snapshot_id };
    },

    async createRef(workspaceId, name, { type, name: refName, snapshotId, writtenBy }) {
      const path = pathOf(workspaceId, name, type === "branch" ? "/branches" : "/tags");
      const from = type === "branch" ? { from_snapshot_id: snapshotId } : { snapshot_id: snapshotId };
      const made = MovedWire.parse(
        await call("POST", path, { name: refName, ...from, written_by: writtenBy }),
      );
      return { name: refName, type, snapshotId: made.snapshot_id };
    },

    async dropRef(workspaceId, name, { type, name: refName }) {
      const place = type === "branch" ? "branches" : "tags";
      await call("DELETE", pathOf(workspaceId, name, `/${place}/${encodeURIComponent(refName)}`));
    },

    async publish(workspaceId, name, { name: branch, writtenBy, expectedSnapshotId }) {
      const path = pathOf(workspaceId, name, `/branches/${encodeURIComponent(branch)}/fast-forward`);
      const body = { written_by: writtenBy, expected_snapshot_id: expectedSnapshotId };
      const moved = MovedWire.parse(await call("POST", path, body));
      return { name: "main", snapshotId: moved.snapshot_id };
    },

    async plan(workspaceId, name, { action, options = {} }) {
      const path = pathOf(workspaceId, name, "/maintenance");
      return (await maintain(path, action, { options, dryRun: true })).plan;
    },

    async execute(workspaceId, name, { action, options = {}, planId, writtenBy }) {
      const path = pathOf(workspaceId, name, "/maintenance");
      const body = { options, dryRun: false, plan_id: planId, written_by: writtenBy };
      const { plan, snapshotId } = await maintain(path, action, body);
      return { ...plan, executed: true, snapshotId };
    },

    async drop(workspaceId, name) {
      await call("DELETE", pathOf(workspaceId, name));
    },
  };
}
