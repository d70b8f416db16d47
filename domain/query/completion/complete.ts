import type { Dialect } from "../dialect";
import { type CursorContext, cursorContext, type Expected } from "./cursor-context";
import functions from "./functions.json";
import { joinConditions } from "./join-conditions";
import { matchName } from "./match-name";
import type { NameModel } from "./name-model";
import { columnsUnder, freeColumns, tablesFor } from "./propose-names";
import { spellName } from "./spell-name";
import { type Visible, visibleRelations } from "./visible-columns";
import { BEHIND_EXPRESSION, BEHIND_TABLE, IN_EXPRESSION, STATEMENT_WORDS, TYPES } from "./words";

export type ProposalKind =
  | "column"
  | "table"
  | "schema"
  | "catalog"
  | "query"
  | "relation"
  | "function"
  | "keyword"
  | "join"
  | "type"
  | "field";

export type Proposal = {
  kind: ProposalKind;
  label: string;
  /** What takes the place of what was typed; a function's cursor goes behind its opening parenthesis. */
  insert: string;
  /** A type, a place, a reason. */
  detail: string;
  score: number;
};

/**
 * `from` and `to` are offsets in the statement; proposals come best first. `isAwaited`: little else can stand here, so they
 * may be shown before anything is typed.
 */
export type Completion = {
  from: number;
  to: number;
  proposals: Proposal[];
  isAwaited: boolean;
  /** Whether what is typed may be a name that is made up here: an alias without AS. */
  mayBeAlias: boolean;
};

const MOST = 100;
const AWAITED: Expected[] = ["table", "join_condition", "using_column", "insert_column", "type"];
/** How much more a kind is wanted than another where both fit what was typed equally. */
const WEIGHT: Record<ProposalKind, number> = {
  join: 3,
  column: 2.5,
  field: 2.5,
  query: 2.4,
  relation: 2,
  table: 1.5,
  schema: 1.2,
  catalog: 1,
  type: 1,
  keyword: 0.6,
  function: 0.3,
};

/** What can be written at `offset` of a statement that may be half written. Pure, and quick enough for every key. */
export function complete(sql: string, offset: number, dialect: Dialect, model: NameModel): Completion {
  const context = cursorContext(sql, offset);
  const { from, to } = context;
  if (context.expected === "nothing") return { from, to, proposals: [], isAwaited: false, mayBeAlias: false };
  const best = propose(context, dialect, model).sort(
    (a, b) => b.score - a.score || a.label.length - b.label.length || (a.label < b.label ? -1 : 1),
  );
  const seen = new Set<string>();
  const proposals = best.filter(
    ({ kind, insert }) => !seen.has(`${kind} ${insert}`) && seen.add(`${kind} ${insert}`),
  );
  const { expected, mayBeAlias } = context;
  return {
    ...{ from, to, mayBeAlias },
    proposals: proposals.slice(0, MOST),
    isAwaited: AWAITED.includes(expected),
  };
}

function propose(context: CursorContext, dialect: Dialect, model: NameModel): Proposal[] {
  const { expected, qualifiers, typed } = context;
  const offer = offering(context);
  const relations = relationsInSight(context, model);
  const nearest = relations.filter(({ level }) => level === 0);
  if (qualifiers.length > 0) {
    return expected === "table" || expected === "insert_column"
      ? offer(tablesFor(context, model, nearest))
      : offer([...columnsUnder(qualifiers, relations), ...tablesFor(context, model, nearest)]);
  }
  const inTurn = (kind: "keyword" | "type", list: string[]) =>
    offer(list.map((word, at) => ({ ...plain(kind, word), score: -at / 100 })));
  const keywords = (list: string[]) => inTurn("keyword", list);
  switch (expected) {
    case "nothing":
      return [];
    case "statement":
      return keywords(STATEMENT_WORDS);
    case "table":
      return [
        ...offer(tablesFor(context, model, nearest)),
        ...keywords(["SELECT", "VALUES", "UNNEST", "LATERAL"]),
      ];
    case "after_table":
      return keywords(BEHIND_TABLE);
    case "type":
      return inTurn("type", TYPES);
    case "using_column":
      return offer(sharedColumns(relations));
    case "insert_column":
      return offer(columnsUnder(context.target, tableAsRelation(context, model)));
    case "after_expression":
      return keywords(BEHIND_EXPRESSION);
    case "join_condition":
    case "expression": {
      const joins = expected === "join_condition" ? joinConditions(nearest) : [];
      const ranked = joins.map(({ text, reason }, at) => ({
        ...plain("join", text),
        detail: reason,
        score: at === 0 ? 1 : 1 - at / 100,
      }));
      return [
        ...offer(ranked),
        ...offer(columnsInSight(relations)),
        ...(relations.length === 0 ? offer(freeColumns(typed, model)) : []),
        ...offer(namesOf(relations)),
        ...offer(functionsOf(dialect)),
        ...keywords(IN_EXPRESSION),
      ];
    }
  }
}

