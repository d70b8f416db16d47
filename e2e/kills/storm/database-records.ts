import pg from "pg";

export type Delivery = { id: string; runId: string; status: string };

/** What the instance's databases say of the runs of a pipeline; `server` is the address of an administrator. */
export function databaseRecords(server: string, pipelineId: string) {
  async function ask<Row extends pg.QueryResultRow>(
    database: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    const address = Object.assign(new URL(server), { pathname: `/${database}` });
    const client = new pg.Client({ connectionString: address.href });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }
  const ofRuns = `"runId" IN (SELECT id FROM "Run" WHERE "pipelineId" = $1)`;
  const FINAL = "('succeeded', 'failed', 'cancelled', 'skipped')";

  return {
    /** Attempts and tasks that have not ended. */
    open: () =>
      ask<{ what: string }>(
        "benchwright",
        `SELECT 'attempt ' || "runId" || ' ' || "taskId" || ' ' || number || ' ' || status AS what FROM "Attempt"
           WHERE ${ofRuns} AND status NOT IN ${FINAL}
         UNION ALL SELECT 'task ' || "runId" || ' ' || "taskId" || ' ' || status FROM "TaskRun"
           WHERE ${ofRuns} AND status NOT IN ${FINAL}`,
        [pipelineId],
      ),
    deliveries: () =>
      ask<Delivery>("benchwright", `SELECT id, "runId", status FROM "NotificationDelivery" WHERE ${ofRuns}`, [
        pipelineId,
      ]),
    /** Workflows of these runs that DBOS has not ended. */
    openWorkflows: async (runIds: readonly string[]): Promise<string[]> => {
      const rows = await ask<{ workflow_uuid: string }>(
        "benchwright_dbos",
        "SELECT workflow_uuid FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED') AND workflow_uuid = ANY($1)",
        [runIds],
      );
      return rows.map(({ workflow_uuid }) => workflow_uuid);
    },
  };
}
