import type { Draft } from "./draft";
import { Refused } from "./refused";

export const CANVAS_NOUN = { groups: "group", comments: "comment" } as const;

/** A group or a comment by its id; refuses where there is none. */
export function listed(draft: Draft, name: keyof typeof CANVAS_NOUN, id: string) {
  const found = draft.canvasList(name).find((each) => each.id === id);
  if (found === undefined) throw new Refused(`There is no ${CANVAS_NOUN[name]} ${id}.`);
  return found;
}