/** A proposal before it is matched; a `score` in it is added. */
export type Draft = Omit<Proposal, "score"> & { score?: number; match?: string };

const plain = (kind: ProposalKind, text: string): Draft => ({ kind, label: text, insert: text, detail: "" });

/** Keeps what fits what was typed. */
function offering({ typed, isQuoted }: CursorContext): (drafts: Draft[]) => Proposal[] {
  return (drafts) =>
    drafts.flatMap(({ match, score = 0, ...draft }) => {
      const fit = matchName(typed, match ?? draft.label);
      if (fit === 0) return [];
      const isName = !["keyword", "function", "type", "join"].includes(draft.kind);
      const insert =
        isQuoted && isName && !draft.insert.startsWith('"') && !draft.insert.includes(".")
          ? `"${draft.insert}"`
          : draft.insert;
      return [{ ...draft, insert, score: fit * 2 + WEIGHT[draft.kind] + score }];
    });
}

/** `level` 0 is the SELECT under the cursor, 1 the one around it. */
type Sighted = Visible & { level: number };

function relationsInSight({ select, tokens, query }: CursorContext, model: NameModel): Sighted[] {
  const found: Sighted[] = [];
  let level = 0;
  for (let at = select ?? query?.parent ?? null; at !== null; at = at.query.parent) {
    found.push(...visibleRelations(at, tokens, model).map((each) => ({ ...each, level })));
    level += 1;
  }
  return found;
}

function columnsInSight(relations: Sighted[]): Draft[] {
  const nearest = new Map<string, { level: number; count: number }>();
  for (const { level, columns } of relations) {
    for (const { name } of columns) {
      const known = nearest.get(name.toLowerCase());
      if (known === undefined) nearest.set(name.toLowerCase(), { level, count: 1 });
      else if (known.level === level) known.count += 1;
    }
  }
  return relations.flatMap(({ name: owner, columns, level }, place) =>
    columns.flatMap(({ name, type }, at): Draft[] => {
      if (name === "") return [];
      const known = nearest.get(name.toLowerCase());
      const isClear = owner === "" || (known?.level === level && known.count === 1);
      const spelt = spellName(name);
      return [
        {
          kind: "column",
          label: name,
          insert: isClear ? spelt : `${spellName(owner)}.${spelt}`,
          detail: [type, owner].filter(Boolean).join(" · "),
          // Nearer ones first, then the table's own order.
          score: -(at / 10_000) - place / 100,
        },
      ];
    }),
  );
}

const namesOf = (relations: Visible[]): Draft[] =>
  relations.flatMap(({ name, table }) =>
    name === ""
      ? []
      : [
          {
            kind: "relation",
            label: name,
            insert: spellName(name),
            detail: table?.parts.join(".") ?? "query",
          },
        ],
  );

function sharedColumns(relations: Visible[]): Draft[] {
  const joined = relations.at(-1);
  const before = new Set(
    relations.slice(0, -1).flatMap(({ columns }) => columns.map(({ name }) => name.toLowerCase())),
  );
  return (joined?.columns ?? [])
    .filter(({ name }) => before.has(name.toLowerCase()))
    .map(({ name, type }) => ({ kind: "column", label: name, insert: spellName(name), detail: type }));
}

/** The target of an INSERT, so that its columns are found by its own name. */
function tableAsRelation({ target }: CursorContext, model: NameModel): Visible[] {
  const select = {
    relations: [
      {
        alias: target.join("."),
        columnAliases: [],
        source: { kind: "table", parts: target },
        start: 0,
        end: 0,
      },
    ],
    items: [],
    start: 0,
    end: 0,
    query: { ctes: [], selects: [], start: 0, end: 0, parent: null, outer: null },
  } satisfies Parameters<typeof visibleRelations>[0];
  return visibleRelations(select, [], model).map((relation) => ({ ...relation, name: target.at(-1) ?? "" }));
}

const functionsOf = (dialect: Dialect): Draft[] =>
  (functions[dialect] as [string, string, string][]).map(([name, kind, signature]) => ({
    kind: "function",
    label: name,
    insert: `${name}(`,
    detail: `${kind === "a" ? "aggregate " : kind === "w" ? "window " : ""}${signature}`,
  }));
