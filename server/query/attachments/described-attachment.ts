import type { DescribedDatabase } from "../../../domain/ports/database-catalog";
import { Failure } from "../../../domain/shared/failure";
import type { Attachment, AttachmentScope } from "./attachment-scope";
import { openDatabase, openForeign } from "./with-secrets";

/** An answer is given at once while it is this young, and asked again in the background while it is not much older. */
const FRESH_MS = 60_000;
const USABLE_MS = 15 * 60_000;
/** A database that did not answer is left alone for so long. */
const FAILED_MS = 10_000;
const ANSWER_MS = 5_000;

type Entry = {
  answer: Promise<DescribedDatabase>;
  askedAt: number;
  state: "asking" | "answered" | "failed";
};

/** Answers by the engine that gave them, so that they are gone with it. */
const kept = new WeakMap<object, Map<string, Entry>>();

/**
 * What an attachment holds: asked once a minute at most, and after that for a while told as it was, while it is asked anew.
 * Failures: those of DatabaseCatalog and StatementEngine, and `invalid_input` where a secret is not set.
 */
export function describedAttachment(
  scope: AttachmentScope,
  attachment: Attachment,
): Promise<DescribedDatabase> {
  const key = JSON.stringify([scope.workspace.id, { ...attachment, catalog: nameIn(attachment) }]);
  const entries = entriesOf(scope.databaseCatalog);
  const held = entries.get(key);
  const now = scope.clock.now().getTime();
  const age = held === undefined ? Number.POSITIVE_INFINITY : now - held.askedAt;
  if (held !== undefined && age < (held.state === "failed" ? FAILED_MS : FRESH_MS)) return held.answer;
  if (held?.state === "asking" && age < USABLE_MS) return held.answer;
  const asked: Entry = { answer: ask(scope, attachment), askedAt: now, state: "asking" };
  const isUsable = held?.state === "answered" && age < USABLE_MS;
  entries.set(key, isUsable ? { ...held, askedAt: now } : asked);
  asked.answer.then(
    () => entries.set(key, { ...asked, state: "answered" }),
    () => {
      if (!isUsable) entries.set(key, { ...asked, state: "failed" });
    },
  );
  return isUsable ? held.answer : asked.answer;
}

/** A database is the same under each of its names; Trino's catalogs are not. */
const nameIn = (attachment: Attachment): string => (attachment.kind === "postgres" ? "" : attachment.catalog);

function entriesOf(engine: object): Map<string, Entry> {
  const held = kept.get(engine) ?? new Map<string, Entry>();
  kept.set(engine, held);
  return held;
}

async function ask(scope: AttachmentScope, attachment: Attachment): Promise<DescribedDatabase> {
  if (attachment.kind === "postgres") {
    const database = await openDatabase(scope, attachment);
    return scope.databaseCatalog.describe(database, { timeoutMs: ANSWER_MS });
  }
  if (scope.foreignCatalogs === null) {
    throw new Failure(
      "engine_unavailable",
      `Trino alone reads ${attachment.catalog}, and it is not set up.`,
      {
        hint: "Set TRINO_URL.",
      },
    );
  }
  const catalog = await openForeign(scope, attachment);
  const described = await scope.foreignCatalogs.describe(catalog, scope.workspace.id, {
    timeoutMs: ANSWER_MS,
  });
  return { ...described, options: "" };
}
