import type { Cell } from "../../domain/ports/rows";

/** Two categories over one rolling origin; `chosenError` units above the actual 100. */
export function memoryBacktest(chosenError: number): Cell[][] {
  return ["a", "b"].flatMap((category) =>
    ["lightgbm", "seasonal_naive", "mean_4_weekdays"].map((model): Cell[] => [
      "2017-10-02",
      "2017-10-02",
      category,
      model,
      model === "lightgbm" ? 100 + chosenError : 130,
      100,
      model === "lightgbm",
      null,
      false,
      true,
    ]),
  );
}
