"use client";

import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { formatCount } from "@/components/ui/format";

export type DropTableDialogProps = { table: BrowserTable; onDrop: () => void; onClose: () => void };

export function DropTableDialog({ table, onDrop, onClose }: DropTableDialogProps) {
  const name = table.path.join(".");
  return (
    <ConfirmDialog
      actLabel="Drop"
      description={`${formatCount(table.rows, "row")} are let go. What they were made from is kept.`}
      isOpen
      name={name}
      onClose={onClose}
      onConfirm={() => {
        onDrop();
        onClose();
      }}
      title={`Drop ${name} from this browser`}
    />
  );
}
