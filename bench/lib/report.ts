export type Unit = "ratio" | "kB" | "s" | "%";

export type Machine = { cores: number; processor: string; memoryBytes: number; load1: number; node: string };

/** One measure as taken. `value` is null, and `failure` there, where it could not be taken; `goal` null means none. */
export type Measured = {
  name: string;
  title: string;
  unit: Unit;
  goal: number | null;
  value: number | null;
  reached: boolean;
  /** RFC 3339, UTC. */
  at: string;
  machine: Machine;
  note?: string;
  /** Raw samples of each side, in the order taken. */
  samples: Record<string, number[]>;
  failure?: string;
};

export type Results = { measures: Measured[] };

const gigabytes = (bytes: number) => (bytes / 1024 ** 3).toFixed(0);

export function shown(value: number | null, unit: Unit): string {
  if (value === null || Number.isNaN(value)) return "not measured";
  if (unit === "ratio") return `${value.toFixed(2)} ×`;
  if (unit === "%") return `${value.toFixed(2)} %`;
  if (unit === "kB") return `${value.toFixed(1)} kB`;
  return value >= 1 ? `${value.toFixed(2)} s` : `${(value * 1000).toFixed(0)} ms`;
}

const verdict = ({ goal, reached, value }: Measured) =>
  value === null ? "not measured" : goal === null ? "no goal" : reached ? "reached" : "not reached";

const row = (measure: Measured) =>
  `| ${measure.title} | ${shown(measure.value, measure.unit)} | ${measure.goal === null ? "–" : `≤ ${shown(measure.goal, measure.unit)}`} | ${verdict(measure)} |`;

const describeSamples = (samples: Measured["samples"]) =>
  Object.entries(samples)
    .map(([name, values]) => `\`${name}\`: ${values.join(", ")}`)
    .join("; ");

function section(measure: Measured): string {
  const { at, machine } = measure;
  const where = `${at.slice(0, 16).replace("T", " ")} UTC, load ${machine.load1} before it on ${machine.cores} cores (${machine.processor}), ${gigabytes(machine.memoryBytes)} GiB of memory, Node ${machine.node.replace("v", "")}`;
  const body =
    measure.failure === undefined
      ? `${measure.note}\n\nSamples: ${describeSamples(measure.samples)}.`
      : `Not measured: ${measure.failure}`;
  return `### ${measure.name}\n\n${body}\n\n${where}.\n`;
}

/** docs/benchmarks.md, from the results alone. */
export function reportMarkdown({ measures }: Results): string {
  return `# Benchmarks

Written by \`npm run bench\` from \`bench/results.json\`; \`npm run bench -- <name>\` repeats one measure,
\`npm run bench -- --cold\` adds the start from a fresh copy of the repository with nothing installed. Ratios compare two
ways in the same run on the same machine, taking turns, by their medians.

| measure | result | goal | |
|---|---|---|---|
${measures.map(row).join("\n")}

## How each was taken

${measures.map(section).join("\n")}`;
}

/** Replaces the measures just taken and keeps the others as they were; `order` is the order of the table. */
export function mergeResults(previous: Results | null, taken: Measured[], order: string[]): Results {
  const byName = new Map([...(previous?.measures ?? []), ...taken].map((measure) => [measure.name, measure]));
  return { measures: order.flatMap((name) => byName.get(name) ?? []) };
}
