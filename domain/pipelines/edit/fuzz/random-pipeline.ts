import type { Random } from "./random";

type Fields = Record<string, unknown>;

/** In a variable, since an object with such a field looks like a promise to some. */
const CHOSEN = "then";

/** A pipeline as JSON: tasks that depend on earlier ones, branches, expressions, unknown fields, a canvas. */
export function randomPipeline(random: Random): Fields {
  const ids = Array.from({ length: 1 + random.whole(8) }, (_, index) => `t${index}`);
  const tasks = ids.map((id, index) => randomTask(random, id, ids.slice(0, index), ids.slice(index + 1)));
  return {
    pipeline_id: "p",
    name: randomText(random),
    ...(random.chance(0.5) ? { schedule: "0 2 * * *" } : {}),
    ...(random.chance(0.3) ? { x_unknown: { a: [1, { b: null }], c: [] } } : {}),
    tasks,
    ...(random.chance(0.5)
      ? {
          failure_handling: {
            task_level: Object.fromEntries(random.some(ids).map((id) => [id, "retry_then_fail"])),
          },
        }
      : {}),
    ...(random.chance(0.7) ? { canvas: randomCanvas(random, ids) } : {}),
  };
}

function randomTask(random: Random, id: string, before: string[], behind: string[]): Fields {
  const type = random.pick(["sql_execute", "python", "branch"]);
  const named = random.pick([...before, "elsewhere"]);
  return {
    task_id: id,
    type,
    ...(random.chance(0.7) ? { depends_on: random.some(before) } : {}),
    config:
      type === "branch"
        ? {
            cases: [{ when: `tasks.${named}.outputs.n > 1`, [CHOSEN]: random.some(behind) }],
            otherwise: random.some(behind),
          }
        : {
            sql: `SELECT {{ tasks.${named}.outputs.n + 1 }}, 'tasks.${named}'`,
            n: random.whole(9),
            deep: { list: [1, "two", { three: 3 }] },
          },
    ...(random.chance(0.3) ? { retry_policy: { max_attempts: 3 } } : {}),
    ...(random.chance(0.2) ? { "x-note": randomText(random) } : {}),
  };
}

function randomCanvas(random: Random, ids: string[]): Fields {
  const members = random.some(ids);
  return {
    positions: Object.fromEntries(
      random.some(ids).map((id, index) => [id, [index * 100, random.whole(500)]]),
    ),
    ...(members.length > 0 ? { groups: [{ id: "g", label: "G", tasks: members }] } : {}),
    ...(random.chance(0.5) ? { comments: [{ id: "c", text: randomText(random), at: [1, 2] }] } : {}),
  };
}

export const randomText = (random: Random): string =>
  random.pick([
    "",
    "plain",
    "née Ω 🙂",
    'a "quoted" \\ one',
    "two\nlines\ttab",
    "// no comment",
    "{{ parameters.n }}",
    "}], {",
  ]);

/** JSON text of a value as a person might have laid it out: with comments, odd spaces, lists on one line or many. */
export function randomLayout(random: Random, value: unknown): string {
  const hasComments = random.chance(0.8);
  const layout: Layout = {
    random,
    unit: random.pick(["  ", "    ", "\t"]),
    eol: random.pick(["\n", "\n", "\r\n"]),
    closing: random.chance(0.2) ? "," : "",
    comment: (share, text) => (hasComments && random.chance(share) ? text : ""),
  };
  const head = layout.comment(0.3, `// head${layout.eol}`);
  return head + write(layout, value, "", random.chance(0.05)) + random.pick(["", layout.eol]);
}

type Layout = {
  random: Random;
  unit: string;
  eol: string;
  closing: string;
  /** The text, or none. */
  comment(share: number, text: string): string;
};

function write(layout: Layout, value: unknown, indent: string, isInline: boolean): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const { random, unit } = layout;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inline = isInline || random.chance(0.25);
  const parts = Object.entries(value).map(([key, item]) => {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}:${random.pick(["", " ", "  "])}`;
    return name + write(layout, item, indent + unit, inline);
  });
  if (parts.length === 0) return open + random.pick(["", " "]) + close;
  return open + (inline ? onOneLine(layout, parts) : onLines(layout, parts, indent)) + close;
}

function onOneLine({ random, comment }: Layout, parts: string[]): string {
  const space = random.pick(["", " "]);
  const separator = `,${random.pick(["", " "])}${comment(0.1, "/* c, [ */ ")}`;
  return space + parts.join(separator) + space;
}

function onLines({ random, comment, unit, eol, closing }: Layout, parts: string[], indent: string): string {
  const inner = eol + indent + unit;
  const lines = parts.map((part, index) => {
    const above = comment(0.2, inner + random.pick(["// above, it's {", "/* above\n two */"]));
    const comma = index === parts.length - 1 ? closing : ",";
    return above + inner + part + comment(0.05, " /* gap */ ") + comma + comment(0.15, " // beside");
  });
  return comment(0.1, " // opening") + lines.join("") + comment(0.1, `${inner}// last words`) + eol + indent;
}
