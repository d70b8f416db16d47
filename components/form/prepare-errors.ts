import type { InputError } from "@/domain/shared/failure";
import { pointerSteps, toPointer } from "@/domain/shared/json-pointer";
import type { SchemaComplaint } from "./check-schema";

export type ErrorTree = { __errors?: string[] } & { [key: string]: ErrorTree | string[] | undefined };

/** Complaints with pointers as the tree that the form library reads. */
export function errorTree(errors: readonly InputError[]): ErrorTree {
  const root: ErrorTree = {};
  for (const { pointer, message } of errors) {
    let node = root;
    for (const step of pointerSteps(pointer)) {
      const next = (node[step] as ErrorTree | undefined) ?? {};
      node[step] = next;
      node = next;
    }
    node.__errors = [...(node.__errors ?? []), message];
  }
  return root;
}

/** Those at or below `prefix`, with pointers that begin there. */
export function errorsBelow(errors: readonly InputError[], prefix: string): InputError[] {
  return errors.flatMap(({ pointer, message }) =>
    pointer === prefix || pointer.startsWith(`${prefix}/`)
      ? [{ pointer: pointer.slice(prefix.length), message }]
      : [],
  );
}

/** What a schema has to say, as complaints about a document below `prefix`. */
export const asInputErrors = (complaints: readonly SchemaComplaint[], prefix: string): InputError[] =>
  complaints.map(({ path, message }) => ({ pointer: prefix + toPointer(path), message }));
