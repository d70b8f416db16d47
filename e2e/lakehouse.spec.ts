import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { ADMIN_SESSION, asViewer, call, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });
test.describe.configure({ mode: "serial" });

// biome-ignore lint/style/noProcessEnv: the test command names the instance's folder
const DATA = process.env.BENCHWRIGHT_DATA ?? "";
const PIPELINE = "e2e-prices";
const TABLE = "analytics.e2e.prices";
const PAGE = `/sample/lakehouse/${TABLE}`;

/** 40 rows at first; then 10 of them are dearer, 5 are gone and 2 are new. One value is NULL, one an empty text. */
const FIRST = `SELECT CAST(i AS BIGINT) + 9007199254740993 AS id, CAST(i / 4 AS DECIMAL(12,2)) AS price,
  CASE WHEN i = 0 THEN NULL WHEN i = 1 THEN '' ELSE 'item ' || i END AS label FROM range(40) AS numbers(i)`;
const SECOND = `SELECT CAST(i AS BIGINT) + 9007199254740993 AS id,
  CAST((CASE WHEN i BETWEEN 10 AND 19 THEN i + 1 ELSE i END) / 4 AS DECIMAL(12,2)) AS price,
  CASE WHEN i = 0 THEN NULL WHEN i = 1 THEN '' ELSE 'item ' || i END AS label FROM range(5, 42) AS numbers(i)`;

/** Writes the result of a statement as the next state of the table, and waits until it is committed. */
async function write(page: Page, sql: string): Promise<void> {
  const task = {
    task_id: "prices",
    type: "sql_execute",
    config: { sql, target_table: TABLE, write_mode: "overwrite" },
  };
  const document = { pipeline_id: PIPELINE, name: "Prices", tasks: [task] };
  await call(page, "pipelines.save", { pipelineId: PIPELINE, document });
  const { id } = await call<{ id: string }>(page, "pipelines.run", { pipelineId: PIPELINE });
  await page.goto(`/sample/pipelines/${PIPELINE}/runs/${id}`);
  await expect(page.getByText(/succeeded, 1 of 1 task/).first()).toBeVisible({ timeout: 120_000 });
}

/** The lake's own service, for what no page does: landing rows on a branch. */
async function lake<T>(path: string, body: object): Promise<T> {
  const token = readFileSync(join(DATA, "secrets", "lake-token"), "utf8").trim();
  const ports = JSON.parse(readFileSync(join(DATA, "run", "ports.json"), "utf8")) as { lake: number };
  const response = await fetch(`http://127.0.0.1:${ports.lake}/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, `the lake answered ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

/** The folder of the workspace in the lake has its id for a name. */
async function workspaceIdOf(page: Page): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ json: { workspace: "sample", name: TABLE } }));
  const text = await page.evaluate(
    async (path) => (await fetch(path)).text(),
    `/api/trpc/tables.get?input=${input}`,
  );
  return /([0-9a-f-]{36})\/analytics\//.exec(text)?.[1] ?? "";
}

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });
const rowsGrid = (page: Page) => page.getByRole("grid", { name: /^Rows / });
const marks = (page: Page) =>
  page.getByRole("group", { name: /^(Time:|Snapshots over time)/ }).getByRole("button");

async function confirmByName(page: Page, act: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: act })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill(TABLE);
  await dialog.getByRole("button", { name: act }).click();
  await expect(dialog).toBeHidden();
}

test("two runs write two states of a table", async ({ page }) => {
  test.setTimeout(5 * 60_000);
  await page.goto("/sample/lakehouse");
  await expect(page.getByRole("link", { name: "transactions" })).toBeVisible();
  await write(page, FIRST);
  await write(page, SECOND);
});

