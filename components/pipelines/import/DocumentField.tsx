"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { guessFormat } from "@/domain/pipelines/import/guess-format";
import { NotMappedList } from "./NotMappedList";

const TOOLS = { airflow: "Airflow", argo: "Argo", kubeflow: "Kubeflow" };

/** The text that a pipeline starts from, pasted or of a file. One of another tool is converted, with what did not map. */
export function DocumentField({
  workspace,
  text,
  onText,
  onConverted,
}: {
  workspace: string;
  text: string;
  onText: (text: string) => void;
  onConverted: (converted: { name: string; pipelineId: string }) => void;
}) {
  const trpc = useTRPC();
  const format = guessFormat(text);
  /** The other tool's text, which the converted one has taken the place of. */
  const [source, setSource] = useState("");
  const convert = useMutation(
    trpc.pipelines.importText.mutationOptions({
      onSuccess: (converted) => {
        onText(converted.text);
        onConverted(converted);
      },
    }),
  );
  const change = (next: string) => {
    if (convert.isError || next === "" || guessFormat(next) !== null) convert.reset();
    onText(next);
  };
  return (
    <>
      <Field
        help="JSON with comments, or a pipeline of Airflow (Python), Argo or Kubeflow (YAML). Leave it empty to draw from the start."
        label="document"
      >
        {(control) => (
          <>
            <textarea
              {...control}
              className="h-40 w-full rounded-2 border border-ctl bg-raised p-2 font-mono text-12"
              onChange={(event) => change(event.target.value)}
              spellCheck={false}
              value={text}
            />
            <input
              accept=".json,.jsonc,.py,.yaml,.yml"
              aria-label="Document from a file"
              className="mt-1 block w-full text-12 text-ink-2 file:mr-2 file:h-[26px] file:cursor-pointer file:rounded-2 file:border file:border-ctl file:bg-raised file:px-2.5 file:font-medium file:text-13 file:text-ink"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                void file?.text().then(change);
              }}
              type="file"
            />
          </>
        )}
      </Field>
      {format !== null && (
        <div className="mt-2 flex items-center gap-2">
          <p className="min-w-0 flex-1">
            This is written for {TOOLS[format]}. Converting it stores nothing and runs nothing.
          </p>
          <Button
            busy={convert.isPending}
            onClick={() => {
              setSource(text);
              convert.mutate({ workspace, format, text });
            }}
            type="button"
          >
            Convert
          </Button>
        </div>
      )}
      {convert.isError && <FailurePanel className="mt-2" failure={failureOf(convert.error)} />}
      {(convert.data?.choices.length ?? 0) > 1 && (
        <Field
          help="Each becomes a pipeline of its own: make one, then convert the next."
          label="in the file"
        >
          {(control) => (
            <select
              {...control}
              className={CONTROL_CLASS}
              onChange={(event) => convert.mutate({ workspace, text: source, pipeline: event.target.value })}
              value={convert.variables?.pipeline ?? convert.data?.choices[0]}
            >
              {convert.data?.choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {convert.data !== undefined && (
        <NotMappedList notMapped={convert.data.notMapped} tool={TOOLS[convert.data.format]} />
      )}
    </>
  );
}
