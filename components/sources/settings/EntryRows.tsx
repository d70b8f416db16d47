"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";

const INPUT = `${CONTROL_CLASS} font-mono`;

function AddButton({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <span>
      <Button
        aria-label={`Add: ${label}`}
        icon={<Plus aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={onAdd}
      >
        Add
      </Button>
    </span>
  );
}

function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      aria-label={`Remove ${label}`}
      icon={<X aria-hidden="true" size={13} />}
      kind="quiet"
      onClick={onRemove}
    />
  );
}

export type EntryRowsProps = {
  entries: string[];
  label: string;
  isReadOnly: boolean;
  onChange: (entries: string[]) => void;
};

/** A list of texts, one a line. An entry that is still empty is not in the document yet. */
export function EntryRows({ entries, label, isReadOnly, onChange }: EntryRowsProps) {
  const [isAdding, setAdding] = useState(false);
  const rows = isAdding ? [...entries, ""] : entries;
  const change = (index: number, text: string) => {
    const next = rows.map((one, each) => (each === index ? text : one));
    setAdding(next.at(-1) === "" && isAdding);
    onChange(next.filter(Boolean));
  };
  return (
    <div className="flex flex-col gap-1">
      {rows.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
        <div className="flex gap-1" key={index}>
          <input
            aria-label={`${label} ${index + 1}`}
            className={INPUT}
            onChange={(event) => change(index, event.target.value)}
            readOnly={isReadOnly}
            spellCheck={false}
            value={entry}
          />
          {!isReadOnly && (
            <RemoveButton
              label={`${label} ${index + 1}`}
              onRemove={() => {
                setAdding(false);
                onChange(entries.filter((_, each) => each !== index));
              }}
            />
          )}
        </div>
      ))}
      {!isReadOnly && !isAdding && <AddButton label={label} onAdd={() => setAdding(true)} />}
    </div>
  );
}

export type PairRowsProps = {
  pairs: [string, string][];
  labels: [string, string];
  isReadOnly: boolean;
  onChange: (pairs: [string, string][]) => void;
};

/** Names and what each becomes, one pair a line. A pair without both sides is not in the document yet. */
export function PairRows({ pairs, labels, isReadOnly, onChange }: PairRowsProps) {
  const [unfinished, setUnfinished] = useState<[string, string] | null>(null);
  const rows = unfinished === null ? pairs : [...pairs, unfinished];
  const change = (index: number, pair: [string, string]) => {
    const isWhole = pair[0] !== "" && pair[1] !== "";
    if (index === pairs.length) {
      if (!isWhole) return setUnfinished(pair);
      setUnfinished(null);
      return onChange([...pairs, pair]);
    }
    onChange(pairs.map((one, each) => (each === index ? pair : one)));
  };
  return (
    <div className="flex flex-col gap-1">
      {rows.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair's name changes while it is typed
        <div className="flex gap-1" key={index}>
          {([0, 1] as const).map((side) => (
            <input
              aria-label={`${labels[side]} ${index + 1}`}
              className={INPUT}
              key={labels[side]}
              onChange={(event) =>
                change(index, side === 0 ? [event.target.value, pair[1]] : [pair[0], event.target.value])
              }
              readOnly={isReadOnly}
              spellCheck={false}
              value={pair[side]}
            />
          ))}
          {!isReadOnly && (
            <RemoveButton
              label={pair[0] || `pair ${index + 1}`}
              onRemove={() =>
                index === pairs.length
                  ? setUnfinished(null)
                  : onChange(pairs.filter((_, each) => each !== index))
              }
            />
          )}
        </div>
      ))}
      {!isReadOnly && unfinished === null && (
        <AddButton label={labels[0]} onAdd={() => setUnfinished(["", ""])} />
      )}
    </div>
  );
}
