import { Failure } from "../../shared/failure";

/** Tasks and groups by their keys; an edge leads from or to either. */
export type ImportedGraph = {
  tasks: string[];
  groups: { key: string; label: string; members: string[] }[];
  edges: [string, string][];
};

const MOST_EDGES = 200_000;

/**
 * The tasks that each task waits for. A group that is waited for stands for its last tasks, one that waits for its first.
 * Failures: `resource_exhausted` where there are too many.
 */
export function joinGroups({ tasks, groups, edges }: ImportedGraph): Map<string, string[]> {
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const parent = new Map(groups.flatMap(({ key, members }) => members.map((member) => [member, key])));
  const above = (key: string): string[] => {
    const path: string[] = [];
    for (let at = parent.get(key); at !== undefined && !path.includes(at); at = parent.get(at)) path.push(at);
    return path;
  };
  /** Edges by the innermost group around both of their ends. */
  const within = new Map<string | undefined, [string, string][]>();
  for (const [from, to] of edges) {
    const around = new Set(above(from));
    const home = above(to).find((key) => around.has(key));
    const there = within.get(home);
    if (there === undefined) within.set(home, [[from, to]]);
    else there.push([from, to]);
  }
  const known = new Map<string, { all: Set<string>; first: string[]; last: string[]; pairs: Pair[] }>();
  const single = (key: string) => ({ all: new Set([key]), first: [key], last: [key], pairs: [] as Pair[] });
  const open = new Set<string>();
  const look = (key: string): NonNullable<ReturnType<typeof known.get>> => {
    const group = byKey.get(key);
    if (group === undefined || open.has(key)) return single(key);
    const before = known.get(key);
    if (before !== undefined) return before;
    open.add(key);
    const inside = group.members.map(look);
    const all = new Set(inside.flatMap((each) => [...each.all]));
    const pairs = [...inside.flatMap((each) => each.pairs), ...expand(within.get(key) ?? [], look)];
    const [heads, tails] = [new Set(pairs.map(([from]) => from)), new Set(pairs.map(([, to]) => to))];
    const told = {
      all,
      pairs,
      first: [...all].filter((task) => !tails.has(task)),
      last: [...all].filter((task) => !heads.has(task)),
    };
    open.delete(key);
    known.set(key, told);
    return told;
  };
  const roots = groups.filter(({ key }) => !parent.has(key)).flatMap(({ key }) => look(key).pairs);
  const waits = new Map(tasks.map((task) => [task, new Set<string>()]));
  for (const [from, to] of [...roots, ...expand(within.get(undefined) ?? [], look)]) {
    if (waits.has(from)) waits.get(to)?.add(from);
  }
  return new Map([...waits].map(([task, before]) => [task, [...before]]));
}

type Pair = [string, string];

function expand(
  edges: Pair[],
  look: (key: string) => { all: Set<string>; first: string[]; last: string[] },
): Pair[] {
  const pairs: Pair[] = [];
  for (const [from, to] of edges) {
    const [before, after] = [look(from).last, look(to).first];
    if (pairs.length + before.length * after.length > MOST_EDGES) {
      throw new Failure("resource_exhausted", "The pipeline has too many dependencies to be imported.");
    }
    for (const first of before) for (const second of after) pairs.push([first, second]);
  }
  return pairs;
}
