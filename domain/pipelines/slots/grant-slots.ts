/** At most `most` attempts of a type, or on a cluster, of a workspace at the same time. */
export type SlotLimit = { workspaceId: string; kind: "type" | "cluster"; name: string; most: number };

export type OpenAttempt = {
  /** Tells attempts apart. */
  id: string;
  workspaceId: string;
  type: string;
  isGranted: boolean;
  /** Of its run; larger goes first, then who has waited longest. */
  priority: number;
  sinceMs: number;
};

export type SlotGrants = {
  /** Ids of the attempts that may begin now, in that order. */
  granted: string[];
  /** Why each of the others waits, by id. */
  waits: Map<string, string>;
};

/** Types whose work runs on the Ray cluster. */
const ON_RAY = new Set(["ray_train", "python", "batch_inference", "ray_serve_update"]);

/** The cluster that a type of task works on; null where it works on none. */
export const clusterOf = (type: string): "ray" | null => (ON_RAY.has(type) ? "ray" : null);

/** Whether a limit counts attempts of this type. */
export function counts({ kind, name }: Pick<SlotLimit, "kind" | "name">, type: string): boolean {
  return name === (kind === "type" ? type : clusterOf(type));
}

/** Which waiting attempts get a slot. A limit that was lowered takes no slot away. The order of `attempts` does not matter. */
export function grantSlots(limits: readonly SlotLimit[], attempts: readonly OpenAttempt[]): SlotGrants {
  const taken = new Map<SlotLimit, number>();
  const limitsOf = ({ workspaceId, type }: OpenAttempt) =>
    limits.filter((limit) => limit.workspaceId === workspaceId && counts(limit, type));
  const take = (attempt: OpenAttempt) => {
    for (const limit of limitsOf(attempt)) taken.set(limit, (taken.get(limit) ?? 0) + 1);
  };
  for (const attempt of attempts) if (attempt.isGranted) take(attempt);

  const granted: string[] = [];
  const waits = new Map<string, string>();
  for (const attempt of attempts.filter((each) => !each.isGranted).sort(firstServed)) {
    const full = limitsOf(attempt).find((limit) => (taken.get(limit) ?? 0) >= limit.most);
    if (full === undefined) {
      granted.push(attempt.id);
      take(attempt);
    } else waits.set(attempt.id, sentence(full));
  }
  return { granted, waits };
}

const firstServed = (a: OpenAttempt, b: OpenAttempt): number =>
  b.priority - a.priority || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1);

function sentence({ kind, name, most }: SlotLimit): string {
  const where = kind === "type" ? `for ${name}` : `on the cluster ${name}`;
  if (most === 0) return `waits: the limit ${where} is 0`;
  return most === 1 ? `waits for the one place ${where}` : `waits for one of ${most} places ${where}`;
}