test("the list finds a table by its name and leads to it and to the run that wrote it", async ({ page }) => {
  await page.goto("/sample/lakehouse");
  await page.getByRole("searchbox", { name: "Filter tables by name" }).fill("e2e price");
  await expect(page.getByRole("link", { name: "transactions" })).toBeHidden();
  await expect(page).toHaveURL(/q=e2e/);
  await expect(page.getByRole("link", { name: new RegExp(`${PIPELINE}, run`) })).toBeVisible();
  await page.getByRole("searchbox").fill("nothing has this name");
  await expect(page.getByText(/No table has/)).toBeVisible();
  await page.getByRole("button", { name: "Remove the filter" }).click();
  await expectNoViolations(page);
  await page.getByRole("link", { name: "prices", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(TABLE);
  await expect(rowsGrid(page)).toBeVisible();
});

test("rows keep every digit, and show NULL apart from an empty text", async ({ page }) => {
  await page.goto(PAGE);
  await marks(page).first().click();
  await expect(page).toHaveURL(/at=\d+/);
  await expect(page.getByText(/Rows as of version 1/)).toBeVisible();
  const grid = rowsGrid(page);
  await expect(grid.getByRole("row")).toHaveCount(41);
  await expect(grid.getByText("9,007,199,254,740,994")).toBeVisible();
  await expect(grid.getByText("null", { exact: true })).toBeVisible();
  await expect(grid.getByText("empty text", { exact: true })).toBeVisible();
  await expect(page.getByText(/FOR VERSION AS OF \d+/)).toBeVisible();
  await expectNoViolations(page);
});

test("time is walked by keyboard, and an instant leads to what was there then", async ({ page }) => {
  await page.goto(PAGE);
  await expect(rowsGrid(page).getByRole("row")).toHaveCount(38);
  await marks(page).last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(rowsGrid(page).getByRole("row")).toHaveCount(41);
  await page.reload();
  await expect(page.getByRole("heading", { name: /^Rows as of version/ })).toBeVisible();
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(rowsGrid(page).getByRole("row")).toHaveCount(38);
  await page.getByLabel("As of, UTC").fill("2020-01-01T00:00:00");
  await page.getByRole("button", { name: "Go to it" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/2020-01-01|held nothing/);
});

test("two snapshots are compared row by row, with a key that is chosen", async ({ page }) => {
  await page.goto(`${PAGE}?tab=snapshots`);
  const panel = page.getByRole("region", { name: "Rows that differ, A to B" });
  await expect(panel.getByRole("button", { name: "All 27" })).toBeVisible({ timeout: 60_000 });
  await panel.getByRole("button", { name: "Whole rows, choose a key" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: "id" }).check();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Compare by this key" }).click();
  await expect(panel.getByRole("button", { name: "~ 10 changed" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "− 5 removed" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "+ 2 added" })).toBeVisible();
  await expect(page).toHaveURL(/key=id/);
  await panel.getByRole("button", { name: "~ 10 changed" }).click();
  const grid = panel.getByRole("grid");
  await expect(grid.locator("del")).toHaveCount(10);
  await expect(grid.locator("ins").first()).toHaveText("2.75");
  await expect(page).toHaveURL(/kind=changed/);
  await expectNoViolations(page);
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Export CSV" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file.split("\r\n")[0]).toBe("difference,id (A),id (B),price (A),price (B),label (A),label (B)");
  expect(file.trimEnd().split("\r\n")).toHaveLength(11);
});

test("a key that tells no rows apart is refused with a way on", async ({ page }) => {
  await page.goto(`${PAGE}?tab=snapshots&key=missing`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("not a column of both states");
  await page.getByRole("button", { name: "Compare whole rows" }).click();
  await expect(page.getByRole("button", { name: "All 27" })).toBeVisible();
});

test("the shape and the files of a table are shown", async ({ page }) => {
  await page.goto(`${PAGE}?tab=schema`);
  await expect(page.getByRole("rowheader", { name: "price" })).toBeVisible();
  await expect(page.getByText("decimal(", { exact: false }).first()).toBeVisible();
  await expectNoViolations(page);
  await tab(page, "Files").click();
  const file = page.getByRole("button", { name: /\.parquet$/ }).first();
  await file.click();
  await expect(file).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText(/9007199254740998 to/)).toBeVisible();
  await expectNoViolations(page);
});

test("a branch is written, audited, refused, and published when its check passes", async ({ page }) => {
  test.skip(DATA === "", "BENCHWRIGHT_DATA names no data folder, so nothing can land on a branch");
  await page.goto(`${PAGE}?tab=branches`);
  await page.getByRole("button", { name: "New branch" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("name").fill("wap fix");
  await expect(dialog.getByText(/Use letters/).first()).toBeVisible();
  await dialog.getByLabel("name").fill("wap_fix");
  await expectNoViolations(page);
  await dialog.getByRole("button", { name: "Make branch" }).click();
  await expect(dialog).toBeHidden();
  const publish = page.getByRole("button", { name: "Publish wap_fix" });
  await expect(publish).toHaveAttribute("aria-disabled", "true");

  const workspaceId = await workspaceIdOf(page);
  await page.goto(`${PAGE}?tab=snapshots`);
  await expect(marks(page).first()).toBeVisible();
  const oldest = await marks(page).first().getAttribute("data-snapshot");
  // A rollback on the branch lands the rows of the first state there.
  await lake(`${workspaceId}/tables/${TABLE}/rollbacks`, {
    snapshot_id: oldest,
    written_by: "e2e",
    branch: "wap_fix",
  });

  await page.goto(`${PAGE}?tab=branches&branch=wap_fix`);
  await expect(page.getByText(/1 ahead of main/)).toBeVisible();
  const check = page.getByRole("textbox", { name: /^Check/ });
  await check.fill(`SELECT * FROM ${TABLE} WHERE label IS NULL`);
  await check.press("Control+Enter");
  await expect(page.getByText("1 row fails the check").first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("grid", { name: "Rows of wap_fix that fail the check" })).toBeVisible();
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await expect(page).toHaveURL(/check=SELECT/);
  await expectNoViolations(page);
  await check.fill(`SELECT * FROM ${TABLE} WHERE price < 0`);
  await page.getByRole("button", { name: "Run check" }).click();
  await expect(page.getByText("Passed: the check finds no row")).toBeVisible();
  await publish.click();
  await expect(dialog).toContainText("price < 0");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/the same as main/)).toBeVisible();
  await tab(page, "Rows").click();
  await expect(rowsGrid(page).getByRole("row")).toHaveCount(41);
});

test("main is rolled back to a snapshot after the table's name is typed", async ({ page }) => {
  await page.goto(`${PAGE}?tab=snapshots`);
  const second = marks(page).nth(1);
  await second.click();
  await page.getByRole("button", { name: /^Roll main back to/ }).click();
  await expect(page.getByRole("dialog")).toContainText("37 rows");
  await expectNoViolations(page);
  await confirmByName(page, "Roll main back to 2");
  await expect(page.getByText("37 rows", { exact: true })).toBeVisible();
  await tab(page, "Rows").click();
  await expect(rowsGrid(page).getByRole("row")).toHaveCount(38);
});

test("upkeep is a dry run first, and is carried out by the plan that was shown", async ({ page }) => {
  await page.goto(`${PAGE}?tab=upkeep&action=expire`);
  const panel = page.getByRole("region", { name: "Expire snapshots" });
  await panel.getByLabel("keep").fill("0");
  await expect(panel.getByRole("button", { name: "Dry run" })).toHaveAttribute("aria-disabled", "true");
  await panel.getByLabel("keep").fill("1");
  await panel.getByRole("button", { name: "Dry run" }).click();
  await expect(panel.getByText("dry run, nothing written")).toBeVisible();
  await expect(panel.getByRole("row", { name: /Snapshots to go back to/ })).toContainText(/−\d/);
  await expectNoViolations(page);
  await panel.getByRole("button", { name: "Expire them" }).click();
  await confirmByName(page, "Expire them");
  await expect(panel.getByText("Done: the snapshots have expired.")).toBeVisible();
  await page.getByRole("button", { name: /^Compact/ }).click();
  await page.getByRole("button", { name: "Dry run" }).click();
  await expect(page.getByText(/nothing to compact/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Compact main" })).toHaveAttribute("aria-disabled", "true");
});

test("a viewer sees everything and is told why nothing can be changed", async ({ page, browser }) => {
  await page.goto("/sample/lakehouse");
  await asViewer(page, { name: "Lake Viewer", browser }, async (viewer) => {
    await viewer.goto("/sample/lakehouse/lake.sample.coupons");
    await expect(rowsGrid(viewer).getByRole("row")).toHaveCount(101);
    await viewer.getByRole("button", { name: "Next" }).click();
    await expect(viewer).toHaveURL(/offset=100/);
    await expect(rowsGrid(viewer).getByRole("rowheader", { name: "101", exact: true })).toBeVisible();
    await tab(viewer, "Upkeep").click();
    const dryRun = viewer.getByRole("button", { name: "Dry run" });
    await expect(dryRun).toHaveAttribute("aria-disabled", "true");
    await expect(dryRun).toHaveAccessibleDescription(/needs the role engineer; yours is viewer/);
    await tab(viewer, "Branches").click();
    await expect(viewer.getByRole("button", { name: "New branch" })).toHaveAttribute("aria-disabled", "true");
    await expectNoViolations(viewer);
  });
});

test("a table that is not there says so, and one is taken out of the catalog", async ({ page }) => {
  await page.goto("/sample/lakehouse/lake.sample.nowhere");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("nowhere");
  await expectNoViolations(page);
  await page.goto(`${PAGE}?tab=upkeep`);
  await page.getByRole("button", { name: "Take it out of the catalog" }).click();
  await confirmByName(page, "Take it out");
  await expect(page).toHaveURL(/\/lakehouse$/);
  await expect(page.getByRole("link", { name: "prices", exact: true })).toBeHidden();
});
