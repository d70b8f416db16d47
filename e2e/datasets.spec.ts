import { expect, type Page, test } from "@playwright/test";
import { ADMIN_SESSION, asViewer, call, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });
test.describe.configure({ mode: "serial", timeout: 4 * 60_000 });

const TABLE = "analytics.e2e.shelves";
const PIPELINE = "e2e-shelves";
const REPORT = "/sample/datasets/report/e2e-sales";
const SQL = "SELECT range AS day, range * 2 AS sold, 'shelf ' || range AS label FROM range(5)";

/** Writes so many rows to the table's main or to a branch of it, and waits until they are committed. */
async function write(page: Page, rows: number, branch?: string): Promise<void> {
  const config = {
    sql: `SELECT CAST(i AS BIGINT) AS shelf FROM range(${rows}) AS numbers(i)`,
    target_table: TABLE,
    write_mode: "overwrite",
    ...(branch === undefined ? {} : { branch }),
  };
  const document = {
    pipeline_id: PIPELINE,
    name: "Shelves",
    tasks: [{ task_id: "shelves", type: "sql_execute", config }],
  };
  await call(page, "pipelines.save", { pipelineId: PIPELINE, document });
  const { id } = await call<{ id: string }>(page, "pipelines.run", { pipelineId: PIPELINE });
  await page.goto(`/sample/pipelines/${PIPELINE}/runs/${id}`);
  await expect(page.getByText(/succeeded, 1 of 1 task/).first()).toBeVisible({ timeout: 120_000 });
}

