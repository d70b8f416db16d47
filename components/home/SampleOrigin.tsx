import Link from "next/link";
import { Panel } from "@/components/ui/Panel";
import { SAMPLE_ORIGIN } from "@/components/ui/sample-origin";

const FACTS: [string, string][] = [
  ["order lines", "1,469,307"],
  ["products", "92,331 in 303 categories"],
  ["days", "365, with weekly promotions"],
  ["business day", "America/New_York"],
];

/** What the sample holds and what is said of its origin. */
export function SampleOrigin({ workspace }: { workspace: string }) {
  return (
    <Panel className="border-line-2 border-t" title="Sample data">
      <dl className="px-3 py-2">
        {FACTS.map(([name, value]) => (
          <div className="flex justify-between gap-3 border-line border-b py-1" key={name}>
            <dt className="text-ink-2">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="px-3 pb-2 text-12 text-ink-2">{SAMPLE_ORIGIN}</p>
      <p className="px-3 pb-3">
        <Link className="link" href={`/${workspace}/lakehouse`}>
          See its tables
        </Link>
      </p>
    </Panel>
  );
}
