"use client";

import { COMMAND_KEYS } from "@/components/query/editor/editor-commands";
import { Dialog } from "@/components/ui/Dialog";
import { ALL_ROOMS } from "./rooms";

const GENERAL: [string, string][] = [
  ["Ctrl K", "Command palette"],
  ["?", "This sheet"],
  ["F6, Shift F6", "Next pane, pane before"],
  ["Ctrl Enter", "In Sources: sync now"],
  ["Esc", "Back out one level"],
];

function Keys({ rows }: { rows: [string, string][] }) {
  return (
    <dl className="grid grid-cols-[120px_1fr] gap-y-1">
      {rows.map(([keys, text]) => (
        <div className="contents" key={keys}>
          <dt>
            <kbd className="rounded-1 border border-ctl px-1 text-11">{keys}</kbd>
          </dt>
          <dd className="text-ink-2">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const QUERY: [string, string][] = [
  ...Object.values(COMMAND_KEYS).map(({ keys, label }): [string, string] => [keys, label]),
  ["Enter, Shift Enter", "In the list of tables: insert the name, look at the first 100 rows"],
  ["F2", "On the tab of a text: give it another name"],
  ["Delete", "On the tab of a result: close it"],
];

/** Every key of the shell, and of the query room. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      description="Single letters are off while you type."
      isOpen
      onClose={onClose}
      title="Keyboard"
      width={640}
    >
      <div className="grid grid-cols-2 gap-6">
        <Keys rows={GENERAL} />
        <Keys rows={ALL_ROOMS.map(({ letter, label }) => [`g ${letter}`, label])} />
      </div>
      <h3 className="mt-4 mb-1 font-semibold text-title">Query</h3>
      <Keys rows={QUERY} />
    </Dialog>
  );
}
