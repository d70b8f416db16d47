/** One difference in meaning between two pipeline documents. Canvas, formatting, comments and order are none. */
export type DocumentChange =
  | { change: "task_added"; task: string; type: string }
  | { change: "task_removed"; task: string; type: string }
  | { change: "task_renamed"; task: string; from: string }
  /** `task` is its name in the newer document; `pointer` is below the task. `undefined`: not there. */
  | { change: "task_changed"; task: string; pointer: string; before: unknown; after: unknown }
  /** `to` depends on `from`; names of the newer document, for a removed task its old one. */
  | { change: "edge_added"; from: string; to: string }
  | { change: "edge_removed"; from: string; to: string }
  /** `pointer` is below the document. */
  | { change: "field_changed"; pointer: string; before: unknown; after: unknown };
