import { expect, test } from "@playwright/test";
import { ADMIN_SESSION, expectNoViolations } from "./world";

test.use({ storageState: ADMIN_SESSION });

test("the main job: run the sample pipeline, watch it train, read the forecast", async ({ page }) => {
  test.setTimeout(8 * 60_000);
  await page.goto("/sample/pipelines/demand-forecast-daily");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "Daily demand forecast" })).toBeVisible({
      timeout: 5_000,
    });
  }).toPass({ timeout: 120_000 });
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Run", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByRole("heading", { name: /Run \d+/ })).toBeVisible();
  await page.reload();
  await expect(page.getByText(/succeeded, 4 of 4 tasks done/).first()).toBeVisible({ timeout: 6 * 60_000 });
  await expectNoViolations(page);

  await page.goto(`${page.url().split("?")[0]}?task=model_validation`);
  await page.getByRole("button", { name: "Rerun" }).click();
  await page.getByRole("menuitem", { name: "From model_validation on" }).click();
  const plan = page.getByRole("dialog", { name: /Rerun run \d+/ });
  await expect(plan).toContainText("1 task runs again");
  await expect(plan).toContainText("3 tasks are taken over");
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(plan).toBeHidden();

  const runId = page.url().split("/runs/")[1]?.split("?")[0] ?? "";
  await page.goto(`/sample/experiments/${runId}`);
  await expect(page.getByRole("main")).toContainText(/pass/i);
  await expect(page.getByRole("main")).toContainText(/seasonal/i);
  await expectNoViolations(page);
});
