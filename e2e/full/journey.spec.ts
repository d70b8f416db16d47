import { expect, type Page, test } from "@playwright/test";
import { patientApi } from "../kills/api";
import { runningInstance } from "../kills/instance";
import type { Run } from "../kills/records";
import { ADMIN_SESSION } from "../world";
import { journey } from "./journey";
import { DAYS, ROWS, shopDatabase } from "./shop-database";

test.use({ storageState: ADMIN_SESSION });

// biome-ignore lint/style/noProcessEnv: the test command names the server and the instance
const variables = process.env;
const SERVER = variables.CONTRACT_DATABASE_URL ?? "";
const RUN_MS = 10 * 60_000;
/** Tables stay when a connection goes: each run of this file has names of its own. */
const NAME = `novamart_${Date.now().toString(36)}`;
const CATEGORIES = 4;
const shop = { database: NAME, role: `${NAME}_reader`, password: "reads-only-4712" };

test.skip(
  variables.BENCHWRIGHT_FULL_TESTS === undefined,
  "runs in the full tier alone (BENCHWRIGHT_FULL_TESTS)",
);
test.skip(SERVER === "", "CONTRACT_DATABASE_URL names no PostgreSQL server to read from");

const database = shopDatabase(SERVER, shop);
test.beforeAll(async () => database.create());
test.afterAll(async () => database.drop());

test("the journey's first four stages run on the shop's own connections", async ({ page, baseURL }) => {
  test.setTimeout(RUN_MS + 120_000);
  const { hostname: host, port } = new URL(SERVER);
  const secret = `${NAME.toUpperCase()}_PASSWORD`;
  const server = { host, port: Number(port), database: shop.database, username: shop.role, secret };
  const it = journey(NAME, server);
  const api = patientApi(baseURL ?? "", runningInstance(variables.BENCHWRIGHT_DATA ?? "").token("engineer"));

  await test.step("the connections, the query, the code and the pipeline are saved", async () => {
    await api("PUT", `/secrets/${secret}`, { value: shop.password });
    for (const [name, document] of Object.entries(it.connections))
      await api("PUT", `/connections/${name}`, document);
    await api("PUT", `/saved-queries/${it.query.name}`, { sql: it.query.sql, dialect: it.query.dialect });
    await api("PUT", `/code/${NAME}`, it.code);
    await api("PUT", `/pipelines/${NAME}`, it.document);
  });

  await test.step("it runs to its end", async () => {
    await page.goto(`/sample/pipelines/${NAME}`);
    await page.getByRole("button", { name: "Run", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/runs\//);
    await expect(page.getByText(/(5 of 5 tasks done|failed)/).first()).toBeVisible({ timeout: RUN_MS });
  });
  const runId = page.url().split("/runs/")[1]?.split("?")[0] ?? "";
  const run = await api<Run>("GET", `/runs/${runId}`);
  expect(run.error).toBeNull();
  expect(run.tasks.map(({ taskId, status }) => `${taskId} ${status}`)).toEqual(
    it.document.tasks.map(({ task_id }) => `${task_id} succeeded`),
  );

  await test.step("the tables have the rows", async () => {
    const { items } = await api<{ items: { name: string; rowCount: number }[] }>("GET", "/lakehouse/tables");
    const rowsOf = (name: string) => items.find((table) => table.name === name)?.rowCount;
    for (const [stream, table] of Object.entries(it.synced)) {
      expect(rowsOf(table), table).toBe(ROWS[stream as keyof typeof ROWS]);
    }
    expect(rowsOf(it.tables.calendar)).toBe(DAYS);
    expect(rowsOf(it.tables.features)).toBe(DAYS * CATEGORIES);
    expect(rowsOf(it.tables.forecast)).toBe(14 * CATEGORIES);
    expect(rowsOf(it.tables.backtest)).toBeGreaterThan(0);
  });

  await test.step("each task leads to what it made", async () => {
    await openTask(page, runId, "sync_sources");
    for (const table of Object.values(it.synced)) await expectLink(page, table);
    await openTask(page, runId, "calendar");
    await expectLink(page, it.tables.calendar);
    await openTask(page, runId, "feature_engineering");
    await expectLink(page, it.tables.features);
    await openTask(page, runId, "model_training");
    await expectLink(page, it.tables.forecast);
    const tracked = page.getByRole("link", { name: /MLflow run/ });
    const answer = await page.request.get((await tracked.getAttribute("href")) ?? "");
    expect(answer.ok()).toBe(true);
    expect(run.tasks.find(({ taskId }) => taskId === "model_training")?.outputs.mlflow?.runId).toMatch(
      /^[0-9a-f]{32}$/,
    );
    await openTask(page, runId, "model_validation");
    await page.getByRole("link", { name: "Open the result" }).click();
    await expect(page.getByRole("main")).toContainText(/pass/i);
  });

  await test.step("the second run syncs what is new and nothing else", async () => {
    const { id } = await api<{ id: string }>("POST", `/pipelines/${NAME}/runs`);
    await expect(async () => {
      const { status } = await api<Run>("GET", `/runs/${id}`);
      expect(status).toBe("succeeded");
    }).toPass({ timeout: RUN_MS });
    const { items } = await api<{ items: { name: string; rowCount: number }[] }>("GET", "/lakehouse/tables");
    const orders = items.find(({ name }) => name === it.synced.orders);
    expect(orders?.rowCount).toBe(ROWS.orders);
  });
});

async function openTask(page: Page, runId: string, taskId: string): Promise<void> {
  await page.goto(`/sample/pipelines/${NAME}/runs/${runId}?task=${taskId}`);
  await expect(page.getByRole("heading", { name: taskId, exact: true })).toBeVisible();
}

async function expectLink(page: Page, table: string): Promise<void> {
  const link = page.getByRole("link", { name: table, exact: true }).first();
  await expect(link).toHaveAttribute("href", `/sample/lakehouse/${encodeURIComponent(table)}`);
}
