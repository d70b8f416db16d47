"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { Dialog } from "@/components/ui/Dialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { CatalogForm } from "./CatalogForm";
import { type CatalogFields, useCatalogDocuments } from "./useCatalogDocuments";

/** What is written: another catalog, or one that is there at a version. */
type Writing = { known: CatalogFields | null; version: number };

/** Further sources that Trino reads for this workspace. */
export function CatalogDocumentsDialog({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const { list, failure, isBusy, reset, save, remove } = useCatalogDocuments(workspace);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const back = () => {
    reset();
    setWriting(null);
  };
  const { items = [], isOffered = true, problems = [] } = list.data ?? {};
  return (
    <>
      <Dialog
        description="Any connector of your Trino can be a catalog of this workspace. Documents name secrets and hold none."
        isOpen
        onClose={onClose}
        title={writing === null ? "Catalogs of Trino" : (writing.known?.name ?? "Another catalog")}
        width={640}
      >
        {list.isPending && <LoadingBar />}
        {list.isError && (
          <FailurePanel
            actions={<Button onClick={() => void list.refetch()}>Try again</Button>}
            failure={failureOf(list.error)}
          />
        )}
        {list.isSuccess && !isOffered && (
          <p className="mb-2 border-warn border-l-[3px] bg-warn-wash px-3 py-2 text-13">
            No Trino is set up, so no statement can read these yet. Set <code>TRINO_URL</code> where
            Benchwright is started; documents can be written before.
          </p>
        )}
        {writing !== null ? (
          <CatalogForm
            failure={failure}
            isBusy={isBusy}
            known={writing.known}
            onCancel={back}
            onSave={(fields) => save(fields, writing.version, back)}
          />
        ) : (
          <>
            {failure !== null && <FailurePanel className="mb-2" failure={failure} />}
            {list.isSuccess && items.length === 0 && (
              <EmptyState title="There is no catalog by a document yet.">
                Connections of kind source-postgres are read under their own names without one.
              </EmptyState>
            )}
            <ul aria-label="Catalogs by documents">
              {items.map(({ name, connector, document, version, updatedAt, updatedBy }) => (
                <li className="flex items-center gap-2 border-line border-b py-1.5" key={name}>
                  <div className="mr-auto min-w-0">
                    <p className="truncate font-mono text-12" title={name}>
                      {name}
                    </p>
                    <p className="truncate text-12 text-ink-2">
                      {connector}, version {version}, {updatedBy}, <RelativeTime at={updatedAt} />
                    </p>
                    {problems
                      .filter(({ catalog }) => catalog === name)
                      .map(({ message }) => (
                        <p className="text-12 text-err" key={message}>
                          {message}
                        </p>
                      ))}
                  </div>
                  <Button
                    aria-label={`Change ${name}`}
                    onClick={() => setWriting({ known: document, version })}
                  >
                    Change
                  </Button>
                  <Button aria-label={`Remove ${name}`} kind="danger" onClick={() => setRemoving(name)}>
                    Remove
                  </Button>
                </li>
              ))}
            </ul>
            <div className="mt-3 flex justify-end gap-2">
              <Button onClick={onClose}>Close</Button>
              <Button kind="primary" onClick={() => setWriting({ known: null, version: 0 })}>
                Add a catalog
              </Button>
            </div>
          </>
        )}
      </Dialog>
      {removing !== null && (
        <ConfirmDialog
          actLabel="Remove catalog"
          description="Statements that name it fail from then on. What it points to stays as it is."
          isBusy={isBusy}
          isOpen
          name={removing}
          onClose={() => setRemoving(null)}
          onConfirm={() => remove(removing, () => setRemoving(null))}
          title={`Remove ${removing}?`}
        />
      )}
    </>
  );
}
