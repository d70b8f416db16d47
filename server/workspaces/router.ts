import { roleProcedure, router, signedInProcedure } from "../trpc/trpc";
import { CreateInvitationInput, createInvitation } from "./create-invitation";
import { CreateTokenInput, createToken } from "./create-token";
import { CreateWorkspaceInput, createWorkspace } from "./create-workspace";
import { ListAuditInput, listAudit } from "./list-audit";
import { listInvitations } from "./list-invitations";
import { listMembers } from "./list-members";
import { listTokens } from "./list-tokens";
import { RemoveMemberInput, removeMember } from "./remove-member";
import { RevokeInvitationInput, revokeInvitation } from "./revoke-invitation";
import { RevokeTokenInput, revokeToken } from "./revoke-token";
import { SetMemberRoleInput, setMemberRole } from "./set-member-role";

export const workspacesRouter = router({
  create: signedInProcedure
    .input(CreateWorkspaceInput)
    .mutation(({ ctx, input }) => createWorkspace({ db: ctx.composition.db, actor: ctx.person }, input)),
});

export const membersRouter = router({
  list: roleProcedure("viewer").query(({ ctx }) => listMembers(ctx.scope)),
  setRole: roleProcedure("admin")
    .input(SetMemberRoleInput)
    .mutation(({ ctx, input }) => setMemberRole(ctx.scope, input)),
  remove: roleProcedure("admin")
    .input(RemoveMemberInput)
    .mutation(({ ctx, input }) => removeMember(ctx.scope, input)),
});

export const invitationsRouter = router({
  list: roleProcedure("admin").query(({ ctx }) => listInvitations(ctx.scope)),
  create: roleProcedure("admin")
    .input(CreateInvitationInput)
    .mutation(({ ctx, input }) => createInvitation(ctx.scope, input)),
  revoke: roleProcedure("admin")
    .input(RevokeInvitationInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.scope, input)),
});

export const tokensRouter = router({
  list: roleProcedure("admin").query(({ ctx }) => listTokens(ctx.scope)),
  create: roleProcedure("admin")
    .input(CreateTokenInput)
    .mutation(({ ctx, input }) => createToken(ctx.scope, input)),
  revoke: roleProcedure("admin")
    .input(RevokeTokenInput)
    .mutation(({ ctx, input }) => revokeToken(ctx.scope, input)),
});

export const auditRouter = router({
  list: roleProcedure("admin")
    .input(ListAuditInput)
    .query(({ ctx, input }) => listAudit(ctx.scope, input)),
});
