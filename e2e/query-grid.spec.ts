import { createReadStream } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { openRoom, resultTab, rowsOf, write } from "./query-room";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION, permissions: ["clipboard-read", "clipboard-write"] });

const SALES =
  "SELECT household_id, quantity, sales_value, transaction_timestamp FROM lake.sample.transactions";

async function run(page: Page, sql: string, outcome: RegExp): Promise<void> {
  await openRoom(page);
  await write(page, sql);
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, outcome)).toBeVisible({ timeout: 90_000 });
}

const rowAt = (page: Page, number: string) =>
  rowsOf(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: number, exact: true }) });
const cellsOf = (page: Page, number: string) => rowAt(page, number).getByRole("gridcell");
const rowsShown = (page: Page) => page.getByRole("status").filter({ hasText: /rows?/ });
const head = (page: Page, name: RegExp) => rowsOf(page).getByRole("columnheader", { name });

async function goToRow(page: Page, number: string): Promise<void> {
  await rowsOf(page).focus();
  await page.keyboard.press("Control+G");
  await expect(page.getByLabel("Go to row")).toBeFocused();
  await page.keyboard.insertText(number);
  await page.keyboard.press("Enter");
}

test("any of twenty million rows is reached by its number", async ({ page }) => {
  await run(page, "SELECT store_id, week FROM lake.sample.promotions", /1 Select 20,\d{3},\d{3} rows/);
  await goToRow(page, "20000000");
  await expect(cellsOf(page, "20,000,000").nth(1)).toHaveText(/^\d+$/);
  await rowsOf(page).press("Control+Home");
  await expect(cellsOf(page, "1").nth(1)).toHaveText(/^\d+$/);
  // So many rows are counted when a person asks for it.
  await expect(page.getByRole("button", { name: "Shapes" })).toHaveAttribute("aria-pressed", "false");
});

test("a result is sorted, filtered, searched and copied without its statement", async ({ page }) => {
  const started: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("queries.start")) started.push(request.url());
  });
  await run(page, SALES, /1 Select 1,469,307 rows/);
  await expect(head(page, /sales_value/)).toContainText("no nulls");

  await head(page, /sales_value/).click();
  await expect(head(page, /sales_value/)).toHaveAttribute("aria-sort", "ascending");
  await expect(cellsOf(page, "1").nth(2)).toHaveText("0");
  await head(page, /sales_value/).click();
  await expect(head(page, /sales_value/)).toHaveAttribute("aria-sort", "descending");
  await expect(cellsOf(page, "1").nth(2)).toHaveText("840");

  await page.getByRole("button", { name: "Column quantity" }).click();
  await page.getByRole("menuitem", { name: "Filter…" }).click();
  const form = page.getByRole("dialog", { name: "Rows where quantity" });
  await form.getByLabel("Condition").selectOption("=");
  await form.getByLabel("Value").fill("2");
  await form.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("list", { name: "Filters and order of the rows" })).toContainText("quantity");
  await expect(cellsOf(page, "1").nth(1)).toHaveText("2");
  await expect(rowsShown(page).filter({ hasText: "the SQL was not run again" })).toBeVisible();

  await page.getByLabel("Search the result").fill("2017-12-24");
  await page.getByLabel("Search the result").press("Enter");
  await expect(cellsOf(page, "1").nth(3)).toHaveText(/^2017-12-24 /);

  await cellsOf(page, "1").nth(1).click();
  await cellsOf(page, "2")
    .nth(2)
    .click({ modifiers: ["Shift"] });
  await expect(page.getByText("2 × 2 selected")).toBeVisible();
  await page.keyboard.press("Control+C");
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^2\t[\d.]+\r?\n2\t[\d.]+$/);
  expect(started).toHaveLength(1);
});

test("columns are explored, chosen from and drawn as a chart", async ({ page }) => {
  await run(page, "SELECT quantity, sales_value FROM lake.sample.transactions", /1 Select 1,469,307 rows/);
  await page.getByRole("tab", { name: "Columns" }).click();
  await page
    .getByRole("listbox", { name: "Columns" })
    .getByRole("option", { name: /quantity/ })
    .click();
  const bars = page.getByRole("group", { name: "Histogram of quantity" });
  await expect(bars).toBeVisible();
  await expect(page.getByText("p95", { exact: true })).toBeVisible();
  await bars.getByRole("button").first().press("Enter");
  const conditions = page.getByRole("list", { name: "Filters and order of the rows" });
  await expect(conditions.filter({ visible: true })).toContainText("quantity");
  await page.getByRole("button", { name: "Reset" }).filter({ visible: true }).click();
  await expect(conditions.filter({ visible: true })).toHaveCount(0);
  await expectNoViolations(page);

  await page.getByRole("tab", { name: "Chart" }).click();
  await expect(page.getByRole("tabpanel").getByRole("img").first()).toBeVisible();
});

test("every row is saved as CSV", async ({ page }) => {
  await run(page, "SELECT quantity FROM lake.sample.transactions", /1 Select 1,469,307 rows/);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: /^CSV/ }).click();
  let lines = 0;
  for await (const block of createReadStream(await (await coming).path())) {
    for (const byte of block as Buffer) if (byte === 10) lines += 1;
  }
  expect(lines).toBe(1_469_307 + 1);
});

test("every value is shown as it is", async ({ page }) => {
  const sql = `SELECT DECIMAL '12345678901234567890.0123456789' AS amount, 9007199254740993 AS big,
    CAST(NULL AS varchar) AS nothing, '' AS blank, TIMESTAMP '2026-11-21 06:41:07.123 UTC' AS instant`;
  await run(page, sql, /1 Select 1 row$/);
  await expect(cellsOf(page, "1")).toHaveText([
    "12,345,678,901,234,567,890.0123456789",
    "9,007,199,254,740,993",
    "null",
    '""',
    /^2026-11-21 06:41:07\.123\+00:00$/,
  ]);
});
