import type { LineageInput } from "../../../domain/datasets/data-set-record";
import type { RegisteredVersion } from "../../../domain/ports/model-registry";
import { Failure } from "../../../domain/shared/failure";
import type { DataSetScope } from "../data-set-scope";
import type { KnownDataSet, PublishedKind } from "./published-kind";

/** The alias in the registry that names the version that others see. */
export const PUBLISHED_ALIAS = "published";

const MOST_VERSIONS = 100;
const RUN_TAG = "benchwright.run_id";

type OwnVersion = RegisteredVersion & { pipeline: { id: string; pipelineId: string; number: number } };

/** Models: others see the version that the registry's alias names. A version belongs to the workspace whose run made it. */
export function modelKind(scope: DataSetScope): PublishedKind {
  const { tracker, workspace, origins } = scope;

  const requireTracker = () => {
    if (tracker !== null) return tracker;
    throw new Failure("engine_unavailable", "There is no experiment tracker here, so there are no models.", {
      hint: "See the status page.",
    });
  };
  const ownVersions = async (name?: string): Promise<OwnVersion[]> => {
    const versions = await requireTracker().registeredVersions(name);
    const runIds = [...new Set(versions.flatMap(({ tags }) => tags[RUN_TAG] ?? []))];
    const runs = new Map((await origins.runs(workspace.id, runIds)).map((run) => [run.id, run]));
    return versions.flatMap((version) => {
      const pipeline = runs.get(version.tags[RUN_TAG] ?? "");
      return pipeline === undefined ? [] : { ...version, pipeline };
    });
  };
  /** What others see: null too where the alias names a version of another workspace. */
  const published = (versions: OwnVersion[], aliases: Record<string, string>): string | null => {
    const version = aliases[versions[0]?.name ?? ""];
    return versions.some((each) => each.version === version) ? (version ?? null) : null;
  };
  const known = (versions: OwnVersion[], aliases: Record<string, string>): KnownDataSet | null => {
    const [newest] = versions;
    if (newest === undefined) return null;
    const { pipeline } = newest;
    const label = `${pipeline.pipelineId} #${pipeline.number}`;
    return {
      name: newest.name,
      title: newest.name,
      currentVersion: newest.version,
      publishedVersion: published(versions, aliases),
      updatedAt: newest.createdAt,
      updatedBy: label,
      inputs: [{ kind: "run", name: pipeline.id, label, parent: pipeline.pipelineId, url: null }],
    };
  };
  const trackedInputs = async ({ runId }: OwnVersion): Promise<LineageInput[]> => {
    try {
      const run = await requireTracker().run(runId);
      const dataset = run.tags.dataset;
      const tracked: LineageInput = {
        kind: "tracked_run",
        name: runId,
        label: runId,
        parent: null,
        url: run.url,
      };
      if (dataset === undefined) return [tracked];
      return [tracked, { kind: "table", name: dataset, label: dataset, parent: null, url: null }];
    } catch (error) {
      if (error instanceof Failure && error.code === "not_found") return [];
      throw error;
    }
  };

  return {
    async list() {
      if (tracker === null) return [];
      const [versions, aliases] = await Promise.all([ownVersions(), tracker.aliased(PUBLISHED_ALIAS)]);
      const byName = new Map<string, OwnVersion[]>();
      for (const version of versions)
        byName.set(version.name, [...(byName.get(version.name) ?? []), version]);
      return [...byName.values()].flatMap((own) => known(own, aliases) ?? []);
    },

    async describe(name) {
      if (tracker === null) return null;
      const [versions, aliases] = await Promise.all([ownVersions(name), tracker.aliased(PUBLISHED_ALIAS)]);
      const record = known(versions, aliases);
      const [newest] = versions;
      if (record === null || newest === undefined) return null;
      return {
        ...record,
        inputs: [...record.inputs, ...(await trackedInputs(newest))],
        versions: versions.slice(0, MOST_VERSIONS).map(({ version, createdAt, pipeline, tags }) => ({
          version,
          at: createdAt,
          by: `${pipeline.pipelineId} #${pipeline.number}`,
          detail: detailOf(tags),
        })),
        branches: [],
      };
    },

    async choose(name, { version, branch, check }) {
      if (branch !== undefined || check !== undefined)
        throw new Failure("invalid_input", "A model has no branches. Name a version.");
      const versions = await ownVersions(name);
      if (!versions.some((each) => each.version === version))
        throw new Failure("not_found", `There is no version ${version} of ${name}.`);
      const current = (await requireTracker().aliased(PUBLISHED_ALIAS))[name];
      if (current !== undefined && published(versions, { [name]: current }) === null)
        throw new Failure("conflict", `Another workspace has published a model of the name ${name}.`, {
          hint: "Register the model under a name of its own.",
        });
      return { version: version ?? "", branch: null };
    },

    async move(name, { version, previousVersion }) {
      const registry = requireTracker();
      const current = (await registry.aliased(PUBLISHED_ALIAS))[name] ?? null;
      if (current !== previousVersion)
        throw new Failure("conflict", `The alias ${PUBLISHED_ALIAS} of ${name} was moved meanwhile.`, {
          hint: "Look at the model again.",
        });
      if (version === null) await registry.removeAlias(name, PUBLISHED_ALIAS);
      else await registry.setAlias(name, PUBLISHED_ALIAS, version);
    },

    async hasMoved(name, { version }) {
      return ((await requireTracker().aliased(PUBLISHED_ALIAS))[name] ?? null) === version;
    },
  };
}

/** The tags that the registration was given, less those that only say where it came from. */
const detailOf = (tags: Record<string, string>): string =>
  Object.entries(tags)
    .filter(([key]) => !key.startsWith("benchwright.") && !key.startsWith("mlflow."))
    .map(([key, value]) => `${key} ${value}`)
    .slice(0, 4)
    .join(", ");
