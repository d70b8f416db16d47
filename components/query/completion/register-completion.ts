import type { IDisposable, languages } from "monaco-editor";
import type { Completion, Proposal, ProposalKind } from "@/domain/query/completion/complete";
import type { Dialect } from "@/domain/query/dialect";
import { splitStatements, statementAt } from "@/domain/query/split-statements";
import type { CompletionSession } from "./completion-session";

type Monaco = typeof import("monaco-editor");

const KINDS: Record<ProposalKind, keyof typeof languages.CompletionItemKind> = {
  column: "Field",
  field: "Field",
  table: "Struct",
  query: "Interface",
  relation: "Variable",
  schema: "Folder",
  catalog: "Module",
  function: "Function",
  keyword: "Keyword",
  join: "Snippet",
  type: "TypeParameter",
};

/** Lets Monaco complete a language by the session; `dialects` says how texts of each language are written. */
export function registerCompletion(
  monaco: Monaco,
  dialects: Record<string, Dialect>,
  session: CompletionSession,
): IDisposable {
  const registered = Object.entries(dialects).map(([language, dialect]) =>
    monaco.languages.registerCompletionItemProvider(language, {
      triggerCharacters: [".", " ", '"', "("],
      async provideCompletionItems(model, position, { triggerCharacter }) {
        const text = model.getValue();
        const cursor = model.getOffsetAt(position);
        const { sql, start } = statementUnder(text, cursor);
        const answer = await session.complete({ sql, offset: cursor - start, dialect });
        if (answer === null || model.isDisposed()) return { suggestions: [] };
        if (triggerCharacter === " " && !answer.isAwaited) return { suggestions: [] };
        const from = model.getPositionAt(start + answer.from);
        const to = model.getPositionAt(start + answer.to);
        const range = {
          insert: monaco.Range.fromPositions(from, position),
          replace: monaco.Range.fromPositions(from, to),
        };
        const typed = sql.slice(answer.from, cursor - start);
        if (isLeftAlone(answer, typed)) return { suggestions: [] };
        return {
          // The order is ours: what was typed is looked at again at every key.
          incomplete: true,
          suggestions: answer.proposals.map((proposal, place) => ({
            ...itemOf(monaco, proposal),
            range,
            sortText: String(place).padStart(4, "0"),
            filterText: typed,
          })),
        };
      },
    }),
  );
  return { dispose: () => registered.forEach((each) => void each.dispose()) };
}

const FEW_LETTERS = 3;

/** Whether Enter had better begin a line: the word stands there already, or is as likely a new alias. */
const isLeftAlone = ({ proposals, mayBeAlias }: Completion, typed: string): boolean =>
  typed !== "" &&
  ((mayBeAlias && typed.length < FEW_LETTERS) ||
    proposals.some(
      ({ kind, label }) =>
        (kind === "keyword" || kind === "type") && label.toLowerCase() === typed.toLowerCase(),
    ));

function itemOf(monaco: Monaco, { kind, label, insert, detail }: Proposal) {
  return {
    label: { label, description: detail },
    kind: monaco.languages.CompletionItemKind[KINDS[kind]],
    insertText: insert,
    ...(insert.endsWith(".") ? { command: { id: "editor.action.triggerSuggest", title: "Go on" } } : {}),
  };
}

/** The statement that the cursor stands in, with what is behind its last sign; an empty one between two statements. */
function statementUnder(text: string, cursor: number): { sql: string; start: number } {
  const statements = splitStatements(text);
  const found = statementAt(statements, cursor);
  if (found === null || cursor < found.start) return { sql: "", start: cursor };
  if (cursor > found.until) return { sql: text.slice(found.until, cursor), start: found.until };
  const isEnded = text[found.until - 1] === ";";
  return { sql: text.slice(found.start, isEnded ? found.until - 1 : found.until), start: found.start };
}
