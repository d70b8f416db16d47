import { type Origins, originOf } from "../../../domain/query/origins";
import { Failure } from "../../../domain/shared/failure";

const PLACE = /^\/sql\/(\d+)$/;

/** Does `act`; the places that its failure names in a later text become those of the text that it was made from. */
export async function whereWritten<T>(origins: Origins, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Failure ? failureWhereWritten(origins, error) : error;
  }
}

export function failureWhereWritten(origins: Origins, failure: Failure): Failure {
  if (!failure.errors.some(({ pointer }) => PLACE.test(pointer))) return failure;
  const { code, message, hint, retryable, cause } = failure;
  return new Failure(code, message, {
    ...(hint === undefined ? {} : { hint }),
    retryable,
    cause,
    errors: failure.errors.map((each) => {
      const offset = PLACE.exec(each.pointer)?.[1];
      return offset === undefined ? each : { ...each, pointer: `/sql/${originOf(origins, Number(offset))}` };
    }),
  });
}
