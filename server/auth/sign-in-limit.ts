import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { Failure } from "../../domain/shared/failure";

export type SignInLimit = {
  /** Counts one attempt. Failures: `rate_limited`, with the seconds to wait in its message. */
  attempt(email: string, address: string): Promise<void>;
  /** Forgets the attempts of this person from this address. */
  succeeded(email: string, address: string): Promise<void>;
};

export type SignInLimits = {
  /** Attempts for one e-mail from one address. */
  perPair: number;
  /** Attempts for one e-mail from anywhere. */
  perEmail: number;
  /** Attempts from one address. */
  perAddress: number;
  windowSeconds: number;
};

const LIMITS: SignInLimits = { perPair: 8, perEmail: 40, perAddress: 80, windowSeconds: 10 * 60 };

const secondsLeft = (rejected: unknown): number =>
  Math.max(1, Math.ceil(((rejected as RateLimiterRes).msBeforeNext ?? 1_000) / 1_000));

/** Counts in the memory of this process. The address may be made up by the client, the e-mail may not. */
export function signInLimit(limits: SignInLimits = LIMITS): SignInLimit {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: limits.windowSeconds });
  const [pair, email, address] = [
    limiter(limits.perPair),
    limiter(limits.perEmail),
    limiter(limits.perAddress),
  ];
  const keyOf = (person: string) => person.trim().toLowerCase().slice(0, 320);
  const pairOf = (person: string, from: string) => `${keyOf(person)} ${from}`;
  return {
    async attempt(person, from) {
      try {
        await pair.consume(pairOf(person, from));
        await address.consume(from);
        await email.consume(keyOf(person));
      } catch (rejected) {
        if (rejected instanceof Error) throw rejected;
        const seconds = secondsLeft(rejected);
        throw new Failure(
          "rate_limited",
          `Too many attempts to sign in. Wait ${seconds} seconds, then try again.`,
          { retryable: true },
        );
      }
    },
    async succeeded(person, from) {
      await pair.delete(pairOf(person, from));
    },
  };
}

const held = globalThis as { benchwrightSignInLimit?: SignInLimit };

/** The one of this process. */
export function processSignInLimit(): SignInLimit {
  held.benchwrightSignInLimit ??= signInLimit();
  return held.benchwrightSignInLimit;
}
