import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { openRoom, resultTab, rowsOf, textOf, write } from "./query-room";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });

const PRODUCTS = "lake.sample.products";
/** DuckDB is loaded into the page once. */
const LOADING = { timeout: 90_000 };

async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], file));
      return transfer;
    },
    [name, text] as const,
  );
  await tablesHere(page).dispatchEvent("drop", { dataTransfer });
}

const tablesHere = (page: Page) => page.getByRole("region", { name: "browser" });
const proposals = (page: Page) => page.locator(".suggest-widget.visible .monaco-list-row");

test("a dropped file and a kept result are tables, and are joined in the page", async ({ page }) => {
  await openRoom(page);
  await drop(page, "Bonuses 2026.csv", "department,bonus\nGROCERY,1.5\nMEAT,\n");
  await expect(tablesHere(page).getByRole("button", { name: "bonuses_2026", exact: true })).toBeVisible(
    LOADING,
  );
  await write(page, `SELECT department, count(*) AS n FROM ${PRODUCTS} GROUP BY 1`);
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /1 Select [\d,]+ rows/)).toBeVisible();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(tablesHere(page).getByRole("button", { name: "result_1_select", exact: true })).toBeVisible(
    LOADING,
  );

  const from = "result_1_select r JOIN bonuses_2026 b ON b.department = r.department";
  await write(page, `SELECT r.department, b.bonus, r.n FROM ${from} ORDER BY 1`);
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /1 Select 2 rows/)).toBeVisible(LOADING);
  await expect(page.getByText(/^Ran on DuckDB \(browser\)/)).toBeVisible();
  await expect(rowsOf(page).getByRole("row", { name: /GROCERY/ })).toContainText("1.5");
  await expect(rowsOf(page).getByRole("row", { name: /MEAT/ })).toContainText("null");

  await page.getByRole("button", { name: "What to do with bonuses_2026" }).click();
  await page.getByRole("menuitem", { name: "Drop" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("bonuses_2026");
  await page.getByRole("dialog").getByRole("button", { name: "Drop", exact: true }).click();
  await expect(tablesHere(page).getByRole("button", { name: "bonuses_2026", exact: true })).toBeHidden();
});

test("a result is asked again, and what is given is saved as a file", async ({ page }) => {
  await openRoom(page);
  await write(
    page,
    `SELECT department, brand, count(*) AS n FROM ${PRODUCTS} GROUP BY 1, 2;\nSELECT 'MEAT' AS department`,
  );
  await page.keyboard.press("Control+Shift+Enter");
  await expect(resultTab(page, /2 Select 1 row$/)).toBeVisible();
  await resultTab(page, /1 Select \d/).click();
  await page.getByRole("button", { name: "Ask again" }).click();
  const panel = page.getByRole("complementary", { name: "Ask again" });
  await panel.getByLabel("Result to join with").selectOption({ label: "2 Select" });
  await panel.getByLabel("groups").click();
  await panel.getByLabel("Add a column to the group").selectOption({ index: 1 });
  await panel.getByRole("button", { name: "Show the SQL" }).click();
  await expect(panel.getByRole("textbox", { name: "SQL of DuckDB" })).toHaveValue(/GROUP BY/, LOADING);
  await expectNoViolations(page);
  await panel.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(resultTab(page, /Asked again 1 1 row$/)).toBeVisible(LOADING);
  await expect(page.getByText(/The SQL was not run again/)).toBeVisible();

  await page.getByRole("button", { name: "Export" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /CSV/ }).click();
  const file = await (await saved).path();
  expect(readFileSync(file, "utf8")).toMatch(/^department,.*\r\nMEAT,/);
});

test("names are completed as they are typed, and Enter takes no word that nobody asked for", async ({
  page,
}) => {
  await openRoom(page);
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.type("SELECT * FROM produ");
  await expect(proposals(page).first()).toContainText("products");
  await page.keyboard.press("Enter");
  await expect(textOf(page)).toContainText(PRODUCTS);
  await page.keyboard.type(" o");
  await page.keyboard.press("Enter");
  await page.keyboard.type("WHERE o.depa");
  await expect(proposals(page).first()).toContainText("department");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" = 'MEAT'");
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /1 Select 2,542 rows/)).toBeVisible();
  await expect(proposals(page)).toHaveCount(0);
  await expect(textOf(page)).toHaveText(
    /FROM\s+lake\.sample\.products\s+o\s*WHERE\s+o\.department\s+=\s+'MEAT'/,
  );
});

test("results are there again after a reload, and what runs is followed", async ({ page }) => {
  await openRoom(page);
  const huge = "lake.sample.promotions";
  const long = `SELECT count(*) FROM ${huge} AS a CROSS JOIN ${huge} AS b WHERE a.product_id < b.product_id`;
  await write(page, `SELECT 42 AS answer;\n\n${long}`);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /1 Select 1 row$/)).toBeVisible();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Running on DuckDB (server)")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Running on DuckDB (server)")).toBeVisible({ timeout: 90_000 });
  await resultTab(page, /1 Select 1 row$/).click();
  await expect(rowsOf(page).getByRole("gridcell", { name: "42", exact: true })).toBeVisible();
  await resultTab(page, /2 Select \d/).click();
  await page.keyboard.press("Control+.");
  await expect(resultTab(page, /2 Select cancelled/)).toBeVisible();
});
