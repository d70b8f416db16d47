import type { ReactNode } from "react";
import { classNames } from "./class-names";

const KINDS = {
  plain: "border-ctl text-ink-2",
  strong: "border-ctl text-ink font-semibold",
  ok: "border-ok bg-ok-wash text-ok",
  warn: "border-warn bg-warn-wash text-warn",
  err: "border-err bg-err-wash text-err",
  accent: "border-accent text-accent",
} as const;

/** 11 px, outlined: keys, versions, inferred facts. */
export function Tag({ kind = "plain", children }: { kind?: keyof typeof KINDS; children: ReactNode }) {
  return (
    <span className={classNames("inline-block whitespace-nowrap rounded-1 border px-1 text-11", KINDS[kind])}>
      {children}
    </span>
  );
}
