import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";

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

/** What another theme can change: the rules on colours. All others read the same document again. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

type Audited = { violations: { id: string; nodes: { html: string }[] }[] };
type Axe = { run(context: object, options: object): Promise<Audited> };

/** Fails with the rule and the element of every accessibility violation, in both themes. */
export async function expectNoViolations(page: Page): Promise<void> {
  // The builder reads axe into the page at each audit, which costs more than the audit: once a document is enough.
  if (!(await page.evaluate(() => "axe" in window)))
    await new AxeBuilder({ page }).setLegacyMode().withRules(["html-has-lang"]).analyze();
  const found = await page.evaluate(async (colourRules) => {
    const { axe } = window as unknown as { axe: Axe };
    const judge = async (theme: string, context: object, rules: object) => {
      document.documentElement.dataset.theme = theme;
      // The editor's colours follow the theme in a script of theirs, which has run by the next frame.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      // No page has frames of other hosts, so all is judged within it.
      const { violations } = await axe.run(context, {
        ...rules,
        resultTypes: ["violations"],
        iframes: false,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${theme} ${id}: ${html.slice(0, 200)}`),
      );
    };
    const others = Object.fromEntries(colourRules.map((id) => [id, { enabled: false }]));
    // A page behind a dialog is dimmed and hidden; its colours are judged where they are seen.
    const isBehind = (element: Element | null | undefined) => element?.closest("[aria-hidden=true]") != null;
    const dialogs = [...document.querySelectorAll("[role=dialog]")];
    const lit = isBehind(document.querySelector("main"))
      ? (dialogs.find((dialog) => !isBehind(dialog)) ?? document)
      : document;
    return [
      ...(await judge("light", document, { rules: others })),
      ...(await judge("light", lit, { runOnly: colourRules })),
      ...(await judge("dark", lit, { runOnly: colourRules })),
    ];
  }, COLOUR_RULES);
  expect(found).toEqual([]);
}

/** Opens a page and waits until it listens: what is pressed on a page that is only drawn is lost. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => {
    const button = document.querySelector("button");
    return button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"));
  });
}

/** A procedure, called as the person who is signed in. */
export async function call<T>(page: Page, procedure: string, input: object): Promise<T> {
  const answer = await page.evaluate(
    async ([name, json]) => {
      const response = await fetch(`/api/trpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ json }),
      });
      return { ok: response.ok, text: await response.text() };
    },
    [procedure, { workspace: "sample", ...input }] as const,
  );
  expect(answer.ok, answer.text).toBe(true);
  return (JSON.parse(answer.text) as { result: { data: { json: T } } }).result.data.json;
}

/**
 * Invites a viewer to the workspace and gives their page to `act`, in a browser session of their own. `page` is one of the
 * workspace, of who may invite.
 */
export async function asViewer(
  page: Page,
  { name, browser }: { name: string; browser: Browser },
  act: (viewer: Page) => Promise<void>,
): Promise<void> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.org`;
  const { url } = await call<{ url: string }>(page, "invitations.create", { email, role: "viewer" });
  const { pathname } = new URL(url);
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    baseURL: new URL(page.url()).origin,
  });
  try {
    const viewer = await context.newPage();
    await viewer.goto(pathname);
    await viewer.getByRole("textbox", { name: "name" }).fill(name);
    await viewer.getByLabel("password", { exact: true }).fill("a password of a viewer");
    await viewer.getByRole("button", { name: "Accept the invitation" }).click();
    await expect(viewer).toHaveURL(/\/sample/);
    await act(viewer);
  } finally {
    await context.close();
  }
}
