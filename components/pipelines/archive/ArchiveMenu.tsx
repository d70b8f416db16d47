"use client";

import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Menu } from "@/components/ui/Menu";
import { useArchive } from "./useArchive";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/ConfirmDialog").then((module) => module.ConfirmDialog),
  { ssr: false },
);

export type ArchiveMenuProps = {
  workspace: string;
  pipelineId: string;
  /** False where it is archived, or who looks may not. */
  isShown: boolean;
};

/** What is seldom done with a pipeline: put it away. */
export function ArchiveMenu({ workspace, pipelineId, isShown }: ArchiveMenuProps) {
  const { archive, isArchiving } = useArchive(workspace);
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  if (!isShown) return null;
  return (
    <>
      <Menu
        items={[
          { kind: "action", key: "archive", label: "Archive the pipeline", onSelect: () => setAsking(true) },
        ]}
        trigger={
          <Button
            aria-label={`More acts on ${pipelineId}`}
            icon={<Ellipsis aria-hidden="true" size={13} />}
            kind="quiet"
          />
        }
      />
      {isAsking && (
        <ConfirmDialog
          actLabel="Archive"
          description="Its schedule stops, its back-fills are paused, and nothing starts it: no person, no script, no other pipeline. Runs under way go on. Runs, versions and the draft are kept, and an engineer can bring it back."
          isBusy={isArchiving}
          isOpen
          name={pipelineId}
          onClose={close}
          onConfirm={() => archive(pipelineId, close)}
          title={`Archive ${pipelineId}`}
        />
      )}
    </>
  );
}
