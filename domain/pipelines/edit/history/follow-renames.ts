import { diffDocuments } from "../../diff/diff-documents";
import { applyOperation } from "../apply-operation";
import { jsonOf, parseText } from "../text/parse-text";

/** A text that two people went on from, and what each made of it. */
export type ThreeTexts = { base: string; mine: string; theirs: string };

/**
 * The same texts with every task that one of both renamed under its new name in all three, so that what the other did to
 * it is found there. Null where nobody renamed any, or both gave one task different names.
 */
export function followRenames({ base, mine, theirs }: ThreeTexts): ThreeTexts | null {
  const [own, other] = [renamesOf(base, mine), renamesOf(base, theirs)];
  if (own.size + other.size === 0) return null;
  let texts: ThreeTexts | null = { base, mine, theirs };
  for (const id of new Set([...own.keys(), ...other.keys()]))
    texts = texts === null ? null : renamed(texts, id, own.get(id), other.get(id));
  return texts;
}

/** `id` under its new name also in the texts that do not have it yet. */
function renamed(
  { base, mine, theirs }: ThreeTexts,
  id: string,
  ours: string | undefined,
  others: string | undefined,
): ThreeTexts | null {
  const to = ours ?? others;
  if (to === undefined || (others ?? to) !== to) return null;
  const inText = (text: string) => applyOperation(text, { kind: "rename_task", id, to });
  const [from, own, other] = [
    inText(base),
    ours === undefined ? inText(mine) : { ok: true as const, text: mine },
    others === undefined ? inText(theirs) : { ok: true as const, text: theirs },
  ];
  return from.ok && own.ok && other.ok ? { base: from.text, mine: own.text, theirs: other.text } : null;
}

function renamesOf(before: string, after: string): Map<string, string> {
  const [old, now] = [parseText(before), parseText(after)];
  if (!old.ok || !now.ok) return new Map();
  return new Map(
    diffDocuments(jsonOf(old.root), jsonOf(now.root)).flatMap((each) =>
      each.change === "task_renamed" ? [[each.from, each.task] as const] : [],
    ),
  );
}
