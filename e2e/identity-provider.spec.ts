import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { ADMIN, ADMIN_SESSION, expectNoViolations, signIn } from "./world";

// biome-ignore lint/style/noProcessEnv: the test command says there where the provider is
const issuer = process.env.OIDC_ISSUER ?? "";

type Person = { sub: string; name: string; email: string; email_verified: boolean };
const GRACE: Person = {
  sub: "p-grace",
  name: "Grace Guest",
  email: "grace@example.org",
  email_verified: true,
};

/** Makes this browser one in which `person` is signed in at the provider, which misbehaves as `fault` says. */
async function atProvider(context: BrowserContext, person: Person, fault = ""): Promise<void> {
  await context.addCookies([
    { name: "provider-person", value: encodeURIComponent(JSON.stringify(person)), url: issuer },
    { name: "provider-fault", value: fault, url: issuer },
  ]);
}

async function continueWithProvider(page: Page): Promise<void> {
  await page.goto("/sign-in?callbackUrl=%2Fsample%2Fpipelines");
  await page.getByRole("button", { name: "Continue with Example Corp" }).click();
}

async function expectRefusal(page: Page, words: RegExp): Promise<void> {
  await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
  await page.goto("/sample");
  await expect(page).toHaveURL(/\/sign-in/);
}

test.describe("the identity provider", () => {
  test.skip(issuer === "", "OIDC_ISSUER is missing");

  test("lets nobody in whom no workspace knows, and says whom to ask", async ({ page, context }) => {
    await atProvider(context, { ...GRACE, sub: "p-stranger", email: "stranger@example.org" });
    await continueWithProvider(page);
    await expect(page).toHaveURL(/\/sign-in\?error=/);
    await expectNoViolations(page);
    await expectRefusal(page, /stranger@example\.org is a member here.*invitation/i);
  });

  test("lets an invited person in, to where they wanted to go, with the role of the invitation", async ({
    page,
    context,
    browser,
  }) => {
    const office = await browser.newContext({ storageState: ADMIN_SESSION });
    const admin = await office.newPage();
    await admin.goto("/sample/settings/invitations");
    await admin.getByLabel("email").fill(GRACE.email);
    await admin.getByLabel("role").selectOption("viewer");
    await admin.getByRole("button", { name: "Make invitation link" }).click();
    await expect(admin.getByText(`Invitation link for ${GRACE.email}`)).toBeVisible();

    await atProvider(context, GRACE);
    const asked = page.waitForRequest((request) => request.url().startsWith(`${issuer}/authorize`));
    await continueWithProvider(page);
    const query = new URL((await asked).url()).searchParams;
    expect(query.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"])
      expect(query.get(name)?.length, name).toBeGreaterThan(20);
    await expect(page).toHaveURL(/\/sample\/pipelines$/);

    await admin.goto("/sample/settings/members");
    const row = admin.getByRole("row").filter({ hasText: GRACE.email });
    await expect(row.getByRole("combobox")).toHaveValue("viewer");
    await office.close();
  });

  test("is the second way in for a person with a password, where it vouches for their e-mail", async ({
    page,
    context,
  }) => {
    const ada = { sub: "p-ada", name: "Ada", email: ADMIN.email };
    await atProvider(context, { ...ada, email_verified: false });
    await continueWithProvider(page);
    await expectRefusal(page, /does not vouch for your e-mail/i);
    await atProvider(context, { ...ada, email_verified: true });
    await continueWithProvider(page);
    await expect(page).toHaveURL(/\/sample\/pipelines$/);
  });

  for (const fault of ["state", "nonce"]) {
    test(`signs nobody in by an answer with the ${fault} of another visit`, async ({ page, context }) => {
      await atProvider(context, GRACE, fault);
      await continueWithProvider(page);
      await expectRefusal(page, /identity provider refused the sign-in|did not finish/i);
    });
  }
});

test("too many wrong passwords are answered with the time to wait, and hinder nobody else", async ({
  page,
}) => {
  const email = "guessed@example.org";
  const answered = () => page.waitForResponse((response) => response.url().includes("/callback/credentials"));
  let answer = answered();
  await signIn(page, email, "guess 1");
  await answer;
  await expect(page.getByRole("alert").filter({ hasText: /do not belong together/ })).toBeVisible();
  for (let attempt = 2; attempt <= 9; attempt++) {
    await page.getByLabel("password", { exact: true }).fill(`guess ${attempt}`);
    answer = answered();
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    expect((await answer).status()).toBe(attempt === 9 ? 429 : 401);
  }
  const limit = page.getByRole("alert").filter({ hasText: /Too many attempts.*Wait \d+ seconds/ });
  await expect(limit).toBeVisible();
  await expectNoViolations(page);
  await signIn(page, ADMIN.email, ADMIN.password);
  await expect(page).toHaveURL(/\/sample$/);
});
