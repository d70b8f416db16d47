import { setTimeout as pause } from "node:timers/promises";
import { fetchTemporal } from "../../../scripts/lib/live/fetch-temporal.mjs";
import { startTemporal } from "../../../scripts/lib/live/temporal.mjs";
import { isAlive } from "../../../scripts/lib/process-table.mjs";
import { runCommand } from "../../../scripts/lib/run-command.mjs";

const AWAY_MS = 1_000;

/** A server for development at `address` that keeps its workflows in `folder`, and is there again soon after it was killed. */
export async function temporalUnderFire(address: string, folder: string) {
  const port = Number(address.split(":")[1]);
  const start = () => startTemporal({ folder, keeps: true, port, uiPort: undefined });
  let isOver = false;
  let server = await start();
  let starting: Promise<void> = Promise.resolve();

  async function again(): Promise<void> {
    while (!isOver) {
      await pause(AWAY_MS);
      try {
        server = await start();
        return;
      } catch (error) {
        console.log(`  Temporal did not come back: ${(error as Error).message}`);
      }
    }
  }

  const standing = (): number[] => {
    const { pid } = server;
    return pid === undefined || !isAlive(pid) ? [] : [pid];
  };

  return {
    standing,
    kill(): number[] {
      const pids = standing();
      for (const pid of pids) process.kill(pid, "SIGKILL");
      if (pids.length > 0) starting = again();
      return pids;
    },
    /** Ids of the workflows that go on. */
    async openWorkflows(): Promise<string[]> {
      await starting;
      const program = await fetchTemporal({ log: undefined });
      const args = ["workflow", "list", "--address", address, "--query", 'ExecutionStatus="Running"'];
      const stdout = String(await runCommand(program, [...args, "--output", "json"]));
      const found = JSON.parse(stdout || "[]") as { execution: { workflowId: string } }[];
      return found.map(({ execution }) => execution.workflowId);
    },
    async stop(): Promise<void> {
      isOver = true;
      await starting;
      await server.stop();
    },
  };
}
