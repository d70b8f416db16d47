/** Where something lies on the canvas: [x, y] of its upper left corner. */
export type Point = readonly [number, number];

/** Where a task is drawn, whether the document gives it a position or the view laid it out. */
export type Box = { x: number; y: number; width: number; height: number };

export type Alignment =
  | "left"
  | "center"
  | "right"
  | "top"
  | "middle"
  | "bottom"
  | "distribute_horizontally"
  | "distribute_vertically";

/**
 * One act of an author on a pipeline's text. Tasks are named by `task_id`. A pointer is a JSON pointer (RFC 6901); "" is
 * the whole. A value that is `undefined` removes the field.
 */
export type Operation =
  /** Appends a task that depends on the tasks `after`. */
  | {
      kind: "add_task";
      id: string;
      type: string;
      config: unknown;
      after?: readonly string[] | undefined;
      at?: Point | undefined;
    }
  /**
   * Removes tasks and what names them (dependencies, choices of branches, failure handling, canvas), and comments. Of a
   * group only the frame goes; its tasks stay.
   */
  | {
      kind: "remove";
      tasks: readonly string[];
      comments?: readonly string[] | undefined;
      groups?: readonly string[] | undefined;
    }
  /** Renames a task and everything that names it, expressions among them. */
  | { kind: "rename_task"; id: string; to: string }
  /** `to` depends on `from`. */
  | { kind: "connect"; from: string; to: string }
  | { kind: "disconnect"; from: string; to: string }
  /** `pointer` is below the task's config. */
  | { kind: "set_config"; id: string; pointer: string; value: unknown }
  /** `pointer` is below the task: `/timeout`, `/retry_policy/max_attempts`, `/depends_on`. Not `/task_id`. */
  | { kind: "set_task_field"; id: string; pointer: string; value: unknown }
  /** `pointer` is below the document: `/name`, `/schedule`, `/parameters/days`. Not `/tasks`. */
  | { kind: "set_field"; pointer: string; value: unknown }
  /** New places of tasks, and of comments by id. */
  | { kind: "move"; tasks: Readonly<Record<string, Point>>; comments?: Readonly<Record<string, Point>> }
  /** `boxes` says where the tasks are drawn now. */
  | { kind: "align"; how: Alignment; boxes: Readonly<Record<string, Box>> }
  /** Replaces every position. */
  | { kind: "auto_layout"; positions: Readonly<Record<string, Point>> }
  /** A task is in one group at most: it leaves the one where it was. */
  | { kind: "group"; id: string; label: string; tasks: readonly string[] }
  | { kind: "rename_group"; id: string; label: string }
  | { kind: "collapse"; id: string; collapsed: boolean }
  | { kind: "add_comment"; id: string; text: string; at: Point }
  | { kind: "edit_comment"; id: string; text: string }
  /**
   * Adds tasks from what `copyTasks` wrote, from a pipeline, from a list of tasks or one task. An id that is taken gets a
   * number behind it and the references among the pasted tasks follow; a dependency on another task is kept where that
   * task is there. `at` is where the upper left one goes.
   */
  | { kind: "paste"; text: string; at?: Point | undefined }
  | { kind: "duplicate"; ids: readonly string[] }
  /** The whole text, as somebody typed it; it may be broken for the moment. */
  | { kind: "replace_text"; text: string }
  /** The whole text of a pipeline that was brought from elsewhere; it must be JSON. */
  | { kind: "import"; text: string };

export type OperationKind = Operation["kind"];

/** Replaces `length` characters from `offset` on. Edits of one list are against the same text, in order, apart. */
export type TextEdit = { offset: number; length: number; content: string };

/** What came of an operation. `message` says in words why it was refused; the text is as it was then. */
export type Applied =
  | {
      ok: true;
      text: string;
      edits: TextEdit[];
      /** Tasks, groups and comments that the operation made, for instance to select them. */
      made: string[];
    }
  | { ok: false; message: string };
