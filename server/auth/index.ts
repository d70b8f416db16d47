export { findPerson, type Person, type SessionClaim } from "./find-person";
export type { OidcSettings } from "./oidc-settings";
export { readSession } from "./read-session";
export { processSignInLimit, type SignInLimit } from "./sign-in-limit";
export { type AuthParts, signInOptions } from "./sign-in-options";
