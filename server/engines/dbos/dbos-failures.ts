import { Failure } from "../../../domain/shared/failure";

/** DBOS tries lost connections again for long: nobody who waits for an answer wants to. */
const ANSWER_MS = 10_000;

/** The outcome of a call to DBOS's database, as a Failure where there is none in time. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  try {
    return await Promise.race([call, late]);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("engine_unavailable", "The workflow engine's database does not answer.", {
      hint: "It may still be starting: try again in a moment.",
      retryable: true,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
