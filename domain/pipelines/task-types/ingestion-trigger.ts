import { z } from "zod";
import { Duration } from "../document/fields";
import type { TaskType } from "./task-type";

const IngestionTriggerConfig = z.strictObject({
  connections: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z0-9_-]{0,62}$/, "Write the name of a connection, for example shopify-orders"),
    )
    .min(1, "Name at least one connection")
    .meta({
      title: "Connections",
      description: "Each is synced, all at the same time.",
      examples: [["shopify-orders", "inventory-db"]],
    }),
  wait_for_completion: z
    .boolean()
    .default(true)
    .meta({ title: "Wait for the syncs", description: "Without it the task ends once they are started." }),
  timeout: Duration.optional().meta({
    title: "Longest wait",
    description: "After it the task fails; the syncs are stopped.",
    examples: ["30m"],
  }),
});
type IngestionTriggerConfig = z.infer<typeof IngestionTriggerConfig>;

export const ingestionTrigger = {
  type: "ingestion_trigger",
  label: "Sync connections",
  summary: "Syncs connections and waits until their tables are up to date.",
  group: "get_data",
  config: IngestionTriggerConfig,
  initial: { connections: [], wait_for_completion: true },
  maxAttempts: 1,
  unavailable: null,
  check: ({ config }) =>
    config.connections.flatMap((name, place) =>
      config.connections.indexOf(name) === place
        ? []
        : [
            {
              pointer: `/config/connections/${place}`,
              message: `"${name}" is listed twice. Remove one of them.`,
            },
          ],
    ),
} as const satisfies TaskType<"ingestion_trigger", IngestionTriggerConfig>;
