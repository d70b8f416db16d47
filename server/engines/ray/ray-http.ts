import { request } from "undici";
import { Failure } from "../../../domain/shared/failure";

export type RayConnection = { address: string; token?: string };

const ANSWER_MS = 30_000;

export function rayHeaders({ token }: RayConnection): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

export type RayAnswer = { status: number; text: string };

/**
 * One HTTP request to the cluster. Node's `fetch` is refused by Ray's write endpoints, which take it for a browser.
 * Fails with `engine_unavailable` where nothing answers; any status is an answer.
 */
export async function rayRequest(
  connection: RayConnection,
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: Uint8Array | object,
): Promise<RayAnswer> {
  const raw = body instanceof Uint8Array;
  try {
    const response = await request(new URL(path, connection.address), {
      method,
      headers: {
        ...rayHeaders(connection),
        ...(body === undefined
          ? {}
          : { "content-type": raw ? "application/octet-stream" : "application/json" }),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      headersTimeout: ANSWER_MS,
      bodyTimeout: ANSWER_MS,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    throw rayUnavailable(error);
  }
}

/** The JSON of a successful answer; anything else is a Failure. */
export function rayJson<T>(answer: RayAnswer): T {
  if (answer.status >= 300) throw rayFailure(answer);
  try {
    return JSON.parse(answer.text) as T;
  } catch (error) {
    throw new Failure("engine_failed", "The cluster gave an answer that is not JSON.", { cause: error });
  }
}

export function rayFailure({ status, text }: RayAnswer): Failure {
  if (status === 401 || status === 403) {
    return new Failure("engine_failed", "The cluster refuses the token.", {
      hint: "Set RAY_AUTH_TOKEN.",
      cause: text,
    });
  }
  if (status === 404) return new Failure("not_found", "The cluster does not know this job.", { cause: text });
  if (status === 502 || status === 503 || status === 504) return rayUnavailable(text);
  if (status === 500 && !OF_THE_REQUEST.test(text)) return raySick(text);
  return new Failure("engine_failed", `The cluster answered with status ${status}.`, { cause: text });
}

/** Ray answers 500 to all that it did not expect: also to a wrong request, which another try does not mend. */
const OF_THE_REQUEST = /\b(ValueError|TypeError|RuntimeEnvSetupError)\b/;

/** Its head answers, but cannot reach its own parts: so while it starts, and where its machine is overloaded. */
function raySick(cause: unknown): Failure {
  return new Failure("engine_unavailable", "The Ray cluster answered with status 500.", {
    hint: "It may still be starting, or have too much to do: its dashboard.log says more.",
    retryable: true,
    cause,
  });
}

function rayUnavailable(cause: unknown): Failure {
  return new Failure("engine_unavailable", "The Ray cluster does not answer.", {
    hint: "It may still be starting: see the status page.",
    retryable: true,
    cause,
  });
}
