/** A line of any log. `seq` counts from 0 within an attempt; it is shown from 1. */
export type LogLine = {
  attempt: number;
  seq: number;
  at: Date;
  level: "debug" | "info" | "warn" | "error";
  text: string;
};
