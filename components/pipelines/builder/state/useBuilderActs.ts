"use client";

import type { RefObject } from "react";
import type { FlowCanvasHandle } from "@/components/graph/canvas/flow-canvas-props";
import type { FlowGraph, FlowPoint } from "@/components/graph/canvas/flow-graph";
import { FACE_HEIGHT, FACE_WIDTH } from "@/components/graph/canvas/scene/node-size";
import { layOutGraph } from "@/components/graph/layout/lay-out-graph";
import { copyTasks } from "@/domain/pipelines/edit/copy-tasks";
import type { Alignment, Operation, Point } from "@/domain/pipelines/edit/operation";
import type { Problem } from "@/domain/pipelines/problems/problem";
import { taskType } from "@/domain/pipelines/task-types/index";
import { freshId } from "../fresh-id";
import { type LooseTask, layoutInput } from "../prepare-flow";
import { idAt } from "../read-document";
import { whyNotConnect } from "../why-not-connect";
import type { DraftText } from "./useDraftText";

const pointOf = ({ x, y }: FlowPoint): Point => [Math.round(x), Math.round(y)];

type BuilderParts = {
  draft: DraftText;
  tasks: readonly LooseTask[];
  flow: FlowGraph;
  selection: ReadonlySet<string>;
  canvas: RefObject<FlowCanvasHandle | null>;
};

/** What a person does on the graph, as operations on the text. */
export function useBuilderActs({ draft, tasks, flow, selection, canvas }: BuilderParts) {
  const { perform } = draft;
  const ids = new Set(tasks.map(({ id }) => id));
  const comments = new Set(flow.comments.map(({ id }) => id));
  const groups = new Set(flow.groups.map(({ id }) => id));
  const chosen = [...selection].filter((id) => ids.has(id));
  /** A group stands for its tasks. */
  const tasksOf = (which: ReadonlySet<string>) => {
    const members = flow.groups.flatMap((group) => (which.has(group.id) ? group.members : []));
    return [...new Set([...which, ...members])].filter((id) => ids.has(id));
  };

  const addAt = (type: string, at: FlowPoint | null, after: readonly string[]) => {
    const known = taskType(type);
    if (known === null) return;
    const id = freshId(type, ids);
    const where = at === null ? {} : { at: pointOf(at) };
    perform({ kind: "add_task", id, type, config: known.initial, after, ...where });
  };

  const remove = (which: ReadonlySet<string>) => {
    const among = (known: ReadonlySet<string>) => [...which].filter((id) => known.has(id));
    perform({ kind: "remove", tasks: among(ids), comments: among(comments), groups: among(groups) });
  };

  return {
    /** The tasks that are selected. */
    chosen,
    /** Behind what is selected, where one task is. */
    add: (type: string) => {
      const [after, ...more] = chosen;
      const behind = after !== undefined && more.length === 0 ? after : undefined;
      addAt(type, canvas.current?.freePlace(behind) ?? null, behind === undefined ? [] : [behind]);
    },
    layOut: () => {
      const places = [...layOutGraph(layoutInput(tasks))].map(([id, point]) => [id, pointOf(point)] as const);
      perform({ kind: "auto_layout", positions: Object.fromEntries(places) });
      // Once the new places are drawn.
      requestAnimationFrame(() => canvas.current?.fit());
    },
    align: (how: Alignment) => {
      const boxes = flow.nodes
        .filter(({ id }) => selection.has(id))
        .map(({ id, position }) => [id, { ...position, width: FACE_WIDTH, height: FACE_HEIGHT }] as const);
      perform({ kind: "align", how, boxes: Object.fromEntries(boxes) });
    },
    group: () => {
      const taken = new Set([...ids, ...groups, ...comments]);
      perform({ kind: "group", id: freshId("group", taken), label: "Group", tasks: chosen });
    },
    comment: () => {
      const at = canvas.current?.freePlace() ?? { x: 0, y: 0 };
      const taken = new Set([...ids, ...groups, ...comments]);
      perform({ kind: "add_comment", id: freshId("comment", taken), text: "Comment", at: pointOf(at) });
    },
    mend: (document: unknown, { pointer, value }: NonNullable<Problem["fix"]>) => {
      const [, index, field] = /^\/tasks\/(\d+)(\/.*)$/.exec(pointer) ?? [];
      if (index === undefined || field === undefined) return perform({ kind: "set_field", pointer, value });
      const id = idAt(document, Number(index));
      if (id === null) return;
      if (field === "/task_id") return perform({ kind: "rename_task", id, to: String(value) });
      perform({ kind: "set_task_field", id, pointer: field, value });
    },
    /** For a reader too; null where no task is selected, and the clipboard is left alone. */
    copy: (which: ReadonlySet<string>) => {
      const copied = tasksOf(which);
      return copied.length === 0 ? null : copyTasks(draft.state.history.text, copied);
    },
    canvas: {
      onMove: (positions: ReadonlyMap<string, FlowPoint>) => {
        const moved = (known: ReadonlySet<string>) =>
          Object.fromEntries(
            [...positions].filter(([id]) => known.has(id)).map(([id, point]) => [id, pointOf(point)]),
          );
        perform({ kind: "move", tasks: moved(ids), comments: moved(comments) } satisfies Operation);
      },
      onConnect: (from: string, to: string) => perform({ kind: "connect", from, to }),
      onDisconnect: (edges: readonly { from: string; to: string }[]) => {
        for (const { from, to } of edges) perform({ kind: "disconnect", from, to });
      },
      whyNotConnect: (from: string, to: string) => whyNotConnect(tasks, from, to),
      onRemove: remove,
      onDropNew: (type: string, at: FlowPoint) => addAt(type, at, []),
      onPaste: (text: string, at: FlowPoint) => perform({ kind: "paste", text, at: pointOf(at) }),
      onDuplicate: (which: ReadonlySet<string>) => perform({ kind: "duplicate", ids: tasksOf(which) }),
      onUndo: draft.undo,
      onRedo: draft.redo,
      onToggleGroup: (id: string) =>
        perform({
          kind: "collapse",
          id,
          collapsed: flow.groups.find((one) => one.id === id)?.isCollapsed !== true,
        }),
      onGroupLabel: (id: string, label: string) => perform({ kind: "rename_group", id, label }),
      onCommentText: (id: string, text: string) => perform({ kind: "edit_comment", id, text }),
    },
  };
}
