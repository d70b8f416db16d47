import { numberWords, type Plot } from "./prepare-chart";

/** Rows that are shown at most: the data can be saved whole. */
const MOST_ROWS = 500;

/** The points of a chart as a table. */
export function ChartTable({ plot, label, axisName }: { plot: Plot; label: string; axisName: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} className="h-full overflow-auto" tabIndex={0}>
      <table className="w-full text-13 tabular-nums">
        <thead className="sticky top-0 bg-panel text-12">
          <tr>
            <th className="px-3 py-1 text-left" scope="col">
              {axisName}
            </th>
            {plot.series.map(({ key, name }) => (
              <th className="px-3 py-1 text-right" key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plot.rows.slice(0, MOST_ROWS).map((row) => (
            <tr className="border-line border-t" key={row.x}>
              <th className="px-3 text-left font-normal" scope="row">
                {row.label}
              </th>
              {plot.series.map(({ key }) => (
                <td className="px-3 text-right" key={key}>
                  {row[key] === undefined ? "" : numberWords(row[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {plot.rows.length > MOST_ROWS && (
        <p className="px-3 py-2 text-12 text-ink-2">
          The first {MOST_ROWS} of {plot.rows.length} places. Save the data to have all of them.
        </p>
      )}
    </section>
  );
}
