import { fillPlaces } from "../fill-places";
import type { ImportedTask } from "../finish-document";
import { isObject, type Json, numberOf, objectOf, objectsOf, showValue, textOf } from "../json";
import type { Notes } from "../notes";
import { type ImportedRetry, retryPolicy } from "../retry-policy";
import { goSeconds, spanText } from "../span-text";
import { type TakenFields, takeFields } from "../take-fields";

const CODE = ["container", "script", "resource", "containerSet", "data", "plugin", "suspend"];

/** A task of a template that does work itself; `given` are the parameters of the task that names it. */
export function argoTemplate(
  template: Json,
  given: Json,
  where: string,
  notes: Notes,
): Omit<ImportedTask, "key"> {
  const fields = takeFields(template, where, notes);
  fields.take("name");
  const asked = takeFields(objectOf(fields.take("inputs")), `${where}, inputs`, notes);
  const inputs = objectsOf(asked.take("parameters"));
  asked.take("artifacts");
  asked.end();
  for (const each of inputs) {
    const parameter = takeFields(each, `${where}, input ${showValue(each.name)}`, notes);
    for (const known of ["name", "value"]) parameter.take(known);
    parameter.end();
  }
  const retry = argoRetry(fields.take("retryStrategy"), where, notes);
  const timeout = argoTimeout(fields, where, notes);
  const defaults = Object.fromEntries(
    inputs.flatMap((each) =>
      typeof each.name === "string" && "value" in each ? [[each.name, each.value]] : [],
    ),
  );
  for (const artifact of objectsOf(objectOf(template.inputs).artifacts))
    notes.add(where, `input artifact ${showValue(artifact.name)}`, "Hand over tables or outputs instead.");
  const more = { ...(retry === undefined ? {} : { retry }), ...timeout };
  const request = fields.take("http");
  if (isObject(request)) {
    const config = httpConfig(request, where, notes);
    fields.end();
    return { type: "http", config, ...more };
  }
  const parameters = filled({ ...defaults, ...given }, where, notes);
  const resources = resourcesOf(objectOf(template.container ?? template.script));
  for (const name of CODE) {
    const body = fields.take(name);
    if (!isObject(body)) continue;
    const why = "It is kept as a Python task: upload a script that does the same.";
    notes.add(where, name, why);
    takeFields(body, `${where}, ${name}`, notes).end("Let the script do it.");
  }
  fields.end();
  const config = {
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(resources === undefined ? {} : { resources }),
  };
  return { type: "python", config, ...more };
}

const filled = (values: Json, where: string, notes: Notes): Json =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? fillPlaces(value, where, notes) : value,
    ]),
  );

function httpConfig(request: Json, where: string, notes: Notes): Json {
  const fields = takeFields(request, `${where}, http`, notes);
  const [url, method, body] = ["url", "method", "body"].map((name) => textOf(fields.take(name)));
  const headers = objectsOf(fields.take("headers")).flatMap((header) => {
    if (typeof header.name === "string" && typeof header.value === "string")
      return [[header.name, fillPlaces(header.value, where, notes)]];
    notes.add(where, `header ${showValue(header)}`, "Write a secret of the workspace in its place.");
    return [];
  });
  fields.end();
  return {
    method: method?.toUpperCase() ?? "GET",
    ...(url === undefined ? {} : { url: fillPlaces(url, where, notes) }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(body === undefined ? {} : { body: fillPlaces(body, where, notes) }),
  };
}

function argoTimeout(fields: TakenFields, where: string, notes: Notes): { timeout?: string } {
  const [deadline, timeout] = [fields.take("activeDeadlineSeconds"), fields.take("timeout")];
  const given = deadline ?? timeout;
  const seconds = goSeconds(given);
  if (given !== undefined && seconds === undefined)
    notes.add(where, `timeout: ${showValue(given)}`, "The time cannot be told from the text.");
  return seconds === undefined ? {} : { timeout: spanText(seconds) };
}

/** A strategy without a limit tries for ever; here there is an end to it. */
export function argoRetry(strategy: unknown, where: string, notes: Notes): ImportedRetry | undefined {
  if (!isObject(strategy)) return undefined;
  const fields = takeFields(strategy, `${where}, retryStrategy`, notes);
  const limit = fields.take("limit");
  const backoff = takeFields(objectOf(fields.take("backoff")), `${where}, backoff`, notes);
  const [waitSeconds, factor] = [goSeconds(backoff.take("duration")), numberOf(backoff.take("factor"))];
  backoff.end();
  fields.end("Every failure is tried again, whatever its cause.");
  const retries = numberOf(limit);
  if (retries === undefined)
    notes.add(
      where,
      limit === undefined ? "retries without a limit" : `limit: ${showValue(limit)}`,
      "There are 20 attempts at most here.",
    );
  const policy = { retries: retries ?? 19, factor: factor ?? 1 };
  return retryPolicy(waitSeconds === undefined ? policy : { ...policy, waitSeconds }, where, notes);
}

const SIZES: Record<string, number> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** What Kubernetes calls resources, as ours. */
function resourcesOf(container: Json): Json | undefined {
  const { requests, limits } = objectOf(container.resources);
  const asked: Json = { ...objectOf(limits), ...objectOf(requests) };
  const [, count, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(asked.cpu ?? "")) ?? [];
  const [, size, unit] = /^(\d+(?:\.\d+)?)([KMGT]i?)?$/.exec(String(asked.memory ?? "")) ?? [];
  const gpus = numberOf(asked["nvidia.com/gpu"]);
  const told = {
    ...(count === undefined ? {} : { CPU: Number(count) / (milli === "m" ? 1_000 : 1) }),
    ...(gpus === undefined ? {} : { GPU: gpus }),
    ...(size === undefined ? {} : { memory: Math.round(Number(size) * (SIZES[unit ?? ""] ?? 1)) }),
  };
  return Object.keys(told).length === 0 ? undefined : told;
}
