import type { Node } from "jsonc-parser";
import { JsonEditor, type JsonPath } from "../text/json-editor";
import { jsonOf } from "../text/parse-text";
import { Refused } from "./refused";

type Fields = Record<string, unknown>;

/** A task as the text has it, sound or not. `path` leads to it. */
export type DraftTask = { id: string; type: string; path: JsonPath; dependsOn: string[]; value: Fields };

/** A document that an operation is about to change: what it says before, and the editor of its text. */
export class Draft {
  readonly editor: JsonEditor;
  readonly document: Fields;
  readonly tasks: readonly DraftTask[];
  readonly #byId = new Map<string, DraftTask>();

  constructor(text: string, root: Node) {
    this.editor = new JsonEditor(text, root);
    this.document = jsonOf(root) as Fields;
    if (this.document.tasks !== undefined && !Array.isArray(this.document.tasks))
      throw new Refused("The field tasks is no list. Mend the text first.");
    this.tasks = listOf(this.document.tasks).flatMap((value, index) => {
      if (!isFields(value) || typeof value.task_id !== "string") return [];
      const path = ["tasks", index];
      const type = typeof value.type === "string" ? value.type : "";
      return [{ id: value.task_id, type, path, dependsOn: textsOf(value.depends_on), value }];
    });
    for (const task of this.tasks) this.#byId.set(task.id, task);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Refuses where no task, or more than one, has the id. */
  task(id: string): DraftTask {
    const task = this.#byId.get(id);
    if (task === undefined) throw new Refused(`There is no task ${id}.`);
    if (this.tasks.some((each) => each.id === id && each !== task))
      throw new Refused(`More than one task is called ${id}. Rename one in the text first.`);
    return task;
  }

  /** An object below the document, as it was before the operation; empty where there is none. */
  fields(path: JsonPath): Fields {
    let at: unknown = this.document;
    for (const step of path) at = isFields(at) ? at[step] : undefined;
    return isFields(at) ? at : {};
  }

  /** A list of objects with an `id`: groups and comments of the canvas. */
  canvasList(name: "groups" | "comments"): { id: string; path: JsonPath; value: Fields }[] {
    return listOf(this.fields(["canvas"])[name]).flatMap((value, index) =>
      isFields(value) && typeof value.id === "string"
        ? [{ id: value.id, path: ["canvas", name, index], value }]
        : [],
    );
  }

  /** Removes an object or list that became empty, and what is empty around it. */
  prune(path: JsonPath): void {
    const value = this.editor.get(path);
    if (path.length === 0 || typeof value !== "object" || value === null || Object.keys(value).length > 0)
      return;
    this.editor.remove(path);
    this.prune(path.slice(0, -1));
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const textsOf = (value: unknown): string[] =>
  listOf(value).filter((each): each is string => typeof each === "string");
