"use client";

import { useState } from "react";
import { tableNameProblem } from "@/components/engines/duckdb-wasm/tables/table-names";
import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";

export type RenameTableDialogProps = {
  table: BrowserTable;
  tables: readonly BrowserTable[];
  onRename: (name: string) => Promise<void>;
  onClose: () => void;
};

export function RenameTableDialog({ table, tables, onRename, onClose }: RenameTableDialogProps) {
  const before = table.path[0] ?? "";
  const [name, setName] = useState(before);
  const [error, setError] = useState<string | null>(null);
  const taken = tables
    .filter((each) => each !== table && each.path.length === 1)
    .map(({ path }) => path[0] ?? "");
  const problem = error ?? (name === before ? null : tableNameProblem(name, taken));
  return (
    <Dialog
      description="Statements name it by its new name from then on."
      isOpen
      onClose={onClose}
      title={`Rename ${before}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (problem !== null) return;
          onRename(name).then(onClose, (failed: unknown) => setError(failureOf(failed).message));
        }}
      >
        <TextField
          autoFocus
          error={problem}
          isMono
          label="name"
          onChange={(event) => {
            setError(null);
            setName(event.target.value);
          }}
          value={name}
        />
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Keep the name</Button>
          <Button kind="primary" type="submit">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
