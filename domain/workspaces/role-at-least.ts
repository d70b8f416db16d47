/** From least to most: a role may do all that the roles before it may. */
export const ROLES = ["viewer", "analyst", "engineer", "admin"] as const;

type Role = (typeof ROLES)[number];

export const roleAtLeast = (held: Role, needed: Role): boolean =>
  ROLES.indexOf(held) >= ROLES.indexOf(needed);
