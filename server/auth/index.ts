export type { Person } from "./find-person";
export { readSession } from "./read-session";
export { processSignInLimit } from "./sign-in-limit";
export { signInOptions } from "./sign-in-options";
