"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Download } from "lucide-react";
import { useId, useMemo, useRef, useState } from "react";
import { DocumentProblems } from "@/components/editor/DocumentProblems";
import { useUnsavedGuard } from "@/components/editor/useUnsavedGuard";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { PanelBar } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone } from "@/components/ui/toast";
import { checkDocumentText } from "./check-document-text";
import { locatePointer } from "./locate-pointer";

export type DocumentEditorProps = {
  workspace: string;
  pipelineId: string;
  version: number;
  /** The stored document as text. */
  stored: string;
  /** The draft; null while nothing is changed. Kept by the page, so that another tab of it does not lose the draft. */
  draft: string | null;
  onDraft: (draft: string | null) => void;
  whyReadOnly: string | null;
};

/** The document as JSON: read, copy, download; engineers change it, and saving makes a new version. */
export function DocumentEditor(props: DocumentEditorProps) {
  const { workspace, pipelineId, version, stored, draft, onDraft, whyReadOnly } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const area = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const [copied, setCopied] = useState(false);
  const text = draft ?? stored;
  const isDirty = draft !== null && draft !== stored;
  const checked = useMemo(() => checkDocumentText(text, pipelineId), [text, pipelineId]);
  useUnsavedGuard(isDirty);
  const save = useMutation(
    trpc.pipelines.save.mutationOptions({
      onSuccess: async (saved) => {
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        onDraft(null);
        void toastDone(`Saved as version ${saved.version}`);
      },
    }),
  );
  const whyNotSave =
    whyReadOnly ?? (!isDirty ? "Nothing is changed." : checked.ok ? null : "Mend the problems below first.");

  const goTo = (pointer: string) => {
    const line = locatePointer(text, pointer);
    if (line === null || area.current === null) return;
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    area.current.focus();
    area.current.setSelectionRange(
      start,
      text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start),
    );
    area.current.scrollTop = Math.max(0, (line - 4) * 18);
  };

  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <PanelBar
        actions={
          <>
            <Button
              icon={<Copy aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
            <Button
              icon={<Download aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() => saveTextFile(`${pipelineId}.json`, text, "application/json")}
            >
              Download
            </Button>
            {isDirty && <Button onClick={() => onDraft(null)}>Discard changes</Button>}
            <Button
              busy={save.isPending}
              disabledReason={whyNotSave}
              onClick={() => checked.ok && save.mutate({ workspace, document: checked.document })}
            >
              Save as version {version + 1}
            </Button>
          </>
        }
        meta={isDirty ? "changed, not saved" : `version ${version}, as stored`}
      >
        Document
      </PanelBar>
      {save.isError && (
        <FailurePanel failure={failureOf(save.error)} stillTrue="Your changes are still here." />
      )}
      <textarea
        aria-describedby={noteId}
        aria-invalid={!checked.ok}
        aria-label={`JSON of ${pipelineId}`}
        className="min-h-40 flex-1 resize-none bg-sunken p-3 font-mono text-12 text-ink leading-[18px]"
        onChange={(event) => onDraft(event.target.value)}
        readOnly={whyReadOnly !== null}
        ref={area}
        spellCheck={false}
        value={text}
        wrap="off"
      />
      <div id={noteId}>
        {checked.ok ? (
          <p className="border-line border-t px-3 py-1.5 text-12 text-ink-2">
            <StateGlyph
              label={`sound, ${formatCount(checked.document.tasks.length, "task")}`}
              state="succeeded"
            />
            {whyReadOnly !== null && <span className="ml-3">Read only. {whyReadOnly}</span>}
          </p>
        ) : (
          <DocumentProblems
            errors={checked.errors.map((error) => ({ ...error, line: locatePointer(text, error.pointer) }))}
            onGoTo={goTo}
          />
        )}
      </div>
    </div>
  );
}
