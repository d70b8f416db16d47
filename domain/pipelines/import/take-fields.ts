import { type Json, showValue } from "./json";
import type { Notes } from "./notes";

const NO_PLACE = "There is no such field here.";

/** The fields of an object, each to be taken or said to be left: none is passed over. */
export function takeFields(fields: Json, where: string, notes: Notes) {
  const left = new Map(Object.entries(fields));
  const leave = (name: string, why: string) => {
    if (!left.has(name)) return;
    const value = left.get(name);
    left.delete(name);
    if (value !== null && value !== undefined) notes.add(where, `${name}: ${showValue(value)}`, why);
  };
  return {
    /** The value, which is thereby accounted for. */
    take(name: string): unknown {
      const value = left.get(name);
      left.delete(name);
      return value;
    },
    leave,
    /** Everything that is left. */
    end(why: string = NO_PLACE) {
      for (const name of [...left.keys()]) leave(name, why);
    },
  };
}
export type TakenFields = ReturnType<typeof takeFields>;
