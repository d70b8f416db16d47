import { quotedName } from "../../shared/quoted-name";
import { RESERVED } from "./words";

/** A name as a statement spells it: in quotes only where it has to be. */
export const spellName = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name.toUpperCase()) ? name : quotedName(name);
