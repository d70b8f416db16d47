import { expect, test } from "@playwright/test";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });

const PAGES = [
  "/sample",
  "/sample/pipelines",
  "/sample/experiments",
  "/sample/lakehouse",
  "/sample/status",
  "/sample/settings/members",
  "/sample/settings/tokens",
  "/sample/settings/audit",
  "/sample/settings/account",
];

for (const path of PAGES) {
  test(`${path} has no accessibility violation, light or dark, and asks nothing outside`, async ({
    page,
    baseURL,
  }) => {
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(String(baseURL)) && !request.url().startsWith("data:"))
        outside.push(request.url());
    });
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expectNoViolations(page);
    expect(outside).toEqual([]);
  });
}

test("the palette opens by keyboard and goes to a room", async ({ page }) => {
  await page.goto("/sample");
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("pipelines");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sample\/pipelines/);
});
