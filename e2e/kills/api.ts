import { randomUUID } from "node:crypto";
import { until } from "./instance";

const PATIENCE_MS = 90_000;
/** A request that the killed server was at may count as under way until the database knows that the server is gone. */
const UNDER_WAY = /this Idempotency-Key is under way/;

export type Api = <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) => Promise<T>;

/**
 * Calls of `/api/v1`, repeated for `patienceMs` while the web server or what stands behind it is away; a refusal is thrown.
 */
export function patientApi(baseUrl: string, token: string, patienceMs = PATIENCE_MS): Api {
  return async <T>(method: string, path: string, body?: unknown) => {
    const request = { method, ...contentOf(body) };
    const headers = { ...request.headers, authorization: `Bearer ${token}`, "idempotency-key": randomUUID() };
    const answer = await until(`${method} ${path}`, patienceMs, async () => {
      const signal = AbortSignal.timeout(20_000);
      const { status, ok, text } = await read(
        await fetch(`${baseUrl}/api/v1${path}`, { ...request, headers, signal }),
      );
      const mayPass = status === 429 || (status === 409 && UNDER_WAY.test(text));
      if (status >= 500 || mayPass) throw new Error(`${status} ${text.slice(0, 300)}`);
      return { ok, text };
    });
    if (!answer.ok) throw new Error(`${method} ${path} was refused: ${answer.text.slice(0, 400)}`);
    return JSON.parse(answer.text) as T;
  };
}

const read = async (response: Response) => ({
  status: response.status,
  ok: response.ok,
  text: await response.text(),
});

function contentOf(body: unknown): { body?: BodyInit; headers: Record<string, string> } {
  if (body === undefined) return { headers: {} };
  if (body instanceof Uint8Array)
    return { body: Buffer.from(body), headers: { "content-type": "application/zip" } };
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}
