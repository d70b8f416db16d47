import type { InputError } from "@/domain/shared/failure";
import type { SchemaComplaint } from "./check-schema";

export type ErrorTree = { __errors?: string[] } & { [key: string]: ErrorTree | string[] | undefined };

export const pointerSteps = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

export const toPointer = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

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
