/** A line of any log. `seq` counts from 1 within an attempt. */
export type LogLine = {
  attempt: number;
  seq: number;
  at: Date;
  level: "debug" | "info" | "warn" | "error";
  text: string;
};
