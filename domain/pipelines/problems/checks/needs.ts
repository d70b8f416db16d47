import { nearestName } from "../../../shared/nearest-name";
import { soleNearName } from "../../../shared/sole-near-name";
import { findSecretReferences, SECRET_NAME } from "../../../sources/find-secret-references";
import type { LoosePipeline } from "../loose-pipeline";
import { mendSlip } from "../mend-slip";
import type { Problem } from "../problem";
import { workOf } from "./references";

/** What the work needs and cannot get: secrets, and more than the cluster has. What changed below it is told too. */
export function checkNeeds(pipeline: LoosePipeline): Problem[] {
  return pipeline.tasks.flatMap((task) =>
    workOf(task).flatMap((work) => [
      ...missingSecrets(work, task.task_id, pipeline),
      ...resources(work, task.task_id, pipeline),
      ...changes(work, task.task_id, pipeline),
    ]),
  );
}

type Work = ReturnType<typeof workOf>[number];

function missingSecrets(
  { type, config, at }: Work,
  taskId: string,
  { json, knowledge }: LoosePipeline,
): Problem[] {
  const { secrets } = knowledge;
  if (secrets === null) return [];
  return namedSecrets(type, config)
    .filter(({ name }) => SECRET_NAME.test(name) && !secrets.includes(name))
    .map(({ name, pointer }) => {
      const near = nearestName(name, secrets);
      return {
        pointer: at + pointer,
        taskId,
        severity: "error",
        code: "missing_secret",
        message: `The secret ${name} is not set.`,
        hint:
          near === null ? "Set it under Secrets." : `Did you mean ${near}? Otherwise set it under Secrets.`,
        ...mendSlip(json, at + pointer, name, soleNearName(name, secrets)),
      };
    });
}

function namedSecrets(type: string, config: Record<string, unknown>): { name: string; pointer: string }[] {
  if (type === "http") return findSecretReferences(config.headers, "/headers");
  if ((type !== "ray_train" && type !== "python") || !Array.isArray(config.secrets)) return [];
  return config.secrets.flatMap((name: unknown, place) =>
    typeof name === "string" ? [{ name, pointer: `/secrets/${place}` }] : [],
  );
}

const UNITS = { CPU: "CPUs", GPU: "GPUs", memory: "bytes of memory" } as const;
type Unit = keyof typeof UNITS;
const shown = (unit: Unit, amount: number) =>
  unit === "memory"
    ? `${Number((amount / 1_073_741_824).toFixed(2))} GiB of memory`
    : `${amount} ${UNITS[unit]}`;

function resources(work: Work, taskId: string, { knowledge }: LoosePipeline): Problem[] {
  const asked = askedOf(work);
  const { cluster } = knowledge;
  if (asked === null || cluster === null) return [];
  return (Object.keys(UNITS) as Unit[]).flatMap((unit): Problem[] => {
    const each = asked.each[unit];
    if (typeof each !== "number" || each <= 0) return [];
    const pointer = `${work.at}${asked.pointer}/${unit}`;
    const problem = { pointer, taskId, severity: "error", code: "impossible_resources" } as const;
    const total = cluster.total[unit];
    const largest = cluster.largest?.[unit] ?? total;
    if (largest !== null && each > largest) {
      const has = largest === 0 ? `no ${UNITS[unit]}` : `${shown(unit, largest)} at most`;
      return [
        {
          ...problem,
          message: `A worker asks for ${shown(unit, each)}; a machine of the cluster has ${has}.`,
          hint: "It would wait for ever. Ask for less, or add a larger machine.",
        },
      ];
    }
    if (total === null || each * asked.workers <= total) return [];
    return [
      {
        ...problem,
        severity: "warning",
        message: `${asked.workers} workers ask for ${shown(unit, each * asked.workers)}; the cluster has ${shown(unit, total)}.`,
        hint: "Only some of them would work. Take fewer workers or less for each.",
      },
    ];
  });
}

type Asked = { each: Partial<Record<Unit, unknown>>; workers: number; pointer: string };

function askedOf({ type, config }: Work): Asked | null {
  if (type === "ray_train") {
    const ray = config.ray_config as
      | { num_workers?: unknown; resources_per_worker?: unknown }
      | null
      | undefined;
    const workers = typeof ray?.num_workers === "number" ? ray.num_workers : 1;
    return asked(ray?.resources_per_worker, workers, "/ray_config/resources_per_worker");
  }
  return type === "python" ? asked(config.resources, 1, "/resources") : null;
}

const asked = (each: unknown, workers: number, pointer: string): Asked | null =>
  typeof each === "object" && each !== null ? { each: { CPU: 1, ...each }, workers, pointer } : null;

function changes({ type, config, at }: Work, taskId: string, { knowledge }: LoosePipeline): Problem[] {
  const { changed } = knowledge;
  if (changed === null) return [];
  const file = type === "ray_train" ? "training_script" : "script";
  const script = config[file];
  const isScript = type === "ray_train" || type === "python";
  const name = isScript && typeof script === "string" ? (script.split("/")[0] ?? "") : "";
  const skewed = { taskId, severity: "warning", code: "version_skew" } as const;
  const hint = "Nothing is to be done where the change is meant. The next run takes the new one.";
  if (changed.codePackages.includes(name)) {
    const message = `The code package ${name} has changed since this pipeline last succeeded.`;
    return [{ ...skewed, pointer: `${at}/${file}`, message, hint }];
  }
  const query = type === "sql_execute" ? config.query_ref : undefined;
  if (typeof query !== "string" || !changed.savedQueries.includes(query)) return [];
  const message = `The saved query ${query} has changed since this pipeline last succeeded.`;
  return [{ ...skewed, pointer: `${at}/query_ref`, message, hint }];
}
