import { Fragment } from "react";

/** A key or a table's name: where it is too long for its line it breaks behind `_`, `.`, `-` or `/`, not within a word. */
export function BreakableName({ name }: { name: string }) {
  return name.split(/(?<=[_./-])(?=.)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
