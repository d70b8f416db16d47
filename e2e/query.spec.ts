import { expect, test } from "@playwright/test";
import { openRoom, resultTab, rowsOf, textOf, write } from "./query-room";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });
test.describe.configure({ mode: "serial" });

const NAME = "e2e departments";
const PRODUCTS = "lake.sample.products";

test("the statement at the cursor runs, and each keeps its own result", async ({ page }) => {
  await openRoom(page);
  await write(page, `SELECT 7 AS seven;\n\nSELECT department, count(*) AS n FROM ${PRODUCTS} GROUP BY 1`);
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /2 Select [\d,]+ rows/)).toBeVisible();
  await expect(page.getByText(/^Ran on DuckDB \(server\)/)).toBeVisible();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /1 Select 1 row$/)).toBeVisible();
  await expect(rowsOf(page).getByRole("gridcell", { name: "7", exact: true })).toBeVisible();
  await resultTab(page, /2 Select [\d,]+ rows/).click();
  await expect(rowsOf(page).getByRole("columnheader", { name: /department/ })).toBeVisible();
  await expectNoViolations(page);
});

test("all statements run up to the first that fails, which is shown at its place", async ({ page }) => {
  await openRoom(page);
  await write(page, `SELECT 1 AS a;\nSELECT oops FROM ${PRODUCTS};\nSELECT 3 AS c`);
  await page.keyboard.press("Control+Shift+Enter");
  await expect(resultTab(page, /1 Select 1 row$/)).toBeVisible();
  await expect(resultTab(page, /2 Select failed/)).toBeVisible();
  await expect(resultTab(page, /3 Select skipped/)).toBeVisible();
  await expect(page.getByRole("alert").getByText(/oops/)).toBeVisible();
  await expect(page.locator(".squiggly-error")).toBeVisible();
  await page.getByRole("button", { name: "Go to line 1, column 8 of the statement" }).click();
  await page.keyboard.insertText("department");
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /2 Select 92,331 rows/)).toBeVisible();
  await expect(page.locator(".squiggly-error")).toBeHidden();
});

test("a statement is cancelled by keys", async ({ page }) => {
  await openRoom(page);
  const huge = "lake.sample.promotions";
  await write(
    page,
    `SELECT count(*) FROM ${huge} AS a CROSS JOIN ${huge} AS b WHERE a.product_id < b.product_id`,
  );
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Running on DuckDB (server)")).toBeVisible();
  await page.keyboard.press("Control+.");
  await expect(resultTab(page, /1 Select cancelled/)).toBeVisible();
  await expect(page.getByText("It was cancelled.")).toBeVisible();
});

test("parameters are asked for by a typed form", async ({ page }) => {
  await openRoom(page);
  await write(page, "SELECT {{number}} + 1 AS next");
  await page.getByLabel("Type of number").selectOption("integer");
  const field = page.getByRole("textbox", { name: "number" });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("41");
  await field.press("Enter");
  await expect(rowsOf(page).getByRole("gridcell", { name: "42", exact: true })).toBeVisible();
});

test("the CTE under the cursor is looked at alone", async ({ page }) => {
  await openRoom(page);
  await write(page, "WITH five AS (SELECT 5 AS v)\nSELECT v * 2 AS ten FROM five");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Shift+P");
  await expect(resultTab(page, /Preview of five 1 row/)).toBeVisible();
  await expect(rowsOf(page).getByRole("gridcell", { name: "5", exact: true })).toBeVisible();
});

test("a text outlives a reload, and its tab can be closed and brought back", async ({ page }) => {
  await openRoom(page);
  await page.getByRole("button", { name: "New text" }).click();
  await write(page, "SELECT 'kept over a reload' AS word");
  const tab = page.getByRole("list", { name: "Texts" }).getByRole("button", { name: /^query 2/ });
  await expect(tab).toHaveAccessibleName(/not saved/);
  await page.reload();
  await expect(page.locator("[data-sql-editor=monaco]")).toBeVisible({ timeout: 90_000 });
  await expect(textOf(page)).toContainText("kept over a reload");
  await page.getByRole("button", { name: "Close query 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close it" }).click();
  await expect(textOf(page)).not.toContainText("kept over a reload");
  await page.keyboard.press("Alt+Shift+T");
  await expect(textOf(page)).toContainText("kept over a reload");
});

test("a text outlives a reload that cuts off its write", async ({ page }) => {
  await openRoom(page);
  await page.getByRole("button", { name: "New text" }).click();
  const asked = await page.evaluateHandle(() => {
    const writes = { count: 0 };
    const never = () => ({ get: () => ({}), put: () => ({}) });
    IDBDatabase.prototype.transaction = () => {
      writes.count += 1;
      return { objectStore: never } as unknown as IDBTransaction;
    };
    return writes;
  });
  await write(page, "SELECT 'cut off' AS word");
  await expect.poll(() => asked.evaluate(({ count }) => count)).toBeGreaterThan(0);
  await page.reload();
  await expect(textOf(page)).toContainText("cut off");
});

