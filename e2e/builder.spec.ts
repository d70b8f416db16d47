import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { ADMIN_SESSION, call, expectNoViolations, openPage } from "./world";

test.use({ storageState: ADMIN_SESSION, viewport: { width: 1440, height: 900 } });

/** The journey's five stages, as the palette calls them. */
const STAGES = [
  { label: "Sync connections", type: "ingestion_trigger" },
  { label: "SQL", type: "sql_execute" },
  { label: "Train on Ray", type: "ray_train" },
  { label: "Evaluate", type: "model_evaluate" },
  { label: "Deploy on Ray Serve", type: "ray_serve_update" },
];

const graphOf = (page: Page) => page.getByRole("application", { name: /^Graph of/ });
const textOf = (page: Page) => page.getByRole("textbox", { name: /^Text of/ });
const task = (page: Page, id: string) => graphOf(page).locator(`[data-flow-item="${id}"]`);
const inspector = (page: Page, id: string) => page.getByRole("region", { name: `Task ${id}` });
const palette = (page: Page, label: string) => page.getByRole("button", { name: `Add ${label}.` });
const saved = (page: Page) => expect(page.getByRole("toolbar", { name: "Draft" })).toContainText("saved");

/** Makes an empty pipeline of this test's own and opens it. */
async function openNew(page: Page, name: string): Promise<string> {
  const pipelineId = `${name}-${randomBytes(4).toString("hex")}`;
  await openPage(page, "/sample/pipelines");
  await call(page, "pipelines.create", { pipelineId, name });
  await page.goto(`/sample/pipelines/${pipelineId}`);
  await expect(graphOf(page)).toBeVisible();
  return pipelineId;
}

type Stored = { text: string; revision: number };

async function stored(page: Page, pipelineId: string): Promise<Stored> {
  const input = encodeURIComponent(JSON.stringify({ json: { workspace: "sample", pipelineId } }));
  const response = await page.request.get(`/api/trpc/pipelines.draft?input=${input}`);
  return ((await response.json()) as { result: { data: { json: Stored } } }).result.data.json;
}

type Drawn = { tasks: { task_id: string; depends_on?: string[]; config: Record<string, unknown> }[] };
const drawn = async (page: Page, pipelineId: string): Promise<Drawn> =>
  JSON.parse((await stored(page, pipelineId)).text) as Drawn;

async function expectChain(page: Page, pipelineId: string): Promise<void> {
  await expect
    .poll(async () =>
      (await drawn(page, pipelineId)).tasks.map(({ task_id, depends_on = [] }) => [task_id, ...depends_on]),
    )
    .toEqual(
      STAGES.map(({ type }, at) => [
        type,
        ...STAGES.slice(Math.max(0, at - 1), at).map((before) => before.type),
      ]),
    );
}

