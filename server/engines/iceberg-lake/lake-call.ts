import { request } from "undici";
import { FAILURE_CODES, Failure, type FailureCode } from "../../../domain/shared/failure";
import { exactJson, parseExactJson } from "./exact-json";

/** A commit that merges, and a compaction, take as long as the data is large. */
const LONGEST_MS = 60 * 60_000;

export type LakeSettings = { url: string; token: string };

export type LakeCall = (
  method: "GET" | "POST" | "DELETE",
  path: string,
  content?: Record<string, unknown>,
) => Promise<unknown>;

/** Calls of the lake's writer. For GET and DELETE the content is the query; fields that are undefined are left out. */
export function lakeCall({ url, token }: LakeSettings): LakeCall {
  return async (method, path, content = {}) => {
    const target = new URL(`${url.replace(/\/$/, "")}/v1/${path}`);
    const fields = Object.entries(content).filter(([, value]) => value !== undefined && value !== null);
    if (method !== "POST") for (const [name, value] of fields) target.searchParams.set(name, String(value));
    const { status, text } = await send(target, {
      method,
      token,
      body: method === "POST" ? exactJson(Object.fromEntries(fields)) : null,
    });
    if (status >= 300) throw lakeFailure(status, text);
    return text === "" ? null : parseExactJson(text);
  };
}

async function send(
  url: URL,
  { method, token, body }: { method: "GET" | "POST" | "DELETE"; token: string; body: string | null },
): Promise<{ status: number; text: string }> {
  try {
    const response = await request(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { "content-type": "application/json" }),
      },
      body,
      headersTimeout: LONGEST_MS,
      bodyTimeout: LONGEST_MS,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    throw new Failure("engine_unavailable", "The lake does not answer.", {
      hint: "It may still be starting: see the status page.",
      retryable: true,
      cause: error,
    });
  }
}

type Problem = { code?: unknown; title?: unknown; detail?: unknown; hint?: unknown; retryable?: unknown };

/** The writer speaks RFC 9457 with our own codes; what it says may be shown. */
function lakeFailure(status: number, text: string): Failure {
  const problem = problemOf(text);
  const code = FAILURE_CODES.find((known) => known === problem.code);
  if (code === undefined) {
    return new Failure("engine_failed", "The lake failed at this.", { cause: `${status} ${text}` });
  }
  const message = [problem.detail, problem.title].find((words) => typeof words === "string" && words !== "");
  return new Failure(code, String(message ?? "The lake refused this."), {
    ...(typeof problem.hint === "string" ? { hint: problem.hint } : {}),
    retryable: problem.retryable === true || isPassing(code),
    cause: text,
  });
}

const isPassing = (code: FailureCode): boolean => code === "engine_unavailable" || code === "rate_limited";

function problemOf(text: string): Problem {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