test("a second tab of the browser says that it keeps nothing, and can take over", async ({
  page,
  context,
}) => {
  await openRoom(page);
  const second = await context.newPage();
  await openRoom(second);
  await expect(second.getByText(/open in another tab/)).toBeVisible();
  await second.getByRole("button", { name: "Take over here" }).click();
  await expect(second.getByText(/open in another tab/)).toBeHidden();
  await expect(page.getByText(/open in another tab/)).toBeVisible();
});

test("a query is saved in versions, compared, restored, linked to and deleted", async ({ page }) => {
  await openRoom(page);
  await write(page, "SELECT 1 AS first_version");
  await page.keyboard.press("Control+S");
  await page.getByRole("dialog").getByRole("textbox", { name: "name" }).fill(NAME);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${NAME} was saved as version 1.`)).toBeVisible();
  await write(page, "SELECT 2 AS second_version");
  await page.keyboard.press("Control+S");
  await expect(page.getByText(`${NAME} was saved as version 2.`)).toBeVisible();

  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("button", { name: `Acts on ${NAME}` }).click();
  await page.getByRole("menuitem", { name: "Versions" }).click();
  const dialog = page.getByRole("dialog");
  const compared = dialog.getByRole("table", { name: "Version 1 and version 2" });
  await expect(compared).toContainText("first_version");
  await expect(compared).toContainText("second_version");
  await dialog.getByRole("button", { name: /^Version 1,/ }).click();
  await dialog.getByRole("button", { name: "Restore version 1" }).click();
  await expect(page.getByText("Version 1 is version 3 now.")).toBeVisible();
  await expect(textOf(page)).toContainText("first_version");

  await openRoom(page, `/sample/query/${encodeURIComponent(NAME)}?version=2`);
  await expect(textOf(page)).toContainText("second_version");

  await page.getByRole("button", { name: "Saved", exact: true }).click();
  await page.getByRole("button", { name: `Acts on ${NAME}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(NAME);
  await page.getByRole("dialog").getByRole("button", { name: "Delete the query" }).click();
  await expect(page.getByText(`${NAME} was deleted.`)).toBeVisible();
});

test("tables are found by a column and put into the text; history opens a text again", async ({ page }) => {
  await openRoom(page);
  await write(page, "SELECT * FROM ");
  await page.getByRole("searchbox", { name: "Filter tables and columns" }).fill("coupon_upc");
  const tree = page.getByRole("tree", { name: "Tables and columns" });
  await tree.getByRole("treeitem", { name: /^coupons/ }).dblclick();
  await expect(textOf(page)).toContainText("lake.sample.coupons");
  await page.getByRole("button", { name: "History", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search in statements" }).fill("seven");
  await page.getByRole("list", { name: "History" }).getByText("SELECT 7 AS seven").first().click();
  await expect(textOf(page)).toContainText("SELECT 7 AS seven");
});

test("a catalog of Trino is written down without its password, and removed", async ({ page }) => {
  await openRoom(page);
  await page.getByRole("button", { name: "Catalogs", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Catalogs of Trino" });
  await expect(dialog.getByText("No Trino is set up")).toBeVisible();
  await dialog.getByRole("button", { name: "Add a catalog" }).click();
  const form = page.getByRole("dialog", { name: "Another catalog" });
  await form.getByRole("textbox", { name: "name" }).fill("e2e_mysql");
  await form.getByRole("textbox", { name: "connector" }).fill("mysql");
  const properties = form.getByRole("textbox", { name: "properties" });
  await properties.fill("connection-url = jdbc:mysql://db:3306\nconnection-password = written down");
  await form.getByRole("button", { name: "Add catalog" }).click();
  await expect(form.getByRole("alert")).toContainText("A secret is not written into a document");
  await properties.fill(`connection-url = jdbc:mysql://db:3306\nconnection-password = \${E2E_MYSQL}`);
  await form.getByRole("button", { name: "Add catalog" }).click();
  await expect(dialog.getByRole("list", { name: "Catalogs by documents" })).toContainText("mysql, version 1");
  await expectNoViolations(page);
  await dialog.getByRole("button", { name: "Remove e2e_mysql" }).click();
  const confirm = page.getByRole("dialog", { name: "Remove e2e_mysql?" });
  await confirm.getByRole("textbox").fill("e2e_mysql");
  await confirm.getByRole("button", { name: "Remove catalog" }).click();
  await expect(dialog.getByText("There is no catalog by a document yet.")).toBeVisible();
});
