/** Every way in which an act can fail for a reason that its user may be told. Anything else is a bug. */
export const FAILURE_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "rate_limited",
  "engine_unavailable",
  "engine_failed",
  "resource_exhausted",
  "cancelled",
  "timed_out",
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** One complaint about one place of the input. `pointer` is a JSON pointer (RFC 6901), "" for the whole. */
export type InputError = { pointer: string; message: string };

export type FailureDetails = {
  /** How to mend it, in one sentence. */
  hint?: string;
  /** True where the same call may succeed later. */
  retryable?: boolean;
  /** For `invalid_input`: every complaint, with its place. */
  errors?: InputError[];
  /** What happened underneath. Logged, never shown. */
  cause?: unknown;
};

/** A bundler may load this module more than once; a failure of one copy is a failure to all of them. */
const BRAND = Symbol.for("benchwright.failure");

/** The one failure type. `message` and `hint` may be shown to the user; `cause` may not. */
export class Failure extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass asks for its own instances
    if (this !== Failure) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly errors: InputError[];

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "Failure";
    this.code = code;
    this.hint = details.hint;
    this.retryable = details.retryable ?? false;
    this.errors = details.errors ?? [];
  }
}
