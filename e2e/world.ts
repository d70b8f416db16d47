import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The first administrator, made once by `first-visit.setup.ts`. */
export const ADMIN = {
  name: "Ada Admin",
  email: "ada@example.org",
  password: "correct horse battery staple",
};

/** Where the setup keeps the administrator's session. */
export const ADMIN_SESSION = "test-results/admin-session.json";

/** Fills the sign-in page and presses the button. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "email" }).fill(email);
  await page.getByLabel("password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Fails with the rule and the element of every accessibility violation, in both themes. */
export async function expectNoViolations(page: Page): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${theme} ${id}: ${node.html.slice(0, 200)}`),
    );
    expect(found).toEqual([]);
  }
}
