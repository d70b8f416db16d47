"use client";

import { buttonClass } from "@/components/ui/button-class";

/**
 * For a fault in the drawing of a page. The number leads to the line in the server's log. It is loaded with every page,
 * so that it is there when nothing else can be, and therefore made of nothing but text and two buttons.
 */
export function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="flex-1 bg-panel p-6">
      <h1 className="mb-4 font-semibold text-19">This page could not be drawn</h1>
      <div className="max-w-[72ch] border-err border-l-[3px] bg-err-wash px-3 py-2.5" role="alert">
        <p className="font-semibold">Something went wrong inside Benchwright.</p>
        <p className="mt-1 text-ink-2">
          The details are in the server's log, or in the browser's console.
          {error.digest !== undefined && ` Look for error ${error.digest}.`}
        </p>
        <p className="mt-1 text-ink-2">Runs go on, and nothing that was saved is lost.</p>
        <div className="mt-2 flex gap-3">
          <button className={buttonClass()} onClick={reset} type="button">
            Try again
          </button>
          <button className={buttonClass("quiet")} onClick={() => window.location.reload()} type="button">
            Load the page anew
          </button>
        </div>
      </div>
    </div>
  );
}
