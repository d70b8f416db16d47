import type { ModelRegistry, RegisteredVersion } from "../../../domain/ports/model-registry";
import { Failure } from "../../../domain/shared/failure";
import { type MlflowCall, MlflowRefusal } from "./mlflow-http";

type Version = {
  name: string;
  version: string;
  run_id?: string;
  creation_timestamp?: number | string;
  tags?: { key: string; value: string }[];
};
type Model = { name: string; aliases?: { alias: string; version: string }[] };

const API = "api/2.0/mlflow";
const PER_PAGE = 1_000;

/** The model registry of an MLflow server. */
export function mlflowRegistry(call: MlflowCall): ModelRegistry {
  async function pages<T>(path: string, key: string, query: Record<string, string>): Promise<T[]> {
    const found: T[] = [];
    let token = "";
    do {
      const page = await call<Record<string, unknown>>("GET", `${API}/${path}`, {
        ...query,
        max_results: String(PER_PAGE),
        ...(token === "" ? {} : { page_token: token }),
      });
      found.push(...((page[key] ?? []) as T[]));
      token = String(page.next_page_token ?? "");
    } while (token !== "");
    return found;
  }

  return {
    async registeredVersions(name) {
      if (name !== undefined && !isPlain(name)) return [];
      const filter: Record<string, string> = name === undefined ? {} : { filter: `name='${name}'` };
      const found = await pages<Version>("model-versions/search", "model_versions", filter);
      return found
        .map(toRegistered)
        .sort(
          (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || Number(b.version) - Number(a.version),
        );
    },

    async aliased(alias) {
      const models = await pages<Model>("registered-models/search", "registered_models", {});
      return Object.fromEntries(
        models.flatMap(({ name, aliases = [] }) =>
          aliases.filter((each) => each.alias === alias).map(({ version }) => [name, String(version)]),
        ),
      );
    },

    async setAlias(name, alias, version) {
      try {
        // MLflow takes an alias for a version that is not there.
        await call("GET", `${API}/model-versions/get`, { name, version });
        await call("POST", `${API}/registered-models/alias`, { name, alias, version });
      } catch (error) {
        throw isAbsent(error)
          ? new Failure("not_found", `There is no version ${version} of ${name}.`)
          : error;
      }
    },

    async removeAlias(name, alias) {
      try {
        await call("DELETE", `${API}/registered-models/alias`, { name, alias });
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    },
  };
}

const isAbsent = (error: unknown): boolean =>
  error instanceof MlflowRefusal &&
  (error.code === "not_found" || error.errorCode === "INVALID_PARAMETER_VALUE");

/** A name goes into a filter as text: none with a quote gets there. */
const isPlain = (name: string): boolean => !/['"\\]/.test(name);

const toRegistered = ({
  name,
  version,
  run_id = "",
  creation_timestamp = 0,
  tags = [],
}: Version): RegisteredVersion => ({
  name,
  version: String(version),
  runId: run_id,
  tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  createdAt: new Date(Number(creation_timestamp)),
});
