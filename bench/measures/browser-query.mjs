import { startHarness } from "../../e2e/browser-engine/harness.ts";
import { startBrowser } from "../lib/browser.mjs";
import { root } from "../lib/instance.mjs";
import { median, rounded } from "../lib/statistics.ts";

const statements = {
  groups: "SELECT g, count(*) AS n, sum(x) AS x FROM rows_1m GROUP BY g ORDER BY g",
  texts: "SELECT s, max(id) AS id FROM rows_1m WHERE s LIKE '%7%' GROUP BY s",
  window:
    "SELECT count(*) AS n FROM (SELECT id, avg(x) OVER (PARTITION BY g ORDER BY id ROWS 6 PRECEDING) AS m FROM rows_1m) WHERE m > 1000",
  filtered: "SELECT * FROM rows_1m WHERE id % 10 = 3",
};

export const browserQuery = {
  name: "browser-query",
  title: "Statements over 1M rows in the page: the app's engine against bare DuckDB-WASM",
  goal: 1.2,
  unit: "ratio",
  repeats: 9,
  async measure({ repeats, say }) {
    const harness = await startHarness({ entry: `${root}bench/browser-query-page.ts` });
    const { browser, stop } = await startBrowser();
    try {
      const tab = await browser.newPage();
      await tab.goto(harness.url);
      const found = await tab.evaluate(
        ([list, count]) => window.page.compare(list, count),
        [Object.values(statements), repeats],
      );
      const samples = {};
      const ratios = Object.keys(statements).map((name, place) => {
        samples[`${name}OwnMs`] = found[place].map(({ own }) => rounded(own, 0));
        samples[`${name}BareMs`] = found[place].map(({ bare }) => rounded(bare, 0));
        const ratio =
          median(found[place].map(({ own }) => own)) / median(found[place].map(({ bare }) => bare));
        say(`${name}: ${rounded(ratio, 2)}`);
        return ratio;
      });
      const each = Object.keys(statements).map((name, place) => `${name} ${rounded(ratios[place], 2)}`);
      return {
        value: Math.max(...ratios),
        samples,
        note: `The worst of four statements (${each.join(", ")}), each the ratio of medians over ${repeats} turns in one page, after one uncounted. The app's side streams its rows as Arrow, keeps them for the grid and can be cancelled; the bare side is \`connection.query\`.`,
      };
    } finally {
      await stop();
      await harness.close();
    }
  },
};
