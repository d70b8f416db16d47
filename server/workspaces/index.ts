export { createToken } from "./create-token";
export { ensureSampleWorkspace } from "./ensure-sample-workspace";
export { findToken, type TokenIdentity } from "./find-token";
export { recordAudit } from "./record-audit";
export { resolveWorkspace } from "./resolve-workspace";
export { requireRole, type WorkspaceScope } from "./scope";
export { hashSecretToken } from "./secret-token";
export {
  type Db,
  type FoundInvitation,
  invitationByHash,
  membershipRole,
  membersOf,
  openInvitationsFor,
  putMembership,
  type Rows,
  takeInvitation,
  type WorkspaceOfPerson,
  workspaceById,
  workspaceBySlug,
  workspacesOf,
} from "./store";
