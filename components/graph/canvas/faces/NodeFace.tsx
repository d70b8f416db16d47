"use client";

import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Table2 } from "lucide-react";
import { memo } from "react";
import { BreakableName } from "@/components/ui/BreakableName";
import { classNames } from "@/components/ui/class-names";
import type { ShownState } from "@/components/ui/prepare-state";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { FACE_WIDTH, PILL_GAP, PILL_HEIGHT, PILL_OFFSET } from "../scene/node-size";
import type { SceneStage } from "../scene/scene";
import type { FaceData } from "./face-data";
import { useFaceFocus } from "./useFaceFocus";

type Face = SceneStage["face"];

/** A node of 312 × 70: glyph, key, kind; one sentence; one line of facts. As a pill only glyph and key. */
export const NodeFace = memo(function NodeFace({ data }: NodeProps<Node<FaceData>>) {
  const { item, detail, isTabStop, isSelected, isTarget, canConnect, spoken } = data;
  const button = useFaceFocus(item.id, isTabStop);
  if (item.kind !== "node" && item.kind !== "group") return null;
  const { face } = item;
  const look = lookOf(face);
  return (
    <>
      {detail === "full" && <Port canConnect={canConnect} position={Position.Top} type="target" />}
      <button
        aria-label={spoken}
        aria-pressed={isSelected}
        className={classNames(
          "block h-[70px] w-[312px] rounded-3 border in-data-moving:bg-panel/99 bg-panel px-2.5 py-1.5 text-left hover:bg-raised",
          look.border,
          item.kind === "group" && "border-double border-[3px]",
          isSelected && "outline-2 outline-accent outline-offset-1",
          isTarget && "outline-2 outline-accent outline-dashed outline-offset-3",
        )}
        data-flow-item={item.id}
        ref={button}
        tabIndex={isTabStop ? 0 : -1}
        type="button"
      >
        {detail === "full" ? <Lines face={face} /> : <Key face={face} />}
      </button>
      {detail === "full" && <Port canConnect={canConnect} position={Position.Bottom} type="source" />}
      {detail === "full" && face.writes.length > 0 && <Pills face={face} />}
    </>
  );
});

/** Where edges end. React Flow's own handle listens to every move of the view, so it stands only where it is used. */
function Port({ canConnect, position, type }: PortProps) {
  const look = "size-[9px] rounded-full border border-ctl bg-panel";
  if (canConnect) return <Handle className={`!size-[9px] ${look}`} position={position} type={type} />;
  const side = type === "target" ? "-top-[5px]" : "-bottom-[5px]";
  return <span aria-hidden="true" className={`-translate-x-1/2 absolute left-1/2 ${side} ${look}`} />;
}

type PortProps = { canConnect: boolean; position: Position; type: "source" | "target" };

function Lines({ face }: { face: Face }) {
  const look = lookOf(face);
  return (
    <>
      <span className="flex items-center gap-2">
        <Mark face={face} size={13} />
        <code className="min-w-0 truncate text-13 text-ink">{face.label}</code>
        <span className="ml-auto shrink-0 text-12 text-ink-2">{face.kind}</span>
      </span>
      <span
        className={classNames("block truncate pl-[21px] text-12", look.isBad ? "text-err" : "text-ink-2")}
        title={face.sentence}
      >
        {face.sentence}
      </span>
      <span className="block truncate pl-[21px] text-12 text-ink-2">{face.facts}</span>
    </>
  );
}

/** From afar: the key, large enough to be read. */
function Key({ face }: { face: Face }) {
  return (
    <span className="flex h-full items-center gap-3">
      <Mark face={face} size={26} />
      <code
        className="line-clamp-2 min-w-0 text-ink [overflow-wrap:anywhere]"
        style={{ fontSize: 24, lineHeight: "28px" }}
      >
        <BreakableName name={face.label} />
      </code>
    </span>
  );
}

function Mark({ face, size }: { face: Face; size: number }) {
  const { shown } = lookOf(face);
  if (shown !== null) return <StateGlyph className="shrink-0" size={size} state={shown} word="none" />;
  const Icon = face.icon;
  return Icon === null ? (
    <span className="shrink-0" style={{ width: Math.min(size, 13) }} />
  ) : (
    <Icon aria-hidden="true" className="shrink-0 text-ink-2" size={size} />
  );
}

/** Data that it writes: rounded at the left, at the end of a dotted line. */
function Pills({ face }: { face: Face }) {
  const height = face.writes.length * (PILL_HEIGHT + PILL_GAP) - PILL_GAP;
  return (
    <ul
      aria-label={`Written by ${face.label}`}
      className="-translate-y-1/2 absolute top-1/2 flex flex-col"
      style={{ left: FACE_WIDTH, gap: PILL_GAP, height }}
    >
      {face.writes.map(({ name, detail }) => {
        const cut = name.lastIndexOf(".") + 1;
        return (
          <li className="flex items-center" key={name} title={`${name}, ${detail}`}>
            <span
              aria-hidden="true"
              className="border-ctl border-t-[1.5px] border-dotted"
              style={{ width: PILL_OFFSET }}
            />
            <span className="flex h-[34px] w-[312px] items-center gap-2 rounded-r-3 rounded-l-[17px] border border-line-2 in-data-moving:bg-sunken/99 bg-sunken px-3">
              <Table2 aria-hidden="true" className="shrink-0 text-ink-2" size={13} />
              {/* The end of a table's name tells it apart; what comes before gives way first. */}
              <code className="flex min-w-0 text-12 text-ink">
                <span className="min-w-0 shrink-[9999] truncate text-ink-2">{name.slice(0, cut)}</span>
                <span className="min-w-0 truncate">{name.slice(cut)}</span>
              </code>
              <span className="ml-auto shrink-0 text-12 text-ink-2">{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function lookOf({ state, errors, warnings }: Face): {
  shown: ShownState | null;
  border: string;
  isBad: boolean;
} {
  if (errors > 0) return { shown: state ?? "blocked", border: "border-err", isBad: true };
  const shown = state ?? (warnings > 0 ? "warning" : null);
  switch (state) {
    case "failed":
    case "blocked":
      return { shown, border: "border-err", isBad: true };
    case "running":
    case "starting":
      return { shown, border: "border-accent", isBad: false };
    case "retrying":
      return { shown, border: "border-warn", isBad: false };
    case "queued":
    case "waiting":
    case "skipped":
    case "cancelled":
      return { shown, border: "border-dashed border-ctl", isBad: false };
    default:
      return { shown, border: "border-ctl", isBad: false };
  }
}
