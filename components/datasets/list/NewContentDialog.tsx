"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { dataSetHref } from "../data-set-href";
import { nameOfTitle } from "./name-of-title";

export type NewContentDialogProps = {
  workspace: string;
  kind: "report" | "dashboard";
  onClose: () => void;
};

/** Asks for the title of a new report or dashboard and opens its editor. */
export function NewContentDialog({ workspace, kind, onClose }: NewContentDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState("");
  const [typedName, setTypedName] = useState<string | null>(null);
  const name = typedName ?? nameOfTitle(title);
  const done = async () => {
    await queryClient.invalidateQueries(trpc.datasets.pathFilter());
    router.push(`${dataSetHref(workspace, { kind, name })}?tab=edit`);
  };
  const report = useMutation(trpc.reports.save.mutationOptions({ onSuccess: done }));
  const dashboard = useMutation(trpc.dashboards.save.mutationOptions({ onSuccess: done }));
  const act = kind === "report" ? report : dashboard;
  const save = () => {
    const own = { workspace, name, baseVersion: 0 };
    if (kind === "report") report.mutate({ ...own, content: { title, blocks: [] } });
    else dashboard.mutate({ ...own, content: { title, items: [] } });
  };
  const isReady = title.trim() !== "" && name !== "";
  return (
    <Dialog
      description="It is a draft until an engineer publishes a version of it."
      isOpen
      onClose={onClose}
      title={`New ${kind}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) save();
        }}
      >
        <TextField
          autoFocus
          label="title"
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
          value={title}
        />
        <TextField
          help="In its address. It stays when the title changes."
          isMono
          label="name"
          maxLength={100}
          onChange={(event) => setTypedName(event.target.value)}
          value={name}
        />
        {act.isError && <FailurePanel className="mt-2" failure={failureOf(act.error)} />}
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button
            busy={act.isPending}
            disabledReason={isReady ? null : "Write a title first."}
            kind="primary"
            type="submit"
          >
            Make the {kind}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
