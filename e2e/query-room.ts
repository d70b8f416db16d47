import { expect, type Page } from "@playwright/test";

/** Opens the query room, or another page with its editor, and waits until one can write. */
export async function openRoom(page: Page, path = "/sample/query"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("[data-sql-editor=monaco]")).toBeVisible({ timeout: 90_000 });
}

/** Replaces the text; nothing completes what is put in as a whole. */
export async function write(page: Page, sql: string): Promise<void> {
  await page.locator(".monaco-editor").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(sql);
}

/** The text in the editor. */
export const textOf = (page: Page) => page.locator(".view-lines");

/** The tab of a result by its name and outcome. */
export const resultTab = (page: Page, name: RegExp) =>
  page.getByRole("list", { name: "Results" }).getByRole("button", { name });

/** The rows of the result that is shown. */
export const rowsOf = (page: Page) => page.getByRole("grid", { name: /^Rows of / });
