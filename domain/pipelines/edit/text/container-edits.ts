import type { Node } from "jsonc-parser";
import type { TextEdit } from "../operation";
import { type Entry, Fresh } from "./entry";
import { renderJson } from "./render-json";
import { indentAt, type TextStyle } from "./text-style";
import { commaAfter, hasLineEnd, restOfLine } from "./trivia";

/** An entry as it stands in the text. `lead` is where its own lines begin, comments above it included. */
type Slot = { start: number; end: number; comma: number; lead: number; ownLine: boolean };

type Layout = { slots: Slot[]; tail: number; isMultiLine: boolean; indent: string };

/** The edits that bring an object or list to `entries`, which keep the order of the text. What stays is not touched. */
export function containerEdits(
  text: string,
  style: TextStyle,
  node: Node,
  entries: readonly Entry[],
): TextEdit[] {
  const children = node.children ?? [];
  if (children.length === 0) return fillEmpty(text, style, node, entries);
  const layout = layoutOf(text, style, node, children);
  const kept = new Set(entries.filter((entry) => entry.slot >= 0).map((entry) => entry.slot));
  if (entries.length === 0) {
    const [from, to] = [node.offset + 1, node.offset + node.length - 1];
    const around = text.slice(from, layout.slots[0]?.lead) + text.slice(layout.tail, to);
    if (around.trim() === "") return [{ offset: from, length: to - from, content: "" }];
  }
  return joined([
    ...removals(layout, kept),
    ...commas(entries, layout),
    ...insertions(text, style, node, entries, layout),
    ...entries.flatMap((entry) => changes(text, style, children[entry.slot], entry, layout)),
  ]);
}

function layoutOf(text: string, style: TextStyle, node: Node, children: readonly Node[]): Layout {
  let lead = restOfLine(text, node.offset + 1);
  const slots = children.map((child): Slot => {
    const [start, end] = [child.offset, child.offset + child.length];
    const comma = commaAfter(text, end);
    const slot = { start, end, comma, lead, ownLine: hasLineEnd(text, lead, start) };
    lead = restOfLine(text, comma === -1 ? end : comma + 1);
    return slot;
  });
  const first = slots.find((slot) => slot.ownLine);
  return {
    slots,
    tail: lead,
    isMultiLine: slots[0]?.ownLine === true,
    indent: first === undefined ? indentAt(text, node.offset) + style.unit : indentAt(text, first.start),
  };
}

/** Takes out runs of entries with the comments above and beside them. */
function removals({ slots, tail }: Layout, kept: ReadonlySet<number>): TextEdit[] {
  const edits: TextEdit[] = [];
  let run: Slot | undefined;
  for (const [index, slot] of slots.entries()) {
    if (!kept.has(index)) run ??= slot;
    else if (run !== undefined) {
      const [offset, end] = slot.ownLine ? [run.lead, slot.lead] : [run.start, slot.start];
      edits.push({ offset, length: end - offset, content: "" });
      run = undefined;
    }
  }
  if (run !== undefined) edits.push({ offset: run.lead, length: tail - run.lead, content: "" });
  return edits;
}

/** Puts new entries before the kept one that follows them, or at the end. */
function insertions(
  text: string,
  style: TextStyle,
  node: Node,
  entries: readonly Entry[],
  layout: Layout,
): TextEdit[] {
  const edits: TextEdit[] = [];
  let group: string[] = [];
  let hasKept = false;
  for (const entry of entries) {
    const next = layout.slots[entry.slot];
    if (next === undefined) group.push(render(style, node, entry, layout.indent, !layout.isMultiLine));
    else {
      if (group.length > 0) edits.push(insertionBefore(style, group, next, layout));
      group = [];
      hasKept = true;
    }
  }
  if (group.length > 0) edits.push(insertionAtEnd(text, style, group, hasKept, layout));
  return edits;
}

const onOwnLines = (group: readonly string[], { eol }: TextStyle, indent: string): string =>
  group.map((each) => eol + indent + each).join(",");

function insertionBefore(
  style: TextStyle,
  group: readonly string[],
  next: Slot,
  { indent }: Layout,
): TextEdit {
  if (next.ownLine) return { offset: next.lead, length: 0, content: `${onOwnLines(group, style, indent)},` };
  return { offset: next.start, length: 0, content: group.join(style.comma) + style.comma };
}

