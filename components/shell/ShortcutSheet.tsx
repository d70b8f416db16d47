"use client";

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

/** Every key of the shell. */
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
    </Dialog>
  );
}