const main = (page: Page) => page.getByRole("main");
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function publish(page: Page, note: string, act: string): Promise<void> {
  await button(page, act).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("note").fill(note);
  await expectNoViolations(page);
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function undo(page: Page): Promise<void> {
  await button(page, "Undo publication").click();
  const dialog = page.getByRole("dialog");
  await expectNoViolations(page);
  await dialog.getByRole("button", { name: "Undo the publication" }).click();
  await expect(dialog).toBeHidden();
}

test("a report is written in the page, tried and saved as a draft", async ({ page }) => {
  await page.goto("/sample/datasets");
  await expect(page.getByRole("row", { name: /lake\.sample\.transactions/ })).toContainText("published");
  await expectNoViolations(page);
  await button(page, "New report").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("title").fill("E2E sales");
  await expect(dialog.getByLabel("name")).toHaveValue("e2e-sales");
  await dialog.getByRole("button", { name: "Make the report" }).click();
  await expect(page).toHaveURL(/report\/e2e-sales\?tab=edit/);

  await button(page, "Add text").click();
  await page
    .getByRole("textbox", { name: "Markdown" })
    .fill("# What was sold\n\nAll **shelves**. <b>no tag</b>");
  await expect(page.getByRole("heading", { name: "What was sold" })).toBeVisible();
  await button(page, "Add query").click();
  await expect(button(page, "Save draft")).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Title", { exact: true }).last().fill("Sold by day");
  const sql = page.getByRole("textbox", { name: "SQL" });
  await sql.fill("SELECT nothing FROM nowhere");
  await button(page, "Preview").click();
  await expect(main(page).getByRole("alert")).toBeVisible({ timeout: 60_000 });
  await sql.fill(SQL);
  await sql.press("Control+Enter");
  await expect(page.getByRole("grid", { name: "Sold by day" })).toContainText("shelf 4", { timeout: 60_000 });
  await page.getByLabel("Drawn as").selectOption("line");
  await page.getByLabel("Over column").fill("day");
  await page.getByLabel(/^Columns drawn/).fill("sold");
  await expect(page.getByRole("img", { name: /Sold by day: sold over day, 5 points/ })).toBeVisible();
  await expectNoViolations(page);
  await button(page, "Save draft").click();
  await expect(page).toHaveURL(/tab=view&version=2/);
  await expect(page.getByText("a draft: others see nothing yet")).toBeVisible();
  await expect(page.getByRole("img", { name: /Sold by day/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("<b>no tag</b>")).toBeVisible();
  await expectNoViolations(page);
});

test("what somebody saved meanwhile is not passed over", async ({ page }) => {
  await page.goto(`${REPORT}?tab=edit`);
  const title = page.getByLabel("Title", { exact: true }).first();
  await expect(title).toHaveValue("E2E sales");
  const newer = { title: "E2E sales", blocks: [{ type: "query", title: "Sold by day", sql: SQL }] };
  await call(page, "reports.save", { name: "e2e-sales", content: newer, baseVersion: 2 });
  await title.fill("E2E sales, mine");
  await button(page, "Save draft").click();
  const alert = main(page).getByRole("alert");
  await expect(alert).toContainText("saved version 3 meanwhile");
  await expect(title).toHaveValue("E2E sales, mine");
  await alert.getByRole("button", { name: "Save mine as a newer version" }).click();
  await expect(page).toHaveURL(/version=4/);
  await tab(page, "Compare").click();
  await page.getByLabel("From").selectOption("2");
  await expect(page.getByRole("list", { name: "Version 2 to version 4" })).toContainText("E2E sales, mine");
  await expect(page.getByText("1 line gone, 1 line new")).toBeVisible();
  await expectNoViolations(page);
});

test("a viewer sees a report once it is published, and what was before when that is undone", async ({
  page,
  browser,
}) => {
  await page.goto(REPORT);
  await asViewer(page, { name: "Report Viewer", browser }, async (viewer) => {
    await viewer.goto(REPORT);
    await expect(main(viewer).getByRole("alert")).toContainText("There is no report e2e-sales");
    await expectNoViolations(viewer);

    await page.goto(`${REPORT}?version=2`);
    await publish(page, "first look", "Publish version 2");
    await expect(page.getByText("what others see").first()).toBeVisible();
    await viewer.goto(REPORT);
    await expect(viewer.getByRole("heading", { level: 1 })).toHaveText("E2E sales");
    await expect(viewer.getByRole("img", { name: /Sold by day/ })).toBeVisible({ timeout: 60_000 });
    await expect(button(viewer, "Publish version 2")).toHaveAttribute("aria-disabled", "true");
    await expect(viewer.getByLabel("Version").getByRole("option")).toHaveCount(1);
    await expectNoViolations(viewer);

    await page.goto(`${REPORT}?version=4`);
    await publish(page, "new title", "Publish version 4");
    await viewer.goto(REPORT);
    await expect(viewer.getByRole("heading", { level: 1 })).toHaveText("E2E sales, mine");
    await undo(page);
    await viewer.goto(REPORT);
    await expect(viewer.getByRole("heading", { level: 1 })).toHaveText("E2E sales");
    await tab(viewer, "Publications").click();
    await expect(viewer.getByRole("row", { name: /new title/ })).toContainText("published, undone since");
    await expect(viewer.getByRole("row", { name: /first look/ })).toContainText("Ada Admin");
    await expectNoViolations(viewer);
  });
});

test("a dashboard shows blocks of reports", async ({ page }) => {
  await page.goto("/sample/datasets");
  await button(page, "New dashboard").click();
  await page.getByRole("dialog").getByLabel("title").fill("E2E board");
  await button(page, "Make the dashboard").click();
  await button(page, "Add block").click();
  await page.getByRole("combobox", { name: "Report" }).selectOption("e2e-sales");
  await page.getByRole("combobox", { name: "Shows" }).selectOption({ label: "2: Sold by day" });
  await expectNoViolations(page);
  await button(page, "Save draft").click();
  await expect(page).toHaveURL(/version=2/);
  await expect(page.getByRole("img", { name: /Sold by day/ })).toBeVisible({ timeout: 60_000 });
  await publish(page, "the board", "Publish version 2");
  await expect(page.getByText("what others see").first()).toBeVisible();
  await expectNoViolations(page);
});

test("a branch of a table is published by the same act, and undone", async ({ page }) => {
  await page.goto("/sample/datasets");
  await write(page, 3);
  await write(page, 7, "audit");
  await page.goto(`/sample/datasets/table/${TABLE}`);
  await expect(page.getByText("waits on branch audit")).toBeVisible();
  await expectNoViolations(page);
  await publish(page, "seven shelves", "Publish audit");
  const seven = page.getByRole("row", { name: /, 7 rows/ });
  await expect(seven).toContainText("published");
  await tab(page, "Publications").click();
  await expect(page.getByRole("row", { name: /seven shelves/ })).toContainText("from audit");
  await page.goto(`/sample/lakehouse/${TABLE}`);
  await expect(page.getByRole("grid", { name: /^Rows / }).getByRole("row")).toHaveCount(8);
  await page.goto(`/sample/datasets/table/${TABLE}`);
  await undo(page);
  await expect(page.getByRole("row", { name: /, 3 rows/ })).toContainText("published");
  await page.goto(`/sample/lakehouse/${TABLE}`);
  await expect(page.getByRole("grid", { name: /^Rows / }).getByRole("row")).toHaveCount(4);
  await page.goto("/sample/datasets?kind=table&q=shelves");
  await expect(page.getByRole("row", { name: new RegExp(TABLE) })).toContainText("Ada Admin");
});
