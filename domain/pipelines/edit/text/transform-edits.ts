import type { TextEdit } from "../operation";

/**
 * The same edits for the text after `over`, which is against the same text as they are. Null where both change one
 * place. Where both insert at one place, `edits` come behind with `behind`, before otherwise.
 */
export function transformEdits(
  edits: readonly TextEdit[],
  over: readonly TextEdit[],
  behind: boolean,
): TextEdit[] | null {
  const moved: TextEdit[] = [];
  let shift = 0;
  let next = 0;
  for (const edit of edits) {
    for (let other = over[next]; other !== undefined && isBefore(other, edit, behind); other = over[next]) {
      shift += other.content.length - other.length;
      next += 1;
    }
    const other = over[next];
    if (other !== undefined && !isBefore(edit, other, !behind)) return null;
    moved.push({ ...edit, offset: edit.offset + shift });
  }
  return moved;
}

/** Whether all of `a` lies before `b`. Two insertions at one place: as `tie` says. */
function isBefore(a: TextEdit, b: TextEdit, tie: boolean): boolean {
  const end = a.offset + a.length;
  if (end !== b.offset) return end < b.offset;
  return a.length > 0 || b.length > 0 || tie;
}
