import { z } from "zod";

/** From least to most: a role may do all that the roles before it may. */
export const Role = z.enum(["viewer", "analyst", "engineer", "admin"]);
export type Role = z.infer<typeof Role>;

export const roleAtLeast = (held: Role, needed: Role): boolean =>
  Role.options.indexOf(held) >= Role.options.indexOf(needed);
