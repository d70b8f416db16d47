import { expect, test } from "@playwright/test";
import { ADMIN, ADMIN_SESSION, expectNoViolations } from "./world";

test("the first visit creates the first admin and opens the sample workspace", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Create the first admin" })).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: "email" }).fill(ADMIN.email);
  await page.getByRole("textbox", { name: "name" }).fill(ADMIN.name);
  await page.getByLabel("password", { exact: true }).fill(ADMIN.password);
  await page.locator("button[type=submit]").click();
  await expect(page).toHaveURL(/\/sample$/);
  await page.context().storageState({ path: ADMIN_SESSION });
});
