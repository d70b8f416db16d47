import type { Node } from "jsonc-parser";
import { isEqualJson } from "../../../shared/is-equal-json";
import type { TextEdit } from "../operation";
import { containerEdits } from "./container-edits";
import { type Entry, Fresh } from "./entry";
import { jsonOf } from "./parse-text";
import { reconcileList } from "./reconcile-list";
import { textStyle } from "./text-style";

export type JsonPath = readonly (string | number)[];

/**
 * Changes to a JSON text, gathered at the level of values and turned into the smallest edits at the end: what is not
 * changed keeps its bytes, comments and order.
 */
export class JsonEditor {
  readonly #text: string;
  readonly #root: Node;
  /** Objects and lists whose entries changed. */
  readonly #entries = new Map<Node, Entry[]>();

  constructor(text: string, root: Node) {
    this.#text = text;
    this.#root = root;
  }

  /** The value at a path as it stands after the changes so far; undefined where nothing is there. */
  get(path: JsonPath): unknown {
    const place = this.#place(path);
    return place === undefined ? undefined : this.#value(place);
  }

  /**
   * Writes a value, and the objects around it where they are missing; a new field stands behind the field `after`, or
   * last. Inside of what is there only what differs changes. `undefined` removes.
   */
  set(path: JsonPath, value: unknown, after?: string): void {
    const last = path.at(-1);
    if (value === undefined) this.remove(path);
    else if (last === undefined) this.#reconcile(this.#root, value);
    else {
      const parent = this.#place(path.slice(0, -1));
      const isList = typeof last === "number";
      if (!isContainer(parent, isList)) this.set(path.slice(0, -1), isList ? [value] : { [last]: value });
      else if (parent instanceof Fresh) fieldsOf(parent)[last] = structuredClone(value);
      else this.#setIn(parent, last, value, after);
    }
  }

