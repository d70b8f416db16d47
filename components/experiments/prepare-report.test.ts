import { describe, expect, it } from "vitest";
import type {
  CategoryVerdict,
  EvaluationReport,
  ForecastErrors,
} from "@/domain/experiments/evaluation-report";
import { categoryCsv } from "./category-csv";
import { prepareCategoryRows, WEAKEST_FIRST } from "./prepare-category-rows";
import { limitsText, prepareVerdict } from "./prepare-verdict";

const errors = (wape: number | null, bias = 0): ForecastErrors => ({
  mape: wape,
  mapeDays: 110,
  wape,
  rmse: 12,
  bias,
  days: 112,
  actualSum: 1000,
});
const verdict = (
  category: string,
  wape: number | null,
  status: "PASS" | "FAIL" = "PASS",
): CategoryVerdict => ({
  category,
  model: "lightgbm",
  status,
  breaches: [],
  holdout: errors(0.3),
  backtest: errors(wape),
  baselines: {
    seasonal_naive: { holdout: errors(0.4), backtest: errors(0.25) },
    mean_4_weekdays: { holdout: errors(0.35), backtest: errors(0.2) },
  },
  registeredModel: `demand-forecast-daily.${category.toLowerCase()} 3`,
});
const report: EvaluationReport = {
  status: "FAIL",
  holdoutStart: "2017-12-18",
  holdoutEnd: "2017-12-31",
  holdoutLabel: "Christmas",
  backtestTable: null,
  origins: ["2017-10-16", "2017-10-23"],
  overall: {
    holdout: errors(0.31),
    backtest: errors(0.196, -0.021),
    mapeWeighted: { holdout: 0.4, backtest: 0.22 },
    baselines: {
      seasonal_naive: { holdout: errors(0.4), backtest: errors(0.25) },
      mean_4_weekdays: { holdout: errors(0.35), backtest: errors(0.22) },
    },
    breaches: [],
  },
  wins: { seasonal_naive: { won: 19, of: 20 }, mean_4_weekdays: { won: 16, of: 20 } },
  categories: [verdict("BEEF", 0.18), verdict("CHEESE", 0.31, "FAIL"), verdict("SOUP", null)],
  thresholds: { wape_max: 0.3, bias_range: [-0.2, 0.2] },
  mlflowRunId: null,
  mlflowUrl: null,
};

describe("prepareCategoryRows", () => {
  it("lists the weakest first and what has no error last", () => {
    expect(prepareCategoryRows(report, WEAKEST_FIRST).map((row) => row.category)).toEqual([
      "CHEESE",
      "BEEF",
      "SOUP",
    ]);
  });

  it("takes model minus baseline and marks the best of the three", () => {
    const [cheese, beef] = prepareCategoryRows(report, WEAKEST_FIRST);
    expect(cheese?.difference.seasonal_naive).toBeCloseTo(0.06);
    expect(cheese?.best).toBe("mean_4_weekdays");
    expect(beef?.best).toBe("model");
  });

  it("sorts by name", () => {
    const rows = prepareCategoryRows(report, { key: "category", descending: false });
    expect(rows.map((row) => row.category)).toEqual(["BEEF", "CHEESE", "SOUP"]);
  });
});

describe("prepareVerdict", () => {
  it("says how many are within the limits and names those that are not", () => {
    expect(prepareVerdict(report).headline).toBe(
      "FAIL over all units. By themselves, 2 of 3 categories are within the limits. Over a limit: CHEESE.",
    );
  });

  it("shows the model beside both baselines and the wins", () => {
    const figures = prepareVerdict(report).figures.map((figure) => figure.value);
    expect(figures).toEqual(["19.6 %", "25.0 %", "22.0 %", "19 of 20", "16 of 20"]);
  });

  it("says in which direction the forecast errs", () => {
    expect(prepareVerdict(report).sentence).toContain("is too low by 2.1 %");
  });

  it("says of the holdout what the document says of it", () => {
    expect(prepareVerdict(report).holdoutNote).toContain("2017-12-31 (Christmas): WAPE 31.0 %");
    expect(prepareVerdict({ ...report, holdoutLabel: null }).holdoutNote).not.toContain("(");
  });

  it("says which days are judged where there is no origin", () => {
    expect(prepareVerdict(report).holdoutNote).toContain("judged on the origins");
    expect(prepareVerdict({ ...report, origins: [] }).holdoutNote).toContain("judged on these days");
  });
});

describe("limitsText", () => {
  it("writes the limits, and that there is none", () => {
    expect(limitsText(report.thresholds)).toBe("WAPE at most 30.0 %, bias −20.0 % to 20.0 %");
    expect(limitsText({})).toBe("No limit is set, so everything passes.");
  });
});

describe("categoryCsv", () => {
  it("writes a header and unrounded fractions, empty where there is none", () => {
    const lines = categoryCsv(prepareCategoryRows(report, WEAKEST_FIRST)).trimEnd().split("\r\n");
    expect(lines[0]?.startsWith("category,status,model,wape_backtest")).toBe(true);
    expect(lines[1]).toContain("CHEESE,FAIL,LightGBM,0.31,0.25,0.2,");
    expect(lines[3]).toContain("SOUP,PASS,LightGBM,,");
  });

  it("quotes commas and disarms formulas", () => {
    const [row] = prepareCategoryRows({ ...report, categories: [verdict('=1,"x"', 0.1)] }, WEAKEST_FIRST);
    expect(categoryCsv(row ? [row] : [])).toContain(`"'=1,""x""",PASS`);
  });
});
