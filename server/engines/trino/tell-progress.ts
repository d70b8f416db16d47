import type { StatementListener, StatementOutcome } from "../../../domain/ports/statement-engine";
import type { TrinoStats } from "./page";

const BETWEEN_MS = 100;
const WAITING = new Set(["QUEUED", "WAITING_FOR_RESOURCES", "DISPATCHING"]);

/** Tells a listener at most ten times a second. */
export class StatementProgressTeller {
  /** What the statement has read so far. */
  read: Pick<StatementOutcome, "rowsRead" | "bytesRead"> = { rowsRead: null, bytesRead: null };
  private isStarted = false;
  private progressAt = 0;
  private rowsAt = Number.NEGATIVE_INFINITY;
  private untold: { rows: number; bytes: number } | null = null;

  constructor(private readonly listener: StatementListener) {}

  progress(stats: TrinoStats): void {
    if (!this.isStarted && !WAITING.has(stats.state)) {
      this.isStarted = true;
      this.listener.onStart?.();
    }
    const { processedRows = null, processedBytes = null, physicalInputBytes = 0 } = stats;
    this.read = { rowsRead: processedRows, bytesRead: Math.max(physicalInputBytes, processedBytes ?? 0) };
    const now = performance.now();
    if (now - this.progressAt < BETWEEN_MS || !this.isStarted) return;
    this.progressAt = now;
    const { progressPercentage } = stats;
    const share =
      progressPercentage === undefined ? null : Math.min(1, Math.max(0, progressPercentage / 100));
    this.listener.onProgress?.({ share, ...this.read });
  }

  readonly rows = (kept: { rows: number; bytes: number }): void => {
    const now = performance.now();
    this.untold = kept;
    if (now - this.rowsAt < BETWEEN_MS) return;
    this.rowsAt = now;
    this.end();
  };

  /** Tells what was held back. */
  end(): void {
    const { untold } = this;
    this.untold = null;
    if (untold !== null) this.listener.onRows?.(untold);
  }
}
