import type { NotMapped } from "@/domain/pipelines/import/imported-pipeline";

/** What of another tool's pipeline has no place here, and why. */
export function NotMappedList({ tool, notMapped }: { tool: string; notMapped: NotMapped[] }) {
  const rows = notMapped.map((each, index) => ({ ...each, key: `${index} ${each.where}` }));
  return (
    <section aria-label="What did not map" className="mt-2" role="status">
      <p>
        {rows.length === 0
          ? `Converted from ${tool}. Everything mapped.`
          : `Converted from ${tool}. ${rows.length === 1 ? "One thing" : `${rows.length} things`} did not map:`}
      </p>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard
        <ul className="mt-1 max-h-48 overflow-auto border border-line text-12" tabIndex={0}>
          {rows.map(({ key, where, what, why }) => (
            <li className="border-line border-b px-2 py-1 last:border-b-0" key={key}>
              <span className="text-ink-2">{where}</span>{" "}
              <code className="break-words font-mono">{what}</code>
              <p className="text-ink-2">{why}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
