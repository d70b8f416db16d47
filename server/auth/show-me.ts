import { type Db, type WorkspaceOfPerson, workspacesOf } from "../workspaces/index";
import type { Person } from "./find-person";

/** The signed-in person with the workspaces they belong to, the oldest membership first. */
export async function showMe(scope: {
  db: Db;
  person: Person;
}): Promise<Person & { workspaces: WorkspaceOfPerson[] }> {
  return { ...scope.person, workspaces: await workspacesOf(scope.db, scope.person.id) };
}
