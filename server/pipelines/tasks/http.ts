import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { HttpAnswer } from "../../../domain/ports/http-client";
import { fillSecrets } from "../../../domain/sources/fill-secrets";
import { findSecretReferences } from "../../../domain/sources/find-secret-references";
import { maskSecrets, secretTexts } from "../../../domain/sources/mask-secrets";
import type { TaskOutputs } from "../running/execution-store";
import type { TaskExecutor } from "../task-executor";
import { TaskFailed } from "../task-failed";

type Http = Extract<PipelineTask, { type: "http" }>;

/** A request ends after it where the task has no timeout of its own. */
const LIMIT_MS = 10 * 60_000;
/** An answer up to this length is kept for the tasks behind. */
const MOST_KEPT = 64_000;
/** Another try of these may succeed. */
const MAY_PASS = new Set([408, 425, 429]);

/**
 * Sends a request and keeps its answer: JSON as `values.body`, a short text likewise. All attempts carry one
 * `Idempotency-Key`, so that a server that knows it does the work once.
 */
export const http: TaskExecutor<Http> = async ({ config, timeout }, work, sockets) => {
  const names = findSecretReferences(config.headers ?? {}).map(({ name }) => name);
  const secrets = await sockets.secrets.open(work.run.workspaceId, [...new Set(names)]);
  const hidden = secretTexts(secrets.values());
  const signal =
    timeout === undefined ? AbortSignal.any([work.signal, AbortSignal.timeout(LIMIT_MS)]) : work.signal;
  const { text, type } = bodyOf(config.body);
  const headers = {
    ...(type === null ? {} : { "Content-Type": type }),
    "Idempotency-Key": work.idempotencyKey,
    ...(fillSecrets(config.headers ?? {}, secrets) as Record<string, string>),
  };
  const shown = `${config.method} ${config.url}`;
  work.progress(shown);
  work.signal.throwIfAborted();
  // No step of its own: nothing follows the answer but the attempt's end, and that is kept in one statement.
  const request = { method: config.method, url: config.url, headers, body: text };
  const { body, ...rest } = await sockets.http.send(request, signal).catch((error: unknown) => {
    throw signal.aborted && !work.signal.aborted ? tooSlow(shown) : error;
  });
  const answer = { ...rest, body: maskSecrets(body, hidden) };
  work.note(0, `INFO ${shown}: ${answer.status}`);
  work.progress(`answered ${answer.status}`);
  const { expected_status: expected } = config;
  const fits = expected?.includes(answer.status) ?? (answer.status >= 200 && answer.status < 300);
  if (!fits) throw unexpected(shown, answer);
  return { values: { status: answer.status, ...keptBody(answer) } };
};

function bodyOf(body: unknown): { text: string | null; type: string | null } {
  if (body === undefined) return { text: null, type: null };
  if (typeof body === "string") return { text: body, type: "text/plain; charset=utf-8" };
  return { text: JSON.stringify(body), type: "application/json" };
}

function keptBody({ body, contentType, isCut }: HttpAnswer): NonNullable<TaskOutputs["values"]> {
  if (isCut || body.length > MOST_KEPT) return { is_cut: true };
  if (body === "") return {};
  try {
    return { body: JSON.parse(body) as NonNullable<TaskOutputs["values"]>[string] };
  } catch {
    return contentType === null || /^text\/|json|xml/.test(contentType) ? { body } : {};
  }
}

const tooSlow = (shown: string): TaskFailed =>
  new TaskFailed({
    code: "timed_out",
    message: `${shown} was not answered within ${LIMIT_MS / 60_000} minutes.`,
    hint: "Give the task a timeout of its own where it may take longer.",
    detail: null,
  });

function unexpected(shown: string, { status, body }: HttpAnswer): TaskFailed {
  const mayPass = status >= 500 || MAY_PASS.has(status);
  return new TaskFailed(
    {
      code: "engine_failed",
      message: `${shown} was answered with ${status}.`,
      hint: mayPass ? "Try again later, or ask who runs that server." : "The answer says why.",
      detail: body.slice(0, 2_000) || null,
    },
    mayPass ? "ordinary" : "final",
  );
}