test("five stages are drawn by mouse, undone to the byte, and done again", async ({ page }) => {
  const pipelineId = await openNew(page, "by-mouse");
  const { text: start } = await stored(page, pipelineId);
  for (const { label, type } of STAGES.slice(0, 3)) {
    await palette(page, label).click();
    await expect(task(page, type)).toHaveAttribute("aria-pressed", "true");
  }
  await test.step("one is dropped on the graph and connected by its ports", async () => {
    await palette(page, "Evaluate").dragTo(graphOf(page), { targetPosition: { x: 20, y: 330 } });
    await expect(task(page, "model_evaluate")).toBeVisible();
    const port = (id: string, end: "source" | "target") =>
      page.locator(`.react-flow__node[data-id="${id}"] .react-flow__handle.${end}`);
    await port("ray_train", "source").hover();
    await page.mouse.down();
    const end = await port("model_evaluate", "target").boundingBox();
    await page.mouse.move((end?.x ?? 0) + 4, (end?.y ?? 0) + 4, { steps: 8 });
    await page.mouse.up();
    await expect(
      inspector(page, "model_evaluate").getByRole("button", { name: "No longer wait for ray_train" }),
    ).toBeVisible();
  });
  await task(page, "model_evaluate").click();
  await palette(page, "Deploy on Ray Serve").click();
  await expectChain(page, pipelineId);

  await test.step("tasks are lined up, and a dragged one is guided", async () => {
    const places = async () => {
      const { canvas } = (await drawn(page, pipelineId)) as {
        canvas?: { positions?: Record<string, number[]> };
      };
      const points = Object.values(canvas?.positions ?? {}).toSorted(([, a = 0], [, b = 0]) => a - b);
      const gaps = points.slice(1).map(([, y = 0], at) => y - (points[at]?.[1] ?? 0));
      return {
        columns: new Set(points.map(([x]) => x)).size,
        isEven: gaps.every((gap) => Math.abs(gap - (gaps[0] ?? 0)) <= 1),
      };
    };
    await task(page, "ray_train").focus();
    await page.keyboard.press("Control+a");
    for (const how of ["Left edges", "Distribute vertically"]) {
      await page.getByRole("button", { name: "Align" }).click();
      await page.getByRole("menuitem", { name: how }).click();
    }
    await expect.poll(places).toEqual({ columns: 1, isEven: true });
    await page.getByRole("button", { name: "Show all of it" }).click();
    await page.keyboard.press("Escape");
    const from = await task(page, "ray_train").boundingBox();
    const [x, y] = [(from?.x ?? 0) + 60, (from?.y ?? 0) + 20];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 30, { steps: 6 });
    await expect(page.locator("[data-flow-guides] path").first()).toBeAttached();
    await page.mouse.up();
    await expect(page.locator("[data-flow-guides]")).toHaveCount(0);
    await expect.poll(places).toEqual({ columns: 1, isEven: false });
  });

  await test.step("a form writes the text", async () => {
    await page.getByLabel("Find a task").fill("ingestion_trigger");
    await page.keyboard.press("Enter");
    const form = inspector(page, "ingestion_trigger");
    await form.getByRole("button", { name: "Add to connections" }).click();
    await form.getByRole("group", { name: "connections" }).getByRole("textbox").fill("shopify-orders");
    await expect
      .poll(async () => (await drawn(page, pipelineId)).tasks[0]?.config.connections)
      .toEqual(["shopify-orders"]);
  });
  await expectNoViolations(page);

  const { text: end } = await stored(page, pipelineId);
  const press = async (name: "Undo" | "Redo") => {
    const button = page.getByRole("button", { name, exact: true });
    for (let steps = 0; steps < 30 && (await button.getAttribute("aria-disabled")) === null; steps += 1)
      await button.click();
  };
  await press("Undo");
  await expect.poll(async () => (await stored(page, pipelineId)).text).toBe(start);
  await press("Redo");
  await expect.poll(async () => (await stored(page, pipelineId)).text).toBe(end);
});

test("five stages are drawn by keyboard alone, and the draft survives a reload", async ({ page }) => {
  const pipelineId = await openNew(page, "by-keys");
  for (const { label, type } of STAGES.slice(0, 3)) {
    await palette(page, label).focus();
    await page.keyboard.press("Enter");
    await expect(task(page, type)).toHaveAttribute("aria-pressed", "true");
  }
  await test.step("C and the arrows connect", async () => {
    // With nothing selected, what comes next stands alone.
    await task(page, "ray_train").focus();
    await page.keyboard.press("Escape");
    await palette(page, "Evaluate").focus();
    await page.keyboard.press("Enter");
    await expect(task(page, "model_evaluate")).toHaveAttribute("aria-pressed", "true");
    await task(page, "ray_train").focus();
    await page.keyboard.press("c");
    await expect(page.getByText("leads to: choose with the arrow keys")).toBeVisible();
    const end = page.getByText("leads to", { exact: false }).filter({ hasText: "model_evaluate" });
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
      if (await end.isVisible()) break;
      await page.keyboard.press(key);
    }
    await expect(end).toBeVisible();
    await page.keyboard.press("Enter");
  });
  await task(page, "model_evaluate").focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page, "model_evaluate")).toBeVisible();
  await palette(page, "Deploy on Ray Serve").focus();
  await page.keyboard.press("Enter");
  await expectChain(page, pipelineId);

  await test.step("F8 goes to a problem, and the task opens", async () => {
    await page.keyboard.press("F8");
    await expect(inspector(page, "ingestion_trigger")).toBeVisible();
    await expect(page.getByRole("region", { name: "Problems" })).toContainText(
      "Name at least one connection",
    );
  });
  await page.reload();
  for (const { type } of STAGES) await expect(task(page, type)).toBeVisible();
});

