import type { ExperimentTracker, ModelVersion, TrackedRun } from "../../../domain/ports/experiment-tracker";
import { Failure } from "../../../domain/shared/failure";

type Held = ModelVersion & { createdAt: Date };

export type MemoryTracker = ExperimentTracker & {
  /** Stands in for a job that logs a finished run. */
  addRun(run: Pick<TrackedRun, "experimentId"> & Partial<TrackedRun>): TrackedRun;
  addModelVersion(version: ModelVersion): void;
};

const TAG_FILTER = /^tags\.`?([^`=\s]+)`?\s*=\s*'([^']*)'$/;

/** A tracker in this process. Its filters are one tag or nothing. */
export function memoryTracker(): MemoryTracker {
  const experiments = new Map<string, string>();
  const runs = new Map<string, TrackedRun>();
  const versions: Held[] = [];
  const aliases = new Map<string, Map<string, string>>();

  const find = (id: string): TrackedRun => {
    const run = runs.get(id);
    if (run === undefined) throw new Failure("not_found", "There is no such run.");
    return run;
  };

  return {
    trackingUri: "memory://tracker",

    addRun({ experimentId, ...rest }) {
      const id = rest.id ?? `run-${runs.size + 1}`;
      const url = `memory://tracker/${experimentId}/${id}`;
      const run = { status: "FINISHED", params: {}, metrics: {}, tags: {}, url, ...rest, id, experimentId };
      runs.set(id, run);
      return run;
    },
    addModelVersion: (version) =>
      void versions.push({ ...version, createdAt: new Date(Date.UTC(2024, 0, 1) + versions.length) }),

    async ensureExperiment(name) {
      const id = experiments.get(name) ?? String(experiments.size + 1);
      experiments.set(name, id);
      return id;
    },

    async searchRuns(experimentName, filter, limit) {
      const [, key, value] = TAG_FILTER.exec(filter) ?? [];
      const holds = (run: TrackedRun) => key === undefined || run.tags[key] === value;
      const experimentId = experiments.get(experimentName);
      return [...runs.values()]
        .filter((run) => run.experimentId === experimentId && holds(run))
        .slice(0, limit);
    },

    run: async (id) => structuredClone(find(id)),
    logMetrics: async (id, metrics) => void Object.assign(find(id).metrics, metrics),
    setTags: async (id, tags) => void Object.assign(find(id).tags, tags),
    failRun: async (id) => {
      const run = find(id);
      if (run.status === "RUNNING") run.status = "FAILED";
    },
    modelVersions: async (runId) => versions.filter((version) => version.runId === runId),

    registeredVersions: async (name) =>
      versions.filter((version) => name === undefined || version.name === name).reverse(),
    aliased: async (alias) => Object.fromEntries(aliases.get(alias) ?? []),
    setAlias: async (name, alias, version) => {
      if (!versions.some((each) => each.name === name && each.version === version))
        throw new Failure("not_found", `There is no version ${version} of ${name}.`);
      aliases.set(alias, new Map([...(aliases.get(alias) ?? []), [name, version]]));
    },
    removeAlias: async (name, alias) => void aliases.get(alias)?.delete(name),
    health: async () => ({ version: "memory", detail: "" }),
  };
}
