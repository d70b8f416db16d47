import { Failure } from "../../domain/shared/failure";

/** Somebody saved another version since the one that a draft was made from. */
export const contentConflict = (name: string, version: number, by: string): Failure =>
  new Failure("conflict", `${name} has a newer version: ${by} saved version ${version} meanwhile.`, {
    hint: "Look at that version, then save yours on top of it.",
  });
