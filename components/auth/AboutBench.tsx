import { SAMPLE_ORIGIN } from "@/components/ui/sample-origin";

const STEPS = [
  {
    key: "tables",
    name: "Grocery tables",
    text: "1,469,307 order lines and weekly promotions of 365 days, as tables of the lake.",
  },
  {
    key: "features",
    name: "Daily features",
    text: "One row for each category and day, built by SQL from what was known 14 days before.",
  },
  {
    key: "training",
    name: "Models on a Ray cluster",
    text: "One for each category and one over all, tracked and registered in MLflow.",
  },
  {
    key: "verdict",
    name: "A verdict beside naive baselines",
    text: "Errors of each category on held-out days, passed or failed against limits.",
  },
  {
    key: "forecast",
    name: "14 days ahead",
    text: "A forecast with intervals, as a table and drawn over the history.",
  },
];

/** What is behind the doors. */
export function AboutBench() {
  return (
    <aside aria-label="About this workbench" className="max-w-[820px] p-6">
      <h2 className="font-semibold text-19">From raw tables to a forecast with its errors beside it.</h2>
      <p className="mt-1 max-w-[64ch] text-ink-2">
        The sample workspace holds one whole job. Press Run on its pipeline and watch every step.
      </p>
      <ol className="mt-4 border-line border-t">
        {STEPS.map(({ key, name, text }, index) => (
          <li
            className="grid grid-cols-[32px_220px_minmax(0,1fr)] gap-x-2 border-line border-b py-2"
            key={key}
          >
            <span className="text-ink-3">{index + 1}</span>
            <span className="font-semibold">{name}</span>
            <span className="text-ink-2">{text}</span>
          </li>
        ))}
      </ol>
      <div aria-hidden="true" className="ruler mt-4 h-2" />
      <h3 className="mt-4 font-semibold text-title">Where the sample data comes from</h3>
      <p className="mt-1 max-w-[72ch] text-ink-2">{SAMPLE_ORIGIN}</p>
    </aside>
  );
}
