import { expect, it } from "vitest";
import { trainingTables } from "./training-tables";

it("takes the tables that the document names, and asks for each of them", () => {
  const output_tables = { backtest: "analytics.a.b" };
  expect(trainingTables({ mlflow_experiment: "x", output_tables })).toEqual({
    tables: output_tables,
    isOptional: false,
  });
});

it("names tables after the experiment where the document names none", () => {
  expect(trainingTables({ mlflow_experiment: "demand-forecast-daily" })).toEqual({
    tables: {
      backtest: "analytics.forecasts.demand_forecast_daily_backtest",
      forecast: "analytics.forecasts.demand_forecast_daily_forecast",
    },
    isOptional: true,
  });
  expect(trainingTables({ mlflow_experiment: "14 Tage!" }).tables.backtest).toBe(
    "analytics.forecasts.experiment_14_tage_backtest",
  );
});
