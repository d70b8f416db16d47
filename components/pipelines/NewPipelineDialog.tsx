"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { guessFormat } from "@/domain/pipelines/import/guess-format";
import { DocumentField } from "./import/DocumentField";

const idFrom = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 64);

/** A new pipeline: empty, from a document that was copied elsewhere, or from another tool's. */
export function NewPipelineDialog({
  workspace,
  isOpen,
  onClose,
}: {
  workspace: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [id, setId] = useState<string | null>(null);
  const [text, setText] = useState("");
  /** What a converted document is called; one that was typed over stays. */
  const [given, setGiven] = useState<{ name: string; pipelineId: string } | null>(null);
  const pipelineId = id ?? idFrom(name);
  const isForeign = guessFormat(text) !== null;
  const create = useMutation(
    trpc.pipelines.create.mutationOptions({
      onSuccess: async (made) => {
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        router.push(`/${workspace}/pipelines/${encodeURIComponent(made.pipelineId)}`);
      },
    }),
  );
  return (
    <Dialog
      description="It is a draft until you activate it: nothing runs before."
      isOpen={isOpen}
      onClose={onClose}
      title="New pipeline"
      width={640}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isForeign) return;
          create.mutate({ workspace, pipelineId, name, ...(text.trim() === "" ? {} : { text }) });
        }}
      >
        {create.isError && <FailurePanel failure={failureOf(create.error)} />}
        <Field label="name">
          {(control) => (
            <input
              {...control}
              className={CONTROL_CLASS}
              onChange={(event) => setName(event.target.value)}
              required
              value={name}
            />
          )}
        </Field>
        <Field help="In addresses and documents. It stays as it is." label="pipeline_id">
          {(control) => (
            <input
              {...control}
              className={`${CONTROL_CLASS} font-mono`}
              onChange={(event) => setId(event.target.value)}
              required
              value={pipelineId}
            />
          )}
        </Field>
        <DocumentField
          onConverted={(converted) => {
            const isUntouched = name === "" || name === given?.name;
            if (isUntouched) setName(converted.name);
            if (id === null ? isUntouched : id === given?.pipelineId) setId(converted.pipelineId);
            setGiven(converted);
          }}
          onText={setText}
          text={text}
          workspace={workspace}
        />
        <div className="mt-3 flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={create.isPending}
            disabledReason={isForeign ? "Convert the document first." : null}
            kind="primary"
            type="submit"
          >
            Create the draft
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
