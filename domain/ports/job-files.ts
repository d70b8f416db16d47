/** The attempt that a job makes. */
export type JobAttemptKey = { runId: string; taskId: string; attempt: number };

/**
 * Files that jobs of a cluster read and write, and how a job reaches them. A job holds no credentials: what it may touch
 * is told by the URIs that it is given, paths or HTTP URLs.
 *
 * Failures: `engine_unavailable` (retryable) where the place of the files does not answer.
 */
export interface JobFiles {
  /** Where the result of an attempt lies. */
  resultUri(key: JobAttemptKey): string;
  /** What a job reads the file by. */
  forReading(uri: string): Promise<string>;
  /** What a job writes the file by. It appears whole or not at all. */
  forWriting(uri: string): Promise<string>;
  /** What the job of an attempt creates a file by, to begin: of all that try, one succeeds. The file lies beside the result. */
  forBeginning(key: JobAttemptKey): Promise<string>;
  /** The file's text, or null where there is no such file. */
  read(uri: string): Promise<string | null>;
}
