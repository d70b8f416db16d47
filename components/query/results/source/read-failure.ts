/** A failure that `failureOf` can read: what the server said, or that it does not answer. */
export class ResultError extends Error {
  readonly data: { failure: { code: string; message: string; hint: string | null } };
  /** The same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: string, message: string, hint: string | null, retryable: boolean) {
    super(message);
    this.name = "ResultError";
    this.data = { failure: { code, message, hint } };
    this.retryable = retryable;
  }
}

const PASSING = new Set([429, 502, 503, 504]);

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What a response that is no success says: a problem (RFC 9457) with `code`, `detail` and `hint`. */
export async function responseError(response: Response): Promise<ResultError> {
  const retryable = PASSING.has(response.status);
  const body: Record<string, unknown> = await response.json().catch(() => ({}));
  const code = textOf(body.code) ?? (response.status === 404 ? "not_found" : "bug");
  const message =
    textOf(body.detail) ??
    (response.status === 404
      ? "The rows of this result were let go."
      : `The server answered ${response.status} where rows were expected.`);
  return new ResultError(code, message, textOf(body.hint), retryable);
}

export const unreachable = (): ResultError =>
  new ResultError("network", "The server does not answer.", "Rows that were read before stay.", true);