test("the text is typed, mended and activated; a task without its room is refused with the reason", async ({
  page,
}) => {
  const pipelineId = await openNew(page, "by-text");
  await page.getByRole("button", { name: "Text", exact: true }).click();
  const written = (tasks: unknown[]) =>
    `// kept\n${JSON.stringify({ pipeline_id: pipelineId, name: "By text", tasks }, null, 2)}\n`;
  const ask = { task_id: "ask", type: "http", config: { url: "https://example.com/" } };
  const deploy = {
    task_id: "deploy",
    type: "ray_serve_update",
    config: { deployment_name: "shop", model_source: "latest_validated" },
  };
  await textOf(page).fill(written([ask, deploy]));
  await saved(page);
  const activate = page.getByRole("button", { name: "Activate", exact: true });
  await expect(activate).toHaveAttribute("aria-disabled", "true");
  await expect(activate).toHaveAccessibleDescription(/serving room/);
  await textOf(page).fill(`${written([ask])}}`);
  await expect(page.getByText(/^Line \d+: /)).toBeVisible();
  await textOf(page).fill(written([ask]));
  await saved(page);
  await expectNoViolations(page);
  await expect(activate).not.toHaveAttribute("aria-disabled", "true");
  await activate.click();
  await page.getByRole("button", { name: "Activate version 1" }).click();
  await expect(page.getByRole("main").getByText("version 1", { exact: true }).first()).toBeVisible();
  await page.getByRole("tab", { name: "Versions" }).click();
  await expect(page.getByRole("button", { name: "Run version 1" })).toBeVisible();
  await expectNoViolations(page);
  expect((await stored(page, pipelineId)).text).toBe(written([ask]));
});

test("two pages of one draft: apart it merges, at one place a person decides", async ({ page, context }) => {
  const pipelineId = await openNew(page, "by-two");
  await palette(page, "HTTP request").click();
  await saved(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText(/^also here:/)).toBeVisible();
  const url = (which: Page) => inspector(which, "http").getByRole("textbox", { name: /^url/ });
  await expect(url(other)).toBeVisible();

  await other.getByRole("button", { name: "Text", exact: true }).click();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await test.step("apart", async () => {
    await textOf(other).fill(
      (await textOf(other).inputValue()).replace('"name": "by-two"', '"name": "Theirs"'),
    );
    await url(page).fill("https://example.com/mine");
    for (const each of [page, other]) {
      await expect(textOf(each)).toHaveValue(/Theirs/);
      await expect(textOf(each)).toHaveValue(/example\.com\/mine/);
    }
  });
  await test.step("at one place", async () => {
    await saved(page);
    const { text, revision } = await stored(page, pipelineId);
    // What this page saves waits until the other has saved.
    let letGo = () => {};
    const theirs = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(/pipelines\.saveDraft/, async (route) => {
      await theirs;
      await route.continue();
    });
    await url(page).fill("https://example.com/again");
    await call(other, "pipelines.saveDraft", {
      pipelineId,
      text: text.replace("example.com/mine", "example.com/theirs"),
      baseRevision: revision,
    });
    letGo();
    const notice = page.getByRole("alert").filter({ hasText: "Somebody else saved this draft" });
    await expect(notice).toContainText("example.com/again");
    await expect(notice).toContainText("example.com/theirs");
    await expectNoViolations(page);
    await notice.getByRole("button", { name: /^Take theirs/ }).click();
    await expect(textOf(page)).toHaveValue(/example\.com\/theirs/);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(textOf(page)).toHaveValue(/example\.com\/again/);
  });
});
