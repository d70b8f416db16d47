import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/components/trpc";
import { formatInstant } from "@/components/ui/format";

export type ForecastSourcesProps = {
  forecast: Pick<inferRouterOutputs<AppRouter>["experiments"]["forecast"], "tables" | "modelVersion">;
  runId: string;
};

/** The tables behind a drawn category, each in the version that was read. */
export function ForecastSources({ forecast, runId }: ForecastSourcesProps) {
  const { tables, modelVersion } = forecast;
  return (
    <div className="px-3 py-2 text-12 text-ink-2">
      <ul>
        {tables.map(({ use, name, version, writtenBy, committedAt }) => (
          <li key={use}>
            {WORDS[use]}: <code className="[overflow-wrap:anywhere]">{name}</code>, version {version}, written{" "}
            {formatInstant(committedAt)} UTC
            {writtenBy !== `run ${runId}` && ` by ${writtenBy}, not by this run`}
          </li>
        ))}
      </ul>
      {modelVersion && <p>Model: {modelVersion}</p>}
      {!tables.some(({ use }) => use === "forecast") && <p>No forecast is written yet.</p>}
    </div>
  );
}

const WORDS = { features: "Actual", backtest: "Back-test", forecast: "Forecast" };
