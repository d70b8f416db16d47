import type { Node } from "jsonc-parser";

/** A value that is not in the text yet. */
export class Fresh {
  constructor(public value: unknown) {}
}

/** One entry of an object or list: its place in the text, -1 where it is new, and what it holds now. */
export type Entry = { slot: number; key: string; now: Node | Fresh };
