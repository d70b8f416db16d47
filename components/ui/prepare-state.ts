import type { RunStatus } from "@/domain/shared/run-status";

/** Everything that has a silhouette: the states of work, and those of engines and values. */
export type ShownState =
  | RunStatus
  | "reused"
  | "waiting"
  | "warning"
  | "stale"
  | "blocked"
  | "ok"
  | "warn"
  | "err"
  | "starting"
  | "up"
  | "down"
  | "not_offered";

export type Silhouette =
  | "tick"
  | "bar"
  | "half"
  | "ring"
  | "dash"
  | "triangle"
  | "open-triangle"
  | "cross"
  | "exclaim"
  | "arc"
  | "slash";

export type StateAppearance = { silhouette: Silhouette; word: string; colour: string; turns: boolean };

const still = (silhouette: Silhouette, word: string, colour: string): StateAppearance => ({
  silhouette,
  word,
  colour,
  turns: false,
});

/** Shape first, then the word, then the colour (a Tailwind text class). No two states share shape and word. */
export const STATE_APPEARANCES = {
  succeeded: still("tick", "done", "text-ok"),
  ok: still("tick", "ok", "text-ok"),
  up: still("tick", "ready", "text-ok"),
  reused: still("bar", "reused", "text-ok"),
  running: { silhouette: "half", word: "running", colour: "text-run", turns: true },
  starting: { silhouette: "half", word: "starting", colour: "text-run", turns: true },
  queued: still("ring", "queued", "text-idle"),
  waiting: still("ring", "waiting", "text-idle"),
  skipped: still("dash", "skipped", "text-idle"),
  not_offered: still("dash", "not offered", "text-idle"),
  retrying: still("arc", "retrying", "text-warn"),
  warning: still("triangle", "warning", "text-warn"),
  warn: still("triangle", "warning", "text-warn"),
  stale: still("open-triangle", "stale", "text-warn"),
  failed: still("cross", "failed", "text-err"),
  err: still("cross", "failed", "text-err"),
  down: still("cross", "down", "text-err"),
  blocked: still("exclaim", "blocked", "text-err"),
  cancelled: still("slash", "cancelled", "text-idle"),
} as const satisfies Record<ShownState, StateAppearance>;
