import { roleProcedure, router } from "../../trpc/trpc";
import { ActivateInput, ActivateResult, activateDraft } from "./activate-draft";
import { CreatePipelineInput, CreatePipelineResult, createPipeline } from "./create-pipeline";
import { prismaDraftStore } from "./draft-rows";
import { DraftView, getDraft, ListDraftsResult, listDrafts, PipelineIdInput } from "./get-draft";
import { HeartbeatInput, heartbeat, PresenceView } from "./presence";
import { DiscardDraftInput, discardDraft, SaveDraftInput, SaveDraftResult, saveDraft } from "./save-draft";
import {
  DiffVersionsInput,
  DiffVersionsResult,
  diffVersions,
  getVersion,
  ListVersionsInput,
  ListVersionsResult,
  listVersions,
  RestoreInput,
  restoreVersion,
  VersionInput,
  VersionView,
} from "./versions";

const draftProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) =>
    next({ ctx: { ...ctx, scope: { ...ctx.scope, drafts: prismaDraftStore(ctx.scope.db) } } }),
  );
const view = draftProcedure("viewer");
const edit = draftProcedure("engineer");

/** Texts of pipelines: drafts, versions, and who has them open. */
export const draftsRouter = router({
  create: edit
    .meta({
      openapi: { method: "POST", path: "/pipelines", summary: "A new pipeline, as a draft", status: 201 },
    })
    .input(CreatePipelineInput)
    .output(CreatePipelineResult)
    .mutation(({ ctx, input }) => createPipeline(ctx.scope, input)),
  drafts: view
    .meta({
      openapi: { method: "GET", path: "/drafts", summary: "Pipelines that are edited and not activated" },
    })
    .output(ListDraftsResult)
    .query(({ ctx }) => listDrafts(ctx.scope)),
  draft: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/draft",
        summary: "The text of a pipeline as it is edited now",
      },
    })
    .input(PipelineIdInput)
    .output(DraftView)
    .query(({ ctx, input }) => getDraft(ctx.scope, input)),
  saveDraft: edit
    .meta({
      openapi: {
        method: "PUT",
        path: "/pipelines/{pipelineId}/draft",
        summary: "Save the draft, unless somebody else did since",
      },
    })
    .input(SaveDraftInput)
    .output(SaveDraftResult)
    .mutation(({ ctx, input }) => saveDraft(ctx.scope, input)),
  discardDraft: edit
    .meta({
      openapi: {
        method: "DELETE",
        path: "/pipelines/{pipelineId}/draft",
        summary: "Back to the active version",
      },
    })
    .input(DiscardDraftInput)
    .output(DraftView)
    .mutation(({ ctx, input }) => discardDraft(ctx.scope, input)),
  activate: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/activation",
        summary: "Make the draft the active version",
      },
    })
    .input(ActivateInput)
    .output(ActivateResult)
    .mutation(({ ctx, input }) => activateDraft(ctx.scope, input)),
  versions: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/versions",
        summary: "Versions of a pipeline, newest first",
      },
    })
    .input(ListVersionsInput)
    .output(ListVersionsResult)
    .query(({ ctx, input }) => listVersions(ctx.scope, input)),
  version: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/versions/{version}",
        summary: "A version of a pipeline with its text",
      },
    })
    .input(VersionInput)
    .output(VersionView)
    .query(({ ctx, input }) => getVersion(ctx.scope, input)),
  diffVersions: view
    .input(DiffVersionsInput)
    .output(DiffVersionsResult)
    .query(({ ctx, input }) => diffVersions(ctx.scope, input)),
  restore: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/versions/{version}/restore",
        summary: "Bring a version's text back into the draft",
      },
    })
    .input(RestoreInput)
    .output(CreatePipelineResult.pick({ revision: true }))
    .mutation(({ ctx, input }) => restoreVersion(ctx.scope, input)),
  presence: view
    .input(HeartbeatInput)
    .output(PresenceView)
    .mutation(({ ctx, input }) => heartbeat(ctx.scope, input)),
});
