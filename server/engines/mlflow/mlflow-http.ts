import { request } from "undici";
import { Failure } from "../../../domain/shared/failure";

const ANSWER_MS = 30_000;

type Method = "GET" | "POST" | "DELETE";

export type MlflowCall = <T>(method: Method, path: string, content?: object) => Promise<T>;

/**
 * Calls of MLflow's REST API below `trackingUri`. A name and password in the URI are sent as basic authentication.
 * For GET the content is the query.
 */
export function mlflowCall(trackingUri: string): MlflowCall {
  const base = new URL(trackingUri.endsWith("/") ? trackingUri : `${trackingUri}/`);
  const credentials = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
  const authorization =
    base.username === ""
      ? {}
      : { authorization: `Basic ${Buffer.from(credentials, "utf8").toString("base64")}` };
  base.username = "";
  base.password = "";

  return async (method, path, content) => {
    const url = new URL(path, base);
    if (method === "GET")
      url.search = new URLSearchParams(content as Record<string, string> | undefined).toString();
    const { status, text } = await send(url, method, authorization, method === "GET" ? undefined : content);
    if (status >= 300) throw mlflowFailure(status, text);
    return parsed(text);
  };
}

/** MLflow's own error code of a failure, for the few that mean something else than failing. */
export class MlflowRefusal extends Failure {
  constructor(
    readonly errorCode: string,
    code: "not_found" | "engine_failed",
    message: string,
    cause: unknown,
  ) {
    super(code, message, { cause });
  }
}

async function send(
  url: URL,
  method: Method,
  headers: Record<string, string>,
  body: object | undefined,
): Promise<{ status: number; text: string }> {
  try {
    const response = await request(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    throw unavailable(error);
  }
}

/** `/version` and `/health` answer with plain text. */
function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return text as T;
  }
}

function mlflowFailure(status: number, text: string): Failure {
  if (status === 502 || status === 503 || status === 504) return unavailable(text);
  const { error_code = "" } = parsed<{ error_code?: string }>(text);
  if (status === 404 || error_code === "RESOURCE_DOES_NOT_EXIST") {
    return new MlflowRefusal(error_code, "not_found", "The experiment tracker does not know this.", text);
  }
  return new MlflowRefusal(
    error_code,
    "engine_failed",
    `The experiment tracker answered with status ${status}.`,
    text,
  );
}

function unavailable(cause: unknown): Failure {
  return new Failure("engine_unavailable", "The MLflow server does not answer.", {
    hint: "It may still be starting: see the status page.",
    retryable: true,
    cause,
  });
}
