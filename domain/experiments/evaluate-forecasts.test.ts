import { describe, expect, it } from "vitest";
import { type BacktestRow, evaluateForecasts } from "./evaluate-forecasts";
import { EvaluationReport } from "./evaluation-report";

type Given = {
  category: string;
  actual: number;
  chosen: number;
  naive: number;
  origin?: string;
  holdout?: boolean;
};

function rowsOf({
  category,
  actual,
  chosen,
  naive,
  origin = "2017-10-02",
  holdout = false,
}: Given): BacktestRow[] {
  const base = { origin, date: origin, category, actual, isHoldout: holdout, isRolling: !holdout };
  return [
    { ...base, model: "lightgbm", predicted: chosen, chosen: true, registeredModel: `x.${category}` },
    { ...base, model: "seasonal_naive", predicted: naive, chosen: false, registeredModel: null },
    { ...base, model: "mean_4_weekdays", predicted: actual, chosen: false, registeredModel: null },
  ];
}

const evaluate = (given: Given[], thresholds = {}) =>
  evaluateForecasts(given.flatMap(rowsOf), {
    thresholds,
    holdoutLabel: null,
    backtestTable: null,
    mlflowRunId: null,
    mlflowUrl: null,
  });

describe("evaluateForecasts", () => {
  it("puts the weakest category first and counts wins without ties", () => {
    const report = evaluate([
      { category: "good", actual: 100, chosen: 90, naive: 80 },
      { category: "bad", actual: 100, chosen: 50, naive: 80 },
      { category: "tie", actual: 100, chosen: 80, naive: 120 },
    ]);
    expect(report.categories.map((each) => each.category)).toEqual(["bad", "tie", "good"]);
    expect(report.wins).toEqual({ seasonal_naive: { won: 1, of: 3 }, mean_4_weekdays: { won: 0, of: 3 } });
    expect(EvaluationReport.parse(report)).toEqual(report);
  });

  it("judges the rolling origins, not the holdout", () => {
    const given: Given[] = [
      { category: "a", actual: 100, chosen: 100, naive: 90 },
      { category: "a", actual: 100, chosen: 10, naive: 90, holdout: true, origin: "2017-12-18" },
    ];
    const report = evaluate(given, { wape_max: 0.1 });
    expect(report.status).toBe("PASS");
    expect(report.overall.holdout.wape).toBeCloseTo(0.9);
    expect(report.holdoutStart).toBe("2017-12-18");
    expect(report.origins).toEqual(["2017-10-02"]);
    expect(evaluate(given.slice(1), { wape_max: 0.1 }).status).toBe("FAIL");
  });

  it("weights the overall MAPE by units", () => {
    const report = evaluate([
      { category: "large", actual: 300, chosen: 330, naive: 0 },
      { category: "small", actual: 100, chosen: 150, naive: 0 },
    ]);
    expect(report.overall.mapeWeighted.backtest).toBeCloseTo((0.1 * 300 + 0.5 * 100) / 400);
    expect(report.overall.backtest.mape).toBeCloseTo(0.3);
  });

  it("says which limit is passed, in a sentence", () => {
    const report = evaluate([{ category: "a", actual: 100, chosen: 80, naive: 90 }], {
      wape_max: 0.15,
      bias_range: [-0.05, 0.05],
    });
    expect(report.status).toBe("FAIL");
    expect(report.overall.breaches.map((breach) => breach.sentence)).toEqual([
      "WAPE of all categories over the rolling origins is 20.0 %, above the limit of 15.0 %.",
      "Bias of all categories over the rolling origins is -20.0 %, below the lowest allowed, -5.0 %.",
    ]);
    expect(report.categories[0]?.status).toBe("FAIL");
  });

  it("takes a category with nothing sold for the weakest, and breaches nothing with it", () => {
    const report = evaluate(
      [
        { category: "a", actual: 100, chosen: 80, naive: 90 },
        { category: "none", actual: 0, chosen: 3, naive: 1 },
      ],
      { mape_max: 0.5 },
    );
    expect(report.categories[0]).toMatchObject({
      category: "none",
      status: "PASS",
      backtest: { wape: null, mape: null, mapeDays: 0 },
    });
    expect(report.wins.seasonal_naive).toEqual({ won: 0, of: 1 });
  });

  it("refuses a table in which nothing was chosen", () => {
    expect(() => evaluate([])).toThrow("no chosen forecaster");
  });
});
