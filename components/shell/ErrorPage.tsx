"use client";

import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";

/** For a fault in the drawing of a page. The number leads to the line in the server's log. */
export function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex-1 bg-panel p-6">
      <h1 className="mb-4 font-semibold text-19">This page could not be drawn</h1>
      <FailurePanel
        actions={
          <>
            <Button onClick={reset}>Try again</Button>
            <Button kind="quiet" onClick={() => window.location.reload()}>
              Load the page anew
            </Button>
          </>
        }
        className="max-w-[72ch]"
        detail={error.digest === undefined ? null : `error ${error.digest}`}
        failure={{
          code: "bug",
          message: "Something went wrong inside Benchwright.",
          hint: "The details are in the server's log, or in the browser's console.",
        }}
        stillTrue="Runs go on, and nothing that was saved is lost."
      />
    </div>
  );
}
