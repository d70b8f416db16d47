import { randomUUID } from "node:crypto";
import type { Db } from "../../workspaces/index";
import { prismaNotificationStore } from "../notifications/notification-rows";
import { prismaTriggerStore } from "./trigger-rows";

/** A workspace with a pipeline whose active version has a schedule and rules for messages. */
export async function contractPipeline(db: Db) {
  const workspace = await db.workspace.create({ data: { slug: `w-${randomUUID()}`, name: "W" } });
  const where = { workspaceId: workspace.id, pipelineId: "p" };
  const document = {
    pipeline_id: "p",
    name: "P",
    schedule: { cron: "0 2 * * *", time_zone: "Europe/Prague" },
    max_active_runs: 2,
    priority: 5,
    tasks: [{ task_id: "a", type: "sql_execute", config: {} }],
    notifications: {
      on_failure: { channel: "slack", target: "#alerts", include_logs: true },
      on_success: [{ channel: "email", target: "ann@example.org" }],
    },
  };
  await db.pipelineVersion.create({ data: { ...where, version: 1, createdBy: "Ann", document } });
  await db.pipeline.create({ data: { ...where, activeVersion: 1 } });
  let number = 0;
  const run = (more: object = {}) => {
    number += 1;
    const data = {
      id: randomUUID(),
      ...where,
      pipelineVersion: 1,
      number,
      status: "queued",
      startedBy: "Ann",
    };
    return db.run.create({ data: { ...data, createdAt: new Date("2026-01-05T10:00Z"), ...more } });
  };
  return {
    db,
    where,
    run,
    triggers: prismaTriggerStore(db),
    notifications: prismaNotificationStore(db),
  };
}
