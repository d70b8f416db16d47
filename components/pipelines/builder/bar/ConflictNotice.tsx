"use client";

import { Button } from "@/components/ui/Button";
import { formatCount } from "@/components/ui/format";
import type { EditConflict } from "@/domain/pipelines/edit/history/merge-documents";

const MOST = 8;
const shown = (value: unknown): string => {
  const text = value === undefined ? "removed" : (JSON.stringify(value) ?? "");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

/** Somebody else saved another value at a place that this author changed as well. Nothing is decided until a person does. */
export function ConflictNotice({
  places,
  onSettle,
}: {
  places: readonly EditConflict[];
  onSettle: (whose: "mine" | "theirs") => void;
}) {
  return (
    <section aria-label="Conflict" className="border-err border-b bg-err-wash px-3 py-2" role="alert">
      <p className="font-semibold">
        Somebody else saved this draft, and {formatCount(places.length, "place")} of it differ from yours.
        Nothing of yours is saved until you choose.
      </p>
      <ul className="my-1 text-12">
        {places.slice(0, MOST).map((place) => (
          <li key={place.pointer}>
            <code>{place.task ?? place.pointer}</code> {place.task !== null && <code>{place.pointer}</code>}:
            yours <code>{shown(place.mine)}</code>, theirs <code>{shown(place.theirs)}</code>
          </li>
        ))}
        {places.length > MOST && <li>and {places.length - MOST} more</li>}
      </ul>
      <span className="flex gap-2">
        <Button onClick={() => onSettle("theirs")}>Take theirs; undo brings mine back</Button>
        <Button kind="danger" onClick={() => onSettle("mine")}>
          Keep mine over theirs
        </Button>
      </span>
    </section>
  );
}
