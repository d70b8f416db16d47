import { Failure } from "../../../domain/shared/failure";

type Token = { kind: "word" | "quoted" | "mark"; text: string; offset: number };

const TOKENS =
  /--[^\r\n]*|\/\*[\s\S]*?\*\/|(?:[uU]&|[xX])?'(?:[^']|'')*'|"((?:[^"]|"")*)"|([\p{L}_@:][\p{L}\p{M}\p{N}_@:$]*)|(\d[\w.]*)|\s+|([\s\S])/gu;
const FIRST = new Set(["select", "with", "values", "table"]);
/** The schema of every catalog's own functions and procedures: `query()` sends text to the database behind it. */
const INNER_SCHEMA = "system";
const ALWAYS_THERE = ["system", "jmx"];

/**
 * The last look before a statement goes to an engine that all workspaces share: one SELECT, over the catalogs that it may
 * read. `known` are the catalogs that the engine has: a name that is none of them is not one of a catalog. Returns the
 * catalogs that it names, and where it ends: a semicolon is no part of it.
 *
 * Failures: `invalid_input` with the place.
 */
export function checkStatement(
  sql: string,
  { allowed, known }: { allowed: ReadonlySet<string>; known: ReadonlySet<string> },
): { named: Set<string>; end: number } {
  const tokens = tokensOf(sql);
  const end = checkShape(tokens) ?? sql.length;
  const named = new Set<string>();
  for (const [head, second, third] of chainsOf(tokens)) {
    if (head === undefined || second === undefined || third === undefined) continue;
    const isCatalog = known.has(head.text) || allowed.has(head.text) || ALWAYS_THERE.includes(head.text);
    if (!isCatalog) continue;
    if (!allowed.has(head.text))
      throw refusal(`There is no catalog ${head.text} in this workspace.`, head.offset);
    if (second.text === INNER_SCHEMA)
      throw refusal("The inner functions of a catalog are not offered.", second.offset);
    named.add(head.text);
  }
  return { named, end };
}

/** Returns where the semicolon stands. */
function checkShape(tokens: Token[]): number | undefined {
  const first = tokens.find(({ text }) => text !== "(");
  if (first === undefined) throw refusal("There is no statement.", 0);
  if (first.kind !== "word" || !FIRST.has(first.text)) {
    throw refusal(`Trino runs SELECT here, and this begins with ${first.text.toUpperCase()}.`, first.offset);
  }
  const end = tokens.findIndex(({ text, kind }) => kind === "mark" && text === ";");
  const behind = end < 0 ? undefined : tokens.slice(end).find(({ text }) => text !== ";");
  if (behind !== undefined) throw refusal("Trino runs one statement at a time.", behind.offset);
  return tokens[end]?.offset;
}

const refusal = (message: string, offset: number): Failure =>
  new Failure("invalid_input", message, { errors: [{ pointer: `/sql/${offset}`, message }] });

/** Words in lower case, as Trino folds them, quoted ones too. Comments, texts and numbers are left out. */
function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(TOKENS)) {
    const [, quoted, word, , mark] = match;
    const offset = match.index;
    if (quoted !== undefined)
      tokens.push({ kind: "quoted", text: quoted.replaceAll('""', '"').toLowerCase(), offset });
    else if (word !== undefined) tokens.push({ kind: "word", text: word.toLowerCase(), offset });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: mark, offset });
  }
  return tokens;
}

/** Names with dots between their parts. */
function chainsOf(tokens: Token[]): Token[][] {
  const chains: Token[][] = [];
  let chain: Token[] = [];
  let isOpen = false;
  for (const token of tokens) {
    if (token.kind === "mark") {
      isOpen = token.text === "." && chain.length > 0;
      if (!isOpen) chain = close(chains, chain);
    } else if (isOpen) {
      chain.push(token);
      isOpen = false;
    } else {
      close(chains, chain);
      chain = [token];
    }
  }
  close(chains, chain);
  return chains;
}

function close(chains: Token[][], chain: Token[]): Token[] {
  if (chain.length > 0) chains.push(chain);
  return [];
}
