import type { JobRunner, JobState, JobSubmission } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";

/** What a fake job does. A number that it returns is its exit code; throwing makes it fail too. `signal` fires when it is stopped. */
export type MemoryJob = (
  job: JobSubmission,
  log: (text: string) => void,
  signal: AbortSignal,
) => Promise<unknown>;

type Held = {
  state: JobState;
  text: string;
  changed: () => void;
  change: Promise<void>;
  stop: AbortController;
};

const hasEnded = ({ status }: JobState): boolean => status !== "queued" && status !== "running";

/** Jobs in this process: `perform` stands in for the shell. */
export function memoryJobRunner(perform: MemoryJob): JobRunner {
  const jobs = new Map<string, Held>();

  const find = (id: string): Held => {
    const held = jobs.get(id);
    if (held === undefined) throw new Failure("not_found", "There is no such job.");
    return held;
  };
  const announce = (held: Held) => {
    held.changed();
    held.change = new Promise((resolve) => {
      held.changed = resolve;
    });
  };
  const end = (held: Held, status: JobState["status"], message: string, exitCode: number | null) => {
    if (!hasEnded(held.state)) held.state = { ...held.state, status, message, exitCode, endedAt: new Date() };
    announce(held);
  };

  return {
    async submit(job) {
      if (!/^[A-Za-z0-9_-]+$/.test(job.id))
        throw new Failure("invalid_input", `"${job.id}" is not a job id.`);
      if (jobs.has(job.id)) return;
      const state: JobState = {
        status: "running",
        message: "",
        exitCode: null,
        startedAt: new Date(),
        endedAt: null,
      };
      const held: Held = {
        state,
        text: "",
        changed: () => {},
        change: Promise.resolve(),
        stop: new AbortController(),
      };
      jobs.set(job.id, held);
      announce(held);
      const log = (text: string) => {
        held.text += text;
        announce(held);
      };
      perform(job, log, held.stop.signal).then(
        (code) =>
          typeof code === "number" && code !== 0
            ? end(held, "failed", `exit code ${code}`, code)
            : end(held, "succeeded", "", 0),
        (error) => end(held, "failed", error instanceof Error ? error.message : String(error), 1),
      );
    },

    state: async (id) => find(id).state,

    async *tailLogs(id, signal) {
      const held = find(id);
      const left = new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve(), { once: true }),
      );
      let delivered = 0;
      while (!signal.aborted) {
        const change = held.change;
        const fresh = held.text.slice(delivered);
        delivered += fresh.length;
        if (fresh !== "") yield fresh;
        else if (hasEnded(held.state)) return;
        else await Promise.race([change, left]);
      }
    },

    async stop(id) {
      const held = jobs.get(id);
      if (held === undefined || hasEnded(held.state)) return;
      end(held, "cancelled", "Stopped.", null);
      held.stop.abort();
    },

    health: async () => ({ version: "memory", detail: "", cpus: 8, memoryBytes: 16 * 1024 ** 3 }),
  };
}