function insertionAtEnd(
  text: string,
  style: TextStyle,
  group: readonly string[],
  hasKept: boolean,
  layout: Layout,
): TextEdit {
  const { slots, tail, isMultiLine, indent } = layout;
  const end = closesWithComma(layout) ? "," : "";
  if (isMultiLine) return { offset: tail, length: 0, content: onOwnLines(group, style, indent) + end };
  const opening = text.slice(slots[0]?.lead, slots[0]?.start);
  const space = hasKept ? style.comma.slice(1) : opening.trim() === "" ? opening : " ";
  return { offset: tail, length: 0, content: space + group.join(style.comma) + end };
}

/** Whether the text has a comma behind the last entry. */
const closesWithComma = ({ slots }: Layout): boolean => (slots.at(-1)?.comma ?? -1) !== -1;

/** A comma behind each kept entry that others follow, none behind the last unless the text ended with one. */
function commas(entries: readonly Entry[], layout: Layout): TextEdit[] {
  const { slots } = layout;
  const closes = closesWithComma(layout);
  return entries.flatMap((entry, index) => {
    const slot = slots[entry.slot];
    if (slot === undefined) return [];
    const wants = index < entries.length - 1 || closes;
    if (wants && slot.comma === -1) return [{ offset: slot.end, length: 0, content: "," }];
    if (!wants && slot.comma !== -1) return [{ offset: slot.comma, length: 1, content: "" }];
    return [];
  });
}

/** A new key or a new value in the place of an old one. */
function changes(
  text: string,
  style: TextStyle,
  child: Node | undefined,
  { key, now }: Entry,
  { isMultiLine }: Layout,
): TextEdit[] {
  if (child === undefined) return [];
  const isProperty = child.type === "property";
  const keyNode = isProperty ? child.children?.[0] : undefined;
  const value = isProperty ? child.children?.[1] : child;
  const edits: TextEdit[] = [];
  if (keyNode !== undefined && keyNode.value !== key)
    edits.push({ offset: keyNode.offset, length: keyNode.length, content: JSON.stringify(key) });
  if (value !== undefined && now instanceof Fresh) {
    const content = renderJson(now.value, style, indentAt(text, value.offset), !isMultiLine);
    edits.push({ offset: value.offset, length: value.length, content });
  }
  return edits;
}

function fillEmpty(text: string, style: TextStyle, node: Node, entries: readonly Entry[]): TextEdit[] {
  if (entries.length === 0) return [];
  const [from, to] = [node.offset + 1, node.offset + node.length - 1];
  const inner = text.slice(from, to);
  const outer = indentAt(text, node.offset);
  const indent = outer + style.unit;
  const isInline =
    style.isOneLine || (inner.trim() === "" && entries.every(isScalar) && node.type === "array");
  const parts = entries.map((entry) => render(style, node, entry, indent, isInline));
  if (isInline && inner.trim() === "") {
    const pad = node.type === "object" ? style.comma.slice(1) : "";
    return [{ offset: from, length: inner.length, content: pad + parts.join(style.comma) + pad }];
  }
  const content = parts.map((part) => style.eol + indent + part).join(",");
  const offset = from + inner.trimEnd().length;
  return [{ offset, length: to - offset, content: content + style.eol + outer }];
}

const isScalar = ({ now }: Entry): boolean =>
  now instanceof Fresh && (typeof now.value !== "object" || now.value === null);

function render(style: TextStyle, node: Node, { key, now }: Entry, indent: string, inline: boolean): string {
  const value = renderJson(now instanceof Fresh ? now.value : null, style, indent, inline);
  return node.type === "object" ? JSON.stringify(key) + style.colon + value : value;
}

/** In order; what touches becomes one. */
function joined(edits: TextEdit[]): TextEdit[] {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.offset - b.edit.offset || a.edit.length - b.edit.length || a.index - b.index);
  const result: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = result.at(-1);
    if (last !== undefined && last.offset + last.length === edit.offset) {
      last.length += edit.length;
      last.content += edit.content;
    } else result.push({ ...edit });
  }
  return result;
}
