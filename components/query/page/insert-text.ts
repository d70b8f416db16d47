import { spellName } from "@/domain/query/completion/spell-name";
import type { TreeRow } from "../catalog/prepare-tree";

const PEEK_ROWS = 100;

/** A name as statements spell it. */
export const insertText = ({ parts }: Pick<TreeRow, "parts">): string => parts.map(spellName).join(".");

/** A statement that looks at the first rows of a table. */
export const peekText = (row: Pick<TreeRow, "parts">): string =>
  `SELECT *\nFROM ${insertText(row)}\nLIMIT ${PEEK_ROWS}`;
