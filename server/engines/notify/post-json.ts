import { request } from "undici";
import { Failure } from "../../../domain/shared/failure";

const ANSWER_MS = 15_000;
const RETRYABLE = new Set([408, 425, 429]);

/** Posts a JSON text. A redirect is not followed: the address that was set is the one that is meant. */
export async function postJson(
  url: string,
  body: string,
  { who, headers = {} }: { who: string; headers?: Record<string, string> },
): Promise<void> {
  const { status, reason } = await answer(url, body, headers).catch((cause: unknown) => {
    throw new Failure("engine_unavailable", `${who} does not answer.`, { retryable: true, cause });
  });
  if (status < 300) return;
  const told = reason === null ? String(status) : `${status} ${reason}`;
  if (RETRYABLE.has(status) || status >= 500)
    throw new Failure("engine_unavailable", `${who} answered ${told}.`, { retryable: true });
  throw new Failure("invalid_input", `${who} refuses the message: ${told}.`, {
    hint: "Set its address anew under Settings, Notifications.",
  });
}

async function answer(url: string, body: string, headers: Record<string, string>) {
  const response = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8", "user-agent": "benchwright", ...headers },
    body,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await firstBytes(response.body);
  // Only a word such as Slack's `no_service`: a whole answer may repeat what was sent.
  return { status: response.statusCode, reason: /^[a-z_]{3,40}$/.exec(text.trim())?.[0] ?? null };
}

/** The beginning of a body; what comes after it is not read. */
async function firstBytes(body: AsyncIterable<Uint8Array> & { destroy(): void }): Promise<string> {
  for await (const chunk of body) return new TextDecoder().decode(chunk.subarray(0, 200));
  return "";
}
