"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatBytes, formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { toastDone } from "@/components/ui/toast";
import { ENGINE_WORDS } from "../engine-words";
import type { StatementRequest } from "../statements/statement";

export type TranslatedDialogProps = { workspace: string; statement: StatementRequest; onClose: () => void };

/** What the engine of the placement would be asked, what it would read, and why it would be asked. */
export function TranslatedDialog({ workspace, statement, onClose }: TranslatedDialogProps) {
  const trpc = useTRPC();
  const prepare = useMutation(trpc.queries.prepare.mutationOptions());
  const { mutate } = prepare;
  const { sql, dialect, engine, parameters } = statement;
  useEffect(() => {
    // The server translates; nothing is run.
    mutate({ workspace, sql, dialect, engine, parameters });
  }, [mutate, workspace, sql, dialect, engine, parameters]);
  const found = prepare.data;
  return (
    <Dialog
      {...(found === undefined
        ? {}
        : { description: `${ENGINE_WORDS[found.placement.engine]}, because ${found.placement.reason}` })}
      isOpen
      onClose={onClose}
      title="The statement as its engine is asked"
      width={640}
    >
      <div className="relative">
        {prepare.isPending && <LoadingBar />}
        {prepare.isError && <FailurePanel failure={failureOf(prepare.error)} />}
        {found !== undefined && (
          <>
            <pre
              className="max-h-[44vh] overflow-auto whitespace-pre-wrap border border-line bg-sunken p-2 text-12"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
              tabIndex={0}
            >
              {found.sql}
            </pre>
            <ul className="mt-2 text-12 text-ink-2">
              {found.reads.map(({ table, rows, bytes }) => (
                <li key={table}>
                  reads <code>{table}</code>
                  {rows !== null && `, ${formatCount(rows, "row")}`}
                  {bytes !== null && `, ${formatBytes(bytes)}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
        {found !== undefined && (
          <Button
            onClick={() =>
              navigator.clipboard.writeText(found.sql).then(() => toastDone("The statement was copied."))
            }
          >
            Copy
          </Button>
        )}
      </div>
    </Dialog>
  );
}
