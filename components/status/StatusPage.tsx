"use client";

import { useEngines } from "@/components/shell/useEngines";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { EngineTable } from "./EngineTable";

/** Every engine with its state, and what to do where one is missing. */
export function StatusPage() {
  const { summary, version, failure, readAtMs } = useEngines();
  return (
    <>
      <PageHead meta={summary?.words} title="Status" />
      <section
        aria-label="Engines"
        className="relative min-h-0 flex-1 overflow-auto"
        data-pane=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {summary === null && failure === null && <LoadingBar label="Reading the engines" />}
        {failure !== null && (
          <FailurePanel
            failure={failure}
            {...(summary === null ? {} : { stillTrue: "The states below are as they were last read." })}
          />
        )}
        {summary !== null && (
          <p className="px-3 py-3 font-semibold text-19" role="status">
            {summary.headline}
          </p>
        )}
        <EngineTable rows={summary?.rows ?? null} />
      </section>
      <EvidenceLine
        right={[
          ...(readAtMs > 0
            ? [{ key: "read", text: <RelativeTime at={new Date(readAtMs)} key="read" /> }]
            : []),
          ...(version === null ? [] : [{ key: "version", text: `Benchwright ${version}` }]),
        ]}
      >
        {summary === null ? (
          "Reading the engines"
        ) : (
          <StateGlyph label={summary.words} state={summary.state} />
        )}
        <span>told by the supervisor, read anew every few seconds</span>
      </EvidenceLine>
    </>
  );
}
