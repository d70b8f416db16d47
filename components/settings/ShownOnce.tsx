"use client";

import { Copy } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { toastDone, toastFailure } from "@/components/ui/toast";

/** A secret text that is shown now and never again. */
export function ShownOnce({
  title,
  text,
  help,
  onDone,
}: {
  title: string;
  text: string;
  help: string;
  onDone: () => void;
}) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      void toastDone("Copied.");
    } catch {
      void toastFailure({
        code: "browser",
        message: "The browser did not let the text be copied.",
        hint: "Select it and copy it by hand.",
      });
    }
  };
  return (
    <div className="border-ok border-l-[3px] bg-ok-wash px-3 py-2.5" role="status">
      <p className="font-semibold">{title}</p>
      <code className="my-2 block select-all break-all rounded-2 border border-ctl bg-raised px-2 py-1">
        {text}
      </code>
      <p className="mb-2 text-12 text-ink-2">{help}</p>
      <span className="flex gap-2">
        <Button icon={<Copy aria-hidden="true" size={14} />} onClick={() => void copy()}>
          Copy
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Done
        </Button>
      </span>
    </div>
  );
}
