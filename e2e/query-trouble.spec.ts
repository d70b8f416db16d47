import { expect, type Page, test } from "@playwright/test";
import { openRoom, resultTab, rowsOf, write } from "./query-room";
import { ADMIN_SESSION, asViewer, call, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });

const PRODUCTS = "lake.sample.products";
const LARGE = "lake.sample.promotions";

/** Takes hours; `word` tells it from those of other tests. */
const endless = (word: string) =>
  `SELECT count(*) AS ${word} FROM ${LARGE} AS a CROSS JOIN ${LARGE} AS b CROSS JOIN ${LARGE} AS c\n` +
  "WHERE a.product_id + b.product_id + c.product_id = -1";

type Monaco = { editor: { getEditors(): { setValue(text: string): void; focus(): void }[] } };

/** Puts a large text in at once, as reading a file would; keys take Monaco a minute for it. */
async function put(page: Page, sql: string): Promise<void> {
  await page.evaluate((text) => {
    const [editor] = (window as unknown as { monaco: Monaco }).monaco.editor.getEditors();
    editor?.setValue(text);
    editor?.focus();
  }, sql);
}

const alert = (page: Page) => page.getByRole("main").getByRole("alert");

type Found = { items: { id: string; status: string; sql: string }[] };

/** The run of the statement with this word, as the server tells it. */
async function runOf(page: Page, word: string) {
  const answer = await page.request.get(
    `/api/trpc/queries.list?input=${encodeURIComponent(JSON.stringify({ json: { workspace: "sample", search: word } }))}`,
  );
  const { items } = ((await answer.json()) as { result: { data: { json: Found } } }).result.data.json;
  return items[0] ?? null;
}
const statusOf = async (page: Page, word: string) => (await runOf(page, word))?.status ?? "none";

test("what a statement misnames is told with the nearest names, at its place", async ({ page }) => {
  await openRoom(page);
  await write(page, `SELECT 1 AS one;\n\nSELECT brand,\n  departmnt\nFROM ${PRODUCTS}`);
  await page.keyboard.press("Control+Enter");
  await expect(alert(page)).toContainText("There is no column departmnt.");
  await expect(alert(page)).toContainText("Did you mean department?");
  await page.keyboard.press("Escape");
  const squiggle = await page.locator(".squiggly-error").boundingBox();
  const word = await page
    .locator(".view-line", { hasText: "departmnt" })
    .locator("span span")
    .last()
    .boundingBox();
  expect(squiggle?.y).toBeCloseTo(word?.y ?? 0, -1);
  expect(
    Math.abs((squiggle?.x ?? 0) + (squiggle?.width ?? 0) - (word?.x ?? 0) - (word?.width ?? 0)),
  ).toBeLessThan(4);
  await expectNoViolations(page);

  await write(page, "SELECT * FROM lake.sample.product");
  await page.keyboard.press("Control+Enter");
  await expect(alert(page)).toContainText("There is no table lake.sample.product.");
  await expect(alert(page)).toContainText("Did you mean lake.sample.products");

  await write(page, `SELECT * FORM ${PRODUCTS}`);
  await page.keyboard.press("Control+Enter");
  await expect(alert(page)).toContainText("Syntax error: lake is not expected here");
  await page.getByRole("button", { name: "Go to line 1, column 15 of the statement" }).click();
});

test("a megabyte of SQL is refused, and the editor goes on", async ({ page }) => {
  await openRoom(page);
  await put(page, `SELECT 1 IN (\n${Array.from({ length: 90_000 }, (_, at) => 1e9 + at).join(",\n")}, 1)`);
  await page.keyboard.press("Control+Enter");
  await expect(alert(page)).toContainText("200,000 can be read");
  await put(page, "SELECT 'small again' AS word");
  await page.keyboard.press("Control+Enter");
  await expect(rowsOf(page).getByText("small again")).toBeVisible();
});

