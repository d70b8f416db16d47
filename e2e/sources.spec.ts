import { expect, type Page, test } from "@playwright/test";
import pg from "pg";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });
test.describe.configure({ mode: "serial", timeout: 180_000 });

// biome-ignore lint/style/noProcessEnv: the test command names the server
const SERVER = process.env.CONTRACT_DATABASE_URL ?? "";
/** What this file makes on the server and in the workspace. */
const DATABASE = "e2e_sources";
const ROLE = "e2e_sources_reader";
const PASSWORD = "reads-only-4711";
const SECRET = "E2E_SHOP_PASSWORD";
/** Another one each time: the tables of a removed connection stay, and a stream goes on from where its table stands. */
const RUN = Date.now().toString(36);
const CONNECTION = `e2e-shop-${RUN}`;
const SCHEMA = `lake.e2e_shop_${RUN}`;
const ORDERS = 2_500;

test.skip(SERVER === "", "CONTRACT_DATABASE_URL names no PostgreSQL server to read from");

async function onServer(database: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(SERVER), { pathname: `/${database}` }).href,
  });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const dropAll = () =>
  onServer("postgres", `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`, `DROP ROLE IF EXISTS ${ROLE}`);

test.beforeAll(async () => {
  await dropAll();
  await onServer(
    "postgres",
    `CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`,
    `CREATE DATABASE ${DATABASE}`,
  );
  await onServer(
    DATABASE,
    "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(12,2), updated_at timestamptz NOT NULL)",
    `INSERT INTO orders SELECT i, i * 1.5, timestamptz '2026-01-01 00:00Z' + i * interval '1 minute' FROM generate_series(1, ${ORDERS}) i`,
    "CREATE TABLE products (id int PRIMARY KEY, name text)",
    "INSERT INTO products SELECT i, 'product ' || i FROM generate_series(1, 40) i",
    // Takes its time: each row of the view waits.
    "CREATE VIEW slow_ticks AS SELECT i AS id, pg_sleep(0.2)::text AS nothing FROM generate_series(1, 3000) i",
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${ROLE}`,
  );
});

test.afterAll(dropAll);

const form = (page: Page) => page.getByRole("region", { name: "Document" });
const streamRow = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("button", { name, exact: true }) });

async function chooseStream(page: Page, name: string): Promise<void> {
  await page.getByRole("checkbox", { name: `Sync ${name}`, exact: true }).check();
}

test("a connection is added through the page: secret, test, streams, save", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto("/sample/sources");
  await expect(page.getByRole("heading", { name: "Sources", level: 1 })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("link", { name: "Add connection" }).first().click();
  await expectNoViolations(page);
  await page.getByRole("link", { name: /source-postgres/ }).click();

  const host = form(page).getByRole("textbox", { name: /^host/ });
  await expect(host).toBeVisible({ timeout: 60_000 });
  await expectNoViolations(page);
  const server = new URL(SERVER);
  await form(page).getByRole("textbox", { name: "name", exact: true }).fill(CONNECTION);
  await host.fill(server.hostname);
  await form(page).getByRole("textbox", { name: /^port/ }).fill(server.port);
  await form(page)
    .getByRole("textbox", { name: /^database/ })
    .fill(DATABASE);
  await fillFolded(page, /^username/, ROLE);

  await test.step("a wrong password is refused in words", async () => {
    await storeSecret(page, "not the password");
    await form(page).getByRole("button", { name: "Test" }).click();
    await expect(form(page).getByRole("alert")).toContainText(/password/i, { timeout: 60_000 });
    await expect(form(page)).not.toContainText("not the password");
  });

  await test.step("with the right one the test passes", async () => {
    await storeSecret(page, PASSWORD);
    await form(page).getByRole("button", { name: "Test" }).click();
    await expect(form(page).getByText(/Connection test passed/)).toBeVisible({ timeout: 60_000 });
  });

  await page.getByRole("button", { name: "Look at the source" }).click();
  await expect(page.getByText(/3 streams found/)).toBeVisible({ timeout: 60_000 });
  await chooseStream(page, "orders");
  await page.getByRole("combobox", { name: "Sync mode of orders" }).selectOption("incremental");
  await page.getByRole("combobox", { name: "Cursor of orders" }).selectOption("updated_at");
  await chooseStream(page, "products");
  await expectNoViolations(page);

  await test.step("the text says the same as the form, and never the password", async () => {
    await form(page).getByRole("button", { name: "JSON" }).click();
    const text = form(page).getByRole("textbox", { name: /^JSON of/ });
    await expect(text).toHaveValue(/"cursor_field": "updated_at"/);
    await expect(text).toHaveValue(new RegExp(`\\$\\{${SECRET}\\}`));
    expect(await text.inputValue()).not.toContain(PASSWORD);
    await expectNoViolations(page);
    await form(page).getByRole("button", { name: "Form" }).click();
  });

  await form(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/sources/${CONNECTION}$`));
  await expect(page.getByText("This connection has never synced.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: `${SCHEMA}.orders` })).toBeVisible();
});

test("a sync is watched until its rows are committed, and its log is read", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto(`/sample/sources/${CONNECTION}`);
  await expect(page.getByText("This connection has never synced.")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: /^Sync \d+/, level: 1 })).toBeVisible();
  await expect(streamRow(page, "orders")).toContainText(/succeeded in .*committed/, {
    timeout: 120_000,
  });
  await expect(streamRow(page, "products")).toContainText(/succeeded in .*committed/, { timeout: 60_000 });
  await expect(streamRow(page, "orders")).toContainText("2,500");
  await expect(page.getByText("all committed")).toBeVisible();
  await expect(page.getByText(/Readers see all 2 streams/)).toBeVisible();
  await expectNoViolations(page);

  await streamRow(page, "orders").getByRole("button", { name: "orders", exact: true }).click();
  await expect(page).toHaveURL(/stream=/);
  await expect(page.getByRole("log", { name: /orders/ })).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("log", { name: /orders/ })).toHaveCount(0);

  const link = page.getByRole("region", { name: "History of syncs" }).getByRole("link").first();
  await link.click();
  await expect(page).toHaveURL(/\/syncs\/[^/]+$/);
  await expect(page.getByRole("heading", { name: /^Sync \d+/, level: 1 })).toBeVisible();

  await page.goto("/sample/lakehouse");
  await expect(page.getByRole("main")).toContainText(SCHEMA);
});

