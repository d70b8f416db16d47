/** Something the person who started Benchwright can mend; its message is one sentence and is all that is shown. */
export class Problem extends Error {}

const BY_CODE = {
  ENOSPC: (error) => `The disk is full: ${error.path ?? "a file"} could not be written; free some space and start again.`,
  EROFS: (error) => `The folder of ${error.path ?? "the data"} is read-only; set BENCHWRIGHT_DATA to a folder that can be written.`,
  EACCES: (error) =>
    `${error.path ?? "A file"} may not be written by this user; set BENCHWRIGHT_DATA to a folder of your own or change its owner.`,
  EPERM: (error) => `The system refused access to ${error.path ?? "a file"}; set BENCHWRIGHT_DATA to a folder of your own.`,
};

/** One sentence for a failure: the problem's own, one for a known system error, or undefined for a bug. */
export function explain(error) {
  if (error instanceof Problem) return error.message;
  if (/ENOSPC|No space left on device/i.test(error?.message ?? "")) return BY_CODE.ENOSPC(error);
  return BY_CODE[error?.code]?.(error);
}

/** Prints the sentence (or the whole error of a bug) and says with which status to leave. */
export function report(error) {
  const sentence = explain(error);
  console.error(sentence === undefined ? error : `Cannot go on: ${sentence}`);
  return 1;
}
