import { expect, test } from "@playwright/test";
import { ADMIN, expectNoViolations, signIn } from "./world";

test("a page asks for sign-in and comes back to where one wanted to go", async ({ page }) => {
  await page.goto("/sample/pipelines");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectNoViolations(page);
  await page.getByRole("textbox", { name: "email" }).fill(ADMIN.email);
  await page.getByLabel("password", { exact: true }).fill(ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sample\/pipelines$/);
});

test("a wrong password says so and signs nobody in", async ({ page }) => {
  await signIn(page, ADMIN.email, "not the password");
  await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await page.goto("/sample");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the first-admin page is closed once there is an admin", async ({ page }) => {
  await page.goto("/welcome");
  await expect(page.getByRole("heading", { name: "Create the first admin" })).toHaveCount(0);
});