  remove(path: JsonPath): void {
    const last = path.at(-1);
    const parent = this.#place(path.slice(0, -1));
    if (last === undefined || parent === undefined || this.get(path) === undefined) return;
    if (!(parent instanceof Fresh)) {
      const isGone = (entry: Entry, at: number) =>
        parent.type === "array" ? at === last : entry.key === last;
      const entries = this.#changed(parent);
      this.#entries.set(
        parent,
        entries.filter((entry, at) => !isGone(entry, at)),
      );
    } else if (Array.isArray(parent.value)) parent.value.splice(Number(last), 1);
    else delete fieldsOf(parent)[last];
  }

  /** Puts a value at the end of a list, which is made where it is missing. */
  append(path: JsonPath, value: unknown, after?: string): void {
    const list = this.#place(path);
    if (!isContainer(list, true)) this.set(path, [value], after);
    else if (list instanceof Fresh) (list.value as unknown[]).push(structuredClone(value));
    else this.#changed(list).push(freshEntry("", value));
  }

  /** Gives a field of an object another name in its place. A field that had that name goes. */
  renameKey(path: JsonPath, from: string, to: string): void {
    const parent = this.#place(path);
    if (from === to || !isContainer(parent, false) || this.get([...path, from]) === undefined) return;
    this.remove([...path, to]);
    if (parent instanceof Fresh) {
      this.set([...path, to], this.get([...path, from]));
      this.remove([...path, from]);
    } else for (const entry of this.#changed(parent)) if (entry.key === from) entry.key = to;
  }

  /** The edits that make the text say so, in order and apart. */
  edits(): TextEdit[] {
    const style = textStyle(this.#text);
    const edits: TextEdit[] = [];
    const visit = (node: Node): void => {
      const entries = this.#entries.get(node);
      if (entries !== undefined) edits.push(...containerEdits(this.#text, style, node, entries));
      for (const { now } of entries ?? entriesOf(node))
        if (!(now instanceof Fresh) && now.children !== undefined) visit(now);
    };
    if (this.#entries.size > 0) visit(this.#root);
    return edits.sort((a, b) => a.offset - b.offset);
  }

  #place(path: JsonPath): Node | Fresh | undefined {
    let place: Node | Fresh | undefined = this.#root;
    for (const step of path) {
      if (place instanceof Fresh) {
        const value: unknown = (place.value as Record<string | number, unknown> | null)?.[step];
        place = value === undefined ? undefined : new Fresh(value);
      } else if (place !== undefined) place = this.#entry(place, step)?.now;
    }
    return place;
  }

  #entry(place: Node, step: string | number): Entry | undefined {
    const entries = this.#entries.get(place) ?? entriesOf(place);
    if (place.type === "array") return typeof step === "number" ? entries[step] : undefined;
    return place.type === "object" ? entries.findLast((entry) => entry.key === step) : undefined;
  }

  #changed(node: Node): Entry[] {
    const there = this.#entries.get(node);
    if (there !== undefined) return there;
    const entries = entriesOf(node);
    this.#entries.set(node, entries);
    return entries;
  }

  #setIn(parent: Node, key: string | number, value: unknown, after: string | undefined): void {
    const entries = this.#changed(parent);
    const entry = this.#entry(parent, key);
    if (entry !== undefined) this.#put(entry, value);
    else {
      const before = after === undefined ? -1 : entries.findIndex((each) => each.key === after);
      entries.splice(before === -1 ? entries.length : before + 1, 0, freshEntry(String(key), value));
    }
  }

  /** The entry is one of a changed container. */
  #put(entry: Entry, value: unknown): void {
    if (entry.now instanceof Fresh) entry.now.value = structuredClone(value);
    else if (isSameKind(entry.now, value)) this.#reconcile(entry.now, value);
    else if (!isEqualJson(this.#value(entry.now), value)) entry.now = new Fresh(structuredClone(value));
  }

  #reconcile(node: Node, value: unknown): void {
    if (isEqualJson(this.#value(node), value)) return;
    if (Array.isArray(value)) this.#reconcileItems(node, value);
    else this.#reconcileFields(node, value as Record<string, unknown>);
  }

  #reconcileFields(node: Node, wanted: Record<string, unknown>): void {
    const isGone = (key: string) => !Object.hasOwn(wanted, key) || wanted[key] === undefined;
    const entries = this.#changed(node).filter((entry) => !isGone(entry.key));
    const byKey = new Map(entries.map((entry) => [entry.key, entry]));
    for (const [key, each] of Object.entries(wanted)) {
      if (each === undefined) continue;
      const entry = byKey.get(key);
      if (entry === undefined) entries.push(freshEntry(key, each));
      else this.#put(entry, each);
    }
    this.#entries.set(node, entries);
  }

  #reconcileItems(node: Node, wanted: readonly unknown[]): void {
    const entries = this.#changed(node);
    const places = reconcileList(
      entries.map((entry) => this.#value(entry.now)),
      wanted,
    );
    const result = wanted.map((each, index) => {
      const entry = entries[places[index] ?? -1];
      if (entry === undefined) return freshEntry("", each);
      this.#put(entry, each);
      return entry;
    });
    this.#entries.set(node, result);
  }

  #value(place: Node | Fresh): unknown {
    if (place instanceof Fresh) return place.value;
    if (this.#entries.size === 0 || place.children === undefined) return jsonOf(place);
    const entries = this.#entries.get(place) ?? entriesOf(place);
    if (place.type === "array") return entries.map((entry) => this.#value(entry.now));
    return Object.fromEntries(entries.map((entry) => [entry.key, this.#value(entry.now)]));
  }
}

const freshEntry = (key: string, value: unknown): Entry => ({
  slot: -1,
  key,
  now: new Fresh(structuredClone(value)),
});

function entriesOf(node: Node): Entry[] {
  const children = node.children ?? [];
  if (node.type === "array") return children.map((now, slot) => ({ slot, key: "", now }));
  return children.map((property, slot) => {
    const [key, now] = property.children as [Node, Node];
    return { slot, key: String(key.value), now };
  });
}

function isContainer(place: Node | Fresh | undefined, isList: boolean): place is Node | Fresh {
  if (place === undefined) return false;
  if (place instanceof Fresh) return kindOf(place.value) === (isList ? "array" : "object");
  return place.type === (isList ? "array" : "object");
}

const isSameKind = (node: Node, value: unknown): boolean => node.type === kindOf(value);

function kindOf(value: unknown): "array" | "object" | null {
  if (typeof value !== "object" || value === null) return null;
  return Array.isArray(value) ? "array" : "object";
}

const fieldsOf = (fresh: Fresh): Record<string | number, unknown> =>
  fresh.value as Record<string | number, unknown>;
