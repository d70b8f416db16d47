import { expect, type Page, test } from "@playwright/test";
import { ADMIN_SESSION, call, expectNoViolations, openPage } from "./world";

test.use({ storageState: ADMIN_SESSION });

const PAGES = [
  "/sample",
  "/sample/pipelines",
  "/sample/experiments",
  "/sample/lakehouse",
  "/sample/query",
  "/sample/status",
  "/sample/settings/members",
  "/sample/settings/tokens",
  "/sample/settings/audit",
  "/sample/settings/notifications",
  "/sample/settings/account",
];

/** Nothing is wider than its place, so that nobody scrolls sideways but in what says by `tabindex` that one can. */
async function expectNoOverflow(page: Page): Promise<void> {
  const excess = () =>
    page.getByRole("main").evaluate((main) => {
      const places: Element[] = [main, ...main.querySelectorAll(":not([tabindex], textarea)")].filter(
        (element) => element === main || /auto|scroll/.test(getComputedStyle(element).overflowX),
      );
      for (let at = main.parentElement; at !== null; at = at.parentElement) places.push(at);
      return Math.max(...places.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    });
  await expect.poll(excess).toBe(0);
}

for (const path of PAGES) {
  test(`${path} has no accessibility violation, light or dark, and asks nothing outside`, async ({
    page,
    baseURL,
  }) => {
    const outside: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = [baseURL, `blob:${baseURL}`, "data:"].some((place) => url.startsWith(String(place)));
      if (!isOwn) outside.push(url);
    });
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expectNoOverflow(page);
    await expectNoViolations(page);
    expect(outside).toEqual([]);
  });
}

test("a pipeline's schedule and one of its runs have no violation, and fit", async ({ page }) => {
  await openPage(page, "/sample/pipelines");
  const pipelineId = "e2e-pages";
  const config = {
    sql: "SELECT CAST(range AS BIGINT) AS page FROM range(3)",
    target_table: "analytics.e2e.pages",
    write_mode: "overwrite",
  };
  // As long as a name gets.
  const task = { task_id: "a_task_whose_name_is_as_long_as_people_make_them", type: "sql_execute", config };
  const document = {
    pipeline_id: pipelineId,
    name: "A pipeline with a name that goes on, as long as those that people give",
    tasks: [task],
  };
  await call(page, "pipelines.save", { pipelineId, document });
  const { id } = await call<{ id: string }>(page, "pipelines.run", { pipelineId });
  await page.goto(`/sample/pipelines/${pipelineId}?tab=schedule`);
  await expect(page.getByRole("tabpanel", { name: "Schedule" })).not.toBeEmpty();
  await expectNoOverflow(page);
  await expectNoViolations(page);
  await page.goto(`/sample/pipelines/${pipelineId}/runs/${id}`);
  await expect(page.getByRole("heading", { name: /Run \d+/ })).toBeVisible();
  await expect(page.getByText(/succeeded, 1 of 1 task/).first()).toBeVisible({ timeout: 120_000 });
  await expectNoOverflow(page);
  await expectNoViolations(page);
});

test("the palette opens by keyboard and goes to a room", async ({ page }) => {
  await openPage(page, "/sample");
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  // Effects run a moment after the page listens; a second press, with the palette open, does nothing.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type("pipelines");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sample\/pipelines/);
});

test("a menu opens, is walked and left by keyboard, and gives the focus back", async ({ page }) => {
  await openPage(page, "/sample");
  const account = page.getByRole("button", { name: /^Account of/ });
  await account.focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu", { name: /^Account of/ });
  await expect(menu).toBeVisible();
  await expect(account).toHaveAttribute("aria-expanded", "true");
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(account).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(menu).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByRole("menuitem", { name: "Account and password" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/account$/);
});

test("a menu closes by a second press of its button, and by a press elsewhere", async ({ page }) => {
  await openPage(page, "/sample");
  const theme = page.getByRole("button", { name: "Theme" });
  const menu = page.getByRole("menu", { name: "Theme" });
  await theme.click();
  await expect(menu).toBeVisible();
  await theme.click();
  await expect(menu).toBeHidden();
  await theme.click();
  await page.getByRole("main").click({ position: { x: 200, y: 300 } });
  await expect(menu).toBeHidden();
  await theme.click();
  await page.getByRole("menuitemcheckbox", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
