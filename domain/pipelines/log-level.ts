import type { LogLineView } from "./run-view";

export type LogLevel = LogLineView["level"];

const WORDS: [LogLevel, RegExp][] = [
  ["error", /\b(ERROR|CRITICAL|FATAL)\b/],
  ["warn", /\bWARN(ING)?\b/],
  ["debug", /\bDEBUG\b/],
];
const EXCEPTION = /^(Traceback \(most recent call last\):|[A-Za-z_][\w.]*(Error|Exception|Interrupt)(:|$))/;

/** The level that a line of a Python log shows; `info` where it shows none. */
export function logLevel(line: string): LogLevel {
  const head = line.slice(0, 120);
  if (EXCEPTION.test(head)) return "error";
  // A level stands near the start, before the message; a later word is only talked about.
  return WORDS.find(([, word]) => word.test(head.slice(0, 60)))?.[0] ?? "info";
}
