import { createHash } from "node:crypto";
import type { JobRunner, JobState, JobStatus, JobSubmission } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";
import { type RayConnection, rayFailure, rayJson, rayRequest } from "./ray-http";
import { rayLogTail } from "./ray-log-tail";

const STATUS: Record<string, JobStatus> = {
  PENDING: "queued",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  STOPPED: "cancelled",
};

const JOB_ID = /^[A-Za-z0-9_-]{1,200}$/;

type RayJob = {
  status: string;
  message: string | null;
  start_time: number | null;
  end_time: number | null;
  /** Not told by clusters of old. */
  driver_exit_code?: number | null;
};
type RayNode = { raylet?: { state?: string; resourcesTotal?: { CPU?: number; memory?: number } } };

const askedOf = ({ resources }: JobSubmission) =>
  resources === undefined
    ? {}
    : {
        entrypoint_num_cpus: resources.cpus,
        ...(resources.gpus === undefined ? {} : { entrypoint_num_gpus: resources.gpus }),
        ...(resources.memoryBytes === undefined ? {} : { entrypoint_memory: resources.memoryBytes }),
      };

/** Jobs of a Ray cluster, over the HTTP address of its dashboard. Ray forgets its jobs when its head restarts. */
export function rayJobRunner(connection: RayConnection): JobRunner {
  const state = async (id: string): Promise<JobState> => {
    const job = rayJson<RayJob>(await rayRequest(connection, "GET", pathOf(id)));
    return {
      status: STATUS[job.status] ?? "failed",
      message: job.message ?? "",
      exitCode: job.driver_exit_code ?? null,
      startedAt: job.start_time === null ? null : new Date(job.start_time),
      endedAt: job.end_time === null ? null : new Date(job.end_time),
    };
  };

  return {
    async submit(job) {
      const answer = await rayRequest(connection, "POST", "/api/jobs/", {
        entrypoint: job.entrypoint,
        submission_id: plainId(job.id),
        metadata: job.metadata,
        ...askedOf(job),
        runtime_env: { env_vars: job.env, working_dir: await upload(connection, job.package) },
      });
      if (answer.status < 300) return;
      if (/already exists/i.test(answer.text)) return;
      throw rayFailure(answer);
    },

    state,

    tailLogs(id, signal) {
      return rayLogTail({
        connection,
        id: plainId(id),
        signal,
        ended: async () => ["succeeded", "failed", "cancelled"].includes((await state(id)).status),
        wholeLog: async () =>
          rayJson<{ logs: string }>(await rayRequest(connection, "GET", `${pathOf(id)}/logs`)).logs,
      });
    },

    async stop(id) {
      const answer = await rayRequest(connection, "POST", `${pathOf(id)}/stop`);
      if (answer.status >= 300 && answer.status !== 404) throw rayFailure(answer);
    },

    async health() {
      const [version, nodes] = await Promise.all([
        rayRequest(connection, "GET", "/api/version"),
        rayRequest(connection, "GET", "/nodes?view=summary"),
      ]);
      const { ray_version } = rayJson<{ ray_version: string }>(version);
      const { data } = rayJson<{ data: { summary: RayNode[] } }>(nodes);
      const alive = data.summary.filter((node) => node.raylet?.state === "ALIVE");
      const total = (resource: "CPU" | "memory") =>
        alive.reduce((sum, node) => sum + (node.raylet?.resourcesTotal?.[resource] ?? 0), 0);
      const [cpus, memoryBytes] = [total("CPU"), total("memory")];
      const gib = (memoryBytes / 1024 ** 3).toFixed(1);
      const nodesText = alive.length === 1 ? "1 node" : `${alive.length} nodes`;
      return { version: ray_version, detail: `${nodesText}, ${cpus} CPUs, ${gib} GiB`, cpus, memoryBytes };
    },
  };
}

const pathOf = (id: string): string => `/api/jobs/${plainId(id)}`;

function plainId(id: string): string {
  if (!JOB_ID.test(id)) throw new Failure("invalid_input", `"${id}" is not a job id.`);
  return id;
}

/** Stores the zip under its hash, unless the cluster holds it already, and returns its URI. */
async function upload(connection: RayConnection, zip: Uint8Array): Promise<string> {
  const name = `_ray_pkg_${createHash("sha256").update(zip).digest("hex").slice(0, 32)}.zip`;
  const path = `/api/packages/gcs/${name}`;
  const found = await rayRequest(connection, "GET", path);
  if (found.status === 404) {
    const stored = await rayRequest(connection, "PUT", path, zip);
    if (stored.status >= 300) throw rayFailure(stored);
  } else if (found.status >= 300) {
    throw rayFailure(found);
  }
  return `gcs://${name}`;
}