test("of a thousand statements those behind the first that fails are not run", async ({ page }) => {
  await openRoom(page);
  const lines = Array.from({ length: 1000 }, (_, at) => `SELECT ${at === 3 ? "oops" : at} AS n${at};`);
  await put(page, lines.join("\n"));
  await page.keyboard.press("Control+Shift+Enter");
  // A thousand tabs are too many to be looked through by their roles again and again.
  await page.waitForFunction(
    () => document.querySelectorAll("ul[aria-label=Results] > li")[3]?.textContent?.includes("failed"),
    null,
    { polling: 500, timeout: 90_000 },
  );
  const tabs = await page.locator("ul[aria-label=Results] > li").allTextContents();
  expect(tabs).toHaveLength(1000);
  expect(tabs.slice(2, 4)).toEqual([expect.stringContaining("1 row"), expect.stringContaining("failed")]);
  expect(tabs.slice(4).every((tab) => tab.includes("skipped"))).toBe(true);
});

test("a statement is cancelled over a lost connection as soon as it is back", async ({ page, context }) => {
  await openRoom(page);
  await write(page, endless("lost_link"));
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => statusOf(page, "lost_link")).toBe("running");
  await context.setOffline(true);
  await page.keyboard.press("Control+.");
  await expect(resultTab(page, /cancelled/)).toBeHidden();
  await context.setOffline(false);
  await expect(resultTab(page, /1 Select cancelled/)).toBeVisible();
  expect(await statusOf(page, "lost_link")).toBe("cancelled");
});

test("a statement goes on without its page, and is found, followed and cancelled in the history", async ({
  page,
}) => {
  await openRoom(page);
  await write(page, endless("left_alone"));
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => statusOf(page, "left_alone")).toBe("running");
  await page.reload();
  await expect(page.locator("[data-sql-editor=monaco]")).toBeVisible({ timeout: 90_000 });
  expect(await statusOf(page, "left_alone")).toBe("running");
  await page.getByRole("button", { name: "History", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search in statements" }).fill("left_alone");
  const history = page.getByRole("list", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveCount(1);
  await history.getByRole("button", { name: "Follow it" }).click();
  await page.getByRole("button", { name: "Cancel" }).last().click();
  await expect(resultTab(page, /cancelled/)).toBeVisible();
  expect(await statusOf(page, "left_alone")).toBe("cancelled");
});

test("rows that are let go while one scrolls say so", async ({ page }) => {
  await openRoom(page);
  await write(page, `SELECT *, 'let go' AS let_go FROM ${PRODUCTS}`);
  await page.keyboard.press("Control+Enter");
  await expect(resultTab(page, /92,331 rows/)).toBeVisible();
  await expect(rowsOf(page).getByRole("gridcell").first()).toBeVisible();
  const run = await runOf(page, "let_go");
  await call(page, "queries.forget", { id: run?.id });
  await rowsOf(page).getByRole("gridcell").first().click();
  await page.keyboard.press("Control+End");
  await expect(page.getByText("The rows of this result are not kept any longer.").first()).toBeVisible();
  await expectNoViolations(page);
});

test("a viewer reads, is told why nothing can be written, and sees no statement of others", async ({
  page,
  browser,
}) => {
  await page.goto("/sample/query");
  const { id } = await call<{ id: string }>(page, "queries.start", { sql: "SELECT 'of the admin' AS word" });
  await asViewer(page, { name: "Query Viewer", browser }, async (viewer) => {
    await openRoom(viewer);
    await write(viewer, `SELECT count(*) AS n FROM ${PRODUCTS}`);
    await viewer.keyboard.press("Control+Enter");
    await expect(rowsOf(viewer).getByRole("gridcell", { name: "92,331" })).toBeVisible();
    await write(viewer, "CREATE TABLE analytics.u_query_viewer.t AS SELECT 1 AS a");
    await viewer.keyboard.press("Control+Enter");
    await expect(alert(viewer)).toContainText("Writing a table needs the role analyst; yours is viewer.");
    for (const what of ["rows", "export"])
      expect((await viewer.request.get(`/api/results/sample/${id}/${what}`)).status()).toBe(404);
    expect(await runOf(viewer, "of the admin")).toBeNull();
  });
});