test("a schedule is written in the form, said in words, and saved as the next version", async ({ page }) => {
  await page.goto(`/sample/sources/${CONNECTION}`);
  await form(page).getByRole("combobox", { name: "schedule" }).selectOption("cron");
  const cron = form(page).getByRole("textbox", { name: "Cron expression" });
  await cron.fill("61 * * * *");
  await expect(
    form(page)
      .getByText(/is not a cron expression/)
      .first(),
  ).toBeVisible();
  await expect(form(page).getByRole("button", { name: "Save", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await cron.fill("0 */6 * * *");
  await expect(form(page).getByRole("list", { name: "Next runs" }).getByRole("listitem")).toHaveCount(5);
  await form(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(form(page).getByText("not saved")).toHaveCount(0);
  await page.reload();
  await expect(form(page).getByRole("textbox", { name: "Cron expression" })).toHaveValue("0 */6 * * *");
});

test("text that is no JSON says where, and is not lost by looking at the form", async ({ page }) => {
  await page.goto(`/sample/sources/${CONNECTION}?view=json`);
  const text = form(page).getByRole("textbox", { name: /^JSON of/ });
  const sound = await text.inputValue();
  await text.fill(sound.replace('"streams"', "streams"));
  await expect(
    form(page)
      .getByRole("button", { name: /Go to line \d+/ })
      .first(),
  ).toBeVisible();
  await form(page).getByRole("button", { name: "Form" }).click();
  await expect(form(page).getByText("The text is no JSON yet.").first()).toBeVisible();
  await form(page).getByRole("button", { name: "Go to the JSON" }).click();
  await expect(text).toHaveValue(/\n {2}streams/);
  await form(page).getByRole("button", { name: "Reset" }).click();
  await expect(text).toHaveValue(sound);
});

test("one stream is cancelled while it reads; the sync says so", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto(`/sample/sources/${CONNECTION}?choose=1`);
  await page.getByRole("button", { name: "Look at the source" }).click();
  await expect(page.getByText(/3 streams found/)).toBeVisible({ timeout: 60_000 });
  await chooseStream(page, "slow_ticks");
  await form(page).getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Sync now" }).click();
  await page.getByRole("button", { name: /^Cancel .*slow_ticks$/ }).click({ timeout: 60_000 });
  await expect(streamRow(page, "slow_ticks")).toContainText(/cancelled/, { timeout: 30_000 });
  await expect(streamRow(page, "products")).toContainText(/succeeded/, { timeout: 60_000 });
});

test("a password that has become wrong fails the sync in words and leaves the tables as they were", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await onServer("postgres", `ALTER ROLE ${ROLE} PASSWORD 'another'`);
  await page.goto(`/sample/sources/${CONNECTION}`);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(streamRow(page, "orders")).toContainText(/failed after .*password/i, { timeout: 120_000 });
  await expect(page.getByRole("region", { name: /^Needs you/ })).toContainText(CONNECTION);
  await expectNoViolations(page);
  await page.goto("/sample/lakehouse");
  await expect(page.getByRole("main")).toContainText(SCHEMA);
});

test("a connection is deleted by its name, and its secret after it; the tables stay", async ({ page }) => {
  await page.goto(`/sample/sources/${CONNECTION}`);
  await page.getByRole("button", { name: "More acts" }).click();
  await page.getByRole("menuitem", { name: "Delete the connection" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The tables stay");
  await dialog.getByRole("textbox").fill(CONNECTION);
  await dialog.getByRole("button", { name: "Delete connection" }).click();
  await expect(page).toHaveURL(/\/sample\/sources$/);
  await expect(page.getByRole("link", { name: new RegExp(CONNECTION) })).toHaveCount(0);

  await page.goto("/sample/settings/secrets");
  await expectNoViolations(page);
  await page.getByRole("button", { name: `Remove ${SECRET}` }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(SECRET);
  await page.getByRole("dialog").getByRole("button", { name: "Remove secret" }).click();
  await expect(page.getByRole("rowheader", { name: SECRET })).toHaveCount(0);
  await page.goto("/sample/lakehouse");
  await expect(page.getByRole("main")).toContainText(SCHEMA);
});

/** Fills a field of the form, which may lie in the fold of what stands at its default. */
async function fillFolded(page: Page, name: RegExp, value: string): Promise<void> {
  const field = form(page).getByRole("textbox", { name });
  for (const fold of await form(page)
    .getByText(/more, all at default/)
    .all()) {
    if (await field.isVisible()) break;
    await fold.click();
  }
  await field.fill(value);
}

/** Stores the password as a secret of the workspace from its field in the form. */
async function storeSecret(page: Page, value: string): Promise<void> {
  await fillFolded(page, /^password/, `\${${SECRET}}`);
  await form(page).getByRole("button", { name: "password: Secret" }).click();
  await page.getByRole("menuitem", { name: /Store a new secret|Set .* anew/ }).click();
  const dialog = page.getByRole("dialog");
  await expectNoViolations(page);
  await dialog.getByRole("textbox", { name: "name" }).fill(SECRET);
  await dialog.getByRole("textbox", { name: "value" }).fill(value);
  await dialog.getByRole("button", { name: /Store secret|Set anew/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(form(page).getByText(/Found in the workspace/)).toBeVisible();
}
