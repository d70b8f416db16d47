import { rounded } from "./statistics.ts";

/** A million rows of ten columns, of many types. */
export const rows = 1_000_000;
export const table = "lake.bench.mixed";
export const select = `SELECT range AS id, (hash(range) % 100000)::INTEGER AS customer, 'product ' || (hash(range * 3) % 20000) AS product,
  (hash(range * 5) % 1000000 / 100)::DECIMAL(12, 2) AS amount, TIMESTAMP '2024-01-01 00:00:00' + to_seconds(range % 31536000) AS sold_at,
  DATE '2024-01-01' + (range % 365)::INTEGER AS day, hash(range * 7) % 2 = 0 AS paid, (hash(range * 11) % 1000000) / 7.0 AS score,
  CASE WHEN range % 10 = 0 THEN NULL ELSE 'note ' || (range % 1000) END AS note, (range % 50)::BIGINT AS quantity FROM range(${rows})`;

/**
 * From the key that runs the statement until its grid shows rows (`firstMs`, and by the clock `firstAt`), and until it knows
 * that all of them are there (`wholeMs`).
 */
export async function runToGrid(page, url) {
  await page.goto(`${url}/sample/query`);
  await page.locator("[data-sql-editor=monaco]").waitFor({ timeout: 60_000 });
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(`SELECT * FROM ${table}`);
  await page.evaluate((wanted) => {
    window.drawn = new Promise((resolve) => {
      window.addEventListener(
        "keydown",
        () => {
          const startedAt = performance.now();
          let firstMs = null;
          let firstAt = null;
          const look = () => {
            const grid = document.querySelector("[role=grid]");
            const isDrawn = (grid?.querySelectorAll("[role=gridcell]").length ?? 0) > 50;
            if (isDrawn && firstMs === null) {
              firstMs = performance.now() - startedAt;
              firstAt = Date.now();
            }
            if (isDrawn && grid?.getAttribute("aria-rowcount") === String(wanted + 1))
              resolve({
                firstMs,
                wholeMs: performance.now() - startedAt,
                firstAt,
              });
            else requestAnimationFrame(look);
          };
          look();
        },
        { once: true, capture: true },
      );
    });
  }, rows);
  await page.keyboard.press("Control+Enter");
  const { firstMs, wholeMs, firstAt } = await page.evaluate(() => window.drawn);
  return { firstMs: rounded(firstMs, 0), wholeMs: rounded(wholeMs, 0), firstAt };
}
