import { z } from "zod";
import { diffDocuments } from "../../../domain/pipelines/diff/diff-documents";
import { jsonOf, parseText } from "../../../domain/pipelines/edit/text/parse-text";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type DraftScope, draftConflict, headOf, textOf } from "./draft-scope";
import type { StoredVersion } from "./draft-store";
import { PipelineIdInput } from "./get-draft";

const VersionRow = z.object({
  version: z.int(),
  note: z.string().nullable(),
  /** The version whose text this one brought back. */
  restoredFrom: z.int().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export const ListVersionsInput = PipelineIdInput.extend({
  /** The last version of the page before. */
  before: z.int().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const ListVersionsResult = z.array(VersionRow);
export const VersionInput = PipelineIdInput.extend({ version: z.int().min(1) });
export const VersionView = VersionRow.extend({ text: z.string() });

/** Versions, newest first. */
export async function listVersions(
  scope: DraftScope,
  { pipelineId, before, limit }: z.infer<typeof ListVersionsInput>,
): Promise<z.infer<typeof ListVersionsResult>> {
  requireRole(scope, "viewer");
  await headOf(scope, pipelineId);
  const rows = await scope.drafts.versions(
    { workspaceId: scope.workspace.id, pipelineId },
    { before, limit },
  );
  return rows.map(({ text: _text, document: _document, ...row }) => row);
}

/** A version with its text, byte for byte. */
export async function getVersion(
  scope: DraftScope,
  { pipelineId, version }: z.infer<typeof VersionInput>,
): Promise<z.infer<typeof VersionView>> {
  requireRole(scope, "viewer");
  const { document: _document, ...row } = await versionOf(scope, pipelineId, version);
  return row;
}

/** A version's number, or the draft. */
const Side = z.union([z.int().min(1), z.literal("draft")]);
export const DiffVersionsInput = PipelineIdInput.extend({ from: Side, to: Side });

const Value = z.unknown();
const DocumentChange = z.discriminatedUnion("change", [
  z.object({ change: z.literal("task_added"), task: z.string(), type: z.string() }),
  z.object({ change: z.literal("task_removed"), task: z.string(), type: z.string() }),
  z.object({ change: z.literal("task_renamed"), task: z.string(), from: z.string() }),
  z.object({
    change: z.literal("task_changed"),
    task: z.string(),
    pointer: z.string(),
    before: Value,
    after: Value,
  }),
  z.object({ change: z.literal("edge_added"), from: z.string(), to: z.string() }),
  z.object({ change: z.literal("edge_removed"), from: z.string(), to: z.string() }),
  z.object({ change: z.literal("field_changed"), pointer: z.string(), before: Value, after: Value }),
]);
/** Both texts too, for a comparison line by line. */
export const DiffVersionsResult = z.object({
  changes: z.array(DocumentChange),
  fromText: z.string(),
  toText: z.string(),
});

/** What changed in meaning between two versions, or a version and the draft. */
export async function diffVersions(
  scope: DraftScope,
  { pipelineId, from, to }: z.infer<typeof DiffVersionsInput>,
): Promise<z.infer<typeof DiffVersionsResult>> {
  requireRole(scope, "viewer");
  const head = await headOf(scope, pipelineId);
  const [fromText, toText] = await Promise.all(
    [from, to].map(async (side) =>
      side === "draft" ? textOf(scope, pipelineId, head) : (await versionOf(scope, pipelineId, side)).text,
    ),
  );
  return {
    changes: diffDocuments(documentOf(fromText ?? ""), documentOf(toText ?? "")),
    fromText: fromText ?? "",
    toText: toText ?? "",
  };
}

export const RestoreInput = VersionInput.extend({ baseRevision: z.int().min(0) });

/** Brings a version's text back into the draft. Failures: `conflict` where somebody saved meanwhile. */
export async function restoreVersion(
  scope: DraftScope,
  { pipelineId, version, baseRevision }: z.infer<typeof RestoreInput>,
): Promise<{ revision: number }> {
  requireRole(scope, "engineer");
  const { text } = await versionOf(scope, pipelineId, version);
  const saved = await scope.drafts.saveDraft({
    workspaceId: scope.workspace.id,
    pipelineId,
    text,
    baseRevision,
    of: version,
    by: scope.actor.name,
    at: scope.clock.now(),
  });
  if (saved === null) throw draftConflict(pipelineId, await headOf(scope, pipelineId));
  await recordAudit(scope, "pipeline.restored", pipelineId, { version });
  return saved;
}

async function versionOf(scope: DraftScope, pipelineId: string, version: number): Promise<StoredVersion> {
  const found = await scope.drafts.version({ workspaceId: scope.workspace.id, pipelineId }, version);
  if (found !== null) return found;
  throw new Failure("not_found", `There is no version ${version} of ${pipelineId} in this workspace.`);
}

function documentOf(text: string): unknown {
  const parsed = parseText(text);
  if (parsed.ok) return jsonOf(parsed.root);
  const { line, message } = parsed.mistake;
  throw new Failure("conflict", `The draft is broken at line ${line}: ${message}.`, {
    hint: "Mend it, then compare.",
  });
}
