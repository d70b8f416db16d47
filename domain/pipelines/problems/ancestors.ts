export type Ancestors = {
  /** Whether the task at `later` waits for the one at `earlier`, directly or not. */
  isBefore(earlier: number, later: number): boolean;
};

type Node = { task_id: string; depends_on: readonly string[] };

/** One bit for each pair of tasks: 12 MB for ten thousand. Tasks of a cycle know only what stands before the cycle. */
export function ancestorsOf(tasks: readonly Node[]): Ancestors {
  const places = new Map(tasks.map((task, index) => [task.task_id, index]));
  const before = tasks.map((task) => task.depends_on.flatMap((id) => places.get(id) ?? []));
  const behind: number[][] = tasks.map(() => []);
  const open = before.map((each) => each.length);
  for (const [index, each] of before.entries()) for (const place of each) behind[place]?.push(index);
  const width = Math.ceil(tasks.length / 32);
  const bits = new Uint32Array(width * tasks.length);
  const ready = open.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const later of behind[next] ?? []) {
      merge(bits, width, next, later);
      open[later] = (open[later] ?? 0) - 1;
      if (open[later] === 0) ready.push(later);
    }
  }
  return {
    isBefore: (earlier, later) =>
      ((bits[later * width + (earlier >>> 5)] ?? 0) & (1 << (earlier & 31))) !== 0,
  };
}

function merge(bits: Uint32Array, width: number, from: number, to: number): void {
  for (let word = 0; word < width; word += 1) {
    const had = bits[from * width + word] ?? 0;
    if (had !== 0) bits[to * width + word] = (bits[to * width + word] ?? 0) | had;
  }
  const own = to * width + (from >>> 5);
  bits[own] = (bits[own] ?? 0) | (1 << (from & 31));
}
