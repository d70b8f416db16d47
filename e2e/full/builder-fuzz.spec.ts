import { expect, type Page, test } from "@playwright/test";
import { random } from "../../domain/pipelines/edit/fuzz/random";
import { ADMIN_SESSION, call, openPage } from "../world";
import { builderHands } from "./builder-hands";

test.use({ storageState: ADMIN_SESSION, viewport: { width: 1440, height: 900 } });

// biome-ignore lint/style/noProcessEnv: the test command names the tier
const variables = process.env;
/** `BUILDER_FUZZ_SEEDS=7` or `=7,12` repeats the seeds that a failure named. */
const SEEDS =
  variables.BUILDER_FUZZ_SEEDS?.split(",").map(Number) ?? Array.from({ length: 20 }, (_, at) => at + 1);
const ACTS = 18;
/** More steps than so many acts ever make. */
const MOST_STEPS = 200;

test.skip(
  variables.BENCHWRIGHT_FULL_TESTS === undefined,
  "runs in the full tier alone (BENCHWRIGHT_FULL_TESTS)",
);

const graphOf = (page: Page) => page.getByRole("application", { name: /^Graph of/ });
const named = (page: Page, name: string) =>
  page.getByRole("toolbar", { name: "Draft" }).getByRole("button", { name, exact: true });

/** They stay until somebody closes them. */
const refusals = (page: Page) => page.locator('[data-sonner-toast][data-type="error"]');

/** What the text view holds; the graph is shown before and after. */
async function textOf(page: Page): Promise<string> {
  await named(page, "Text").click();
  const text = await page.getByRole("textbox", { name: /^Text of/ }).inputValue();
  await named(page, "Text").click();
  return text;
}

/** Presses undo or redo until nothing is left. */
async function exhaust(page: Page, name: "Undo" | "Redo"): Promise<void> {
  const button = named(page, name);
  for (let steps = 0; (await button.getAttribute("aria-disabled")) === null; steps += 1) {
    expect(steps).toBeLessThan(MOST_STEPS);
    await button.click();
  }
}

type Written = {
  tasks: { task_id: string; depends_on?: string[] }[];
  canvas?: {
    groups?: { id: string; tasks: string[]; collapsed?: boolean }[];
    comments?: { id: string }[];
  };
};

/** What a graph of the text has to show: every item, and every line between two. */
function shownOf(text: string): { items: string[]; edges: string[] } {
  const { tasks, canvas } = JSON.parse(text) as Written;
  const groups = canvas?.groups ?? [];
  const shownAs = new Map(tasks.map(({ task_id: id }) => [id, id]));
  for (const { id, tasks: members, collapsed } of groups)
    if (collapsed === true) for (const member of members) shownAs.set(member, id);
  const others = [...groups, ...(canvas?.comments ?? [])].map(({ id }) => id);
  const edges = tasks.flatMap(({ task_id: id, depends_on: before = [] }) =>
    before.flatMap((from) => {
      const [start, end] = [shownAs.get(from), shownAs.get(id)];
      return start === undefined || start === end ? [] : [`${start}>${end}`];
    }),
  );
  return {
    items: [...new Set([...shownAs.values(), ...others])].sort(),
    edges: [...new Set(edges)].sort(),
  };
}

async function expectAgreement(page: Page, text: string, seeAll: () => Promise<void>): Promise<void> {
  await seeAll();
  const drawn = () =>
    graphOf(page).evaluate((board) => {
      const of = (key: "flowItem" | "flowEdge", what: string) =>
        [...board.querySelectorAll<HTMLElement>(what)].map(({ dataset }) => dataset[key] ?? "").sort();
      return { items: of("flowItem", "[data-flow-item]"), edges: of("flowEdge", "[data-flow-edge]") };
    });
  await expect.poll(drawn).toEqual(shownOf(text));
}

for (const seed of SEEDS)
  test(`any acts of a person are undone and done again to the byte, seed ${seed}`, async ({ page }) => {
    const broken: string[] = [];
    page.on("pageerror", ({ message }) => broken.push(message));
    const pipelineId = `fuzz-${seed}-${Date.now().toString(36)}`;
    await openPage(page, "/sample/pipelines");
    await call(page, "pipelines.create", { pipelineId, name: "Fuzz" });
    await page.goto(`/sample/pipelines/${pipelineId}`);
    await expect(graphOf(page)).toBeVisible();
    const start = await textOf(page);

    const source = random(seed);
    const { acts, seeAll } = builderHands(page, source);
    const names = Object.keys(acts) as (keyof typeof acts)[];
    // Something to act on first, then anything.
    const plan = ["add", "drop", "add", ...Array.from({ length: ACTS }, () => source.pick(names))] as const;
    for (const name of plan)
      await test.step(name, async () => {
        await acts[name]();
        // What the page offers, it does: nothing is refused afterwards.
        expect(await refusals(page).allInnerTexts()).toEqual([]);
        expect(broken).toEqual([]);
      });

    await exhaust(page, "Redo");
    const end = await textOf(page);
    await test.step("text and graph agree", () => expectAgreement(page, end, seeAll));
    await test.step("undo", async () => {
      await exhaust(page, "Undo");
      expect(await textOf(page)).toBe(start);
    });
    await test.step("redo", async () => {
      await exhaust(page, "Redo");
      expect(await textOf(page)).toBe(end);
      await expectAgreement(page, end, seeAll);
    });
    await expect(page.getByRole("toolbar", { name: "Draft" })).toContainText("saved");
    await page.reload();
    await expect(graphOf(page)).toBeVisible();
    expect(await textOf(page)).toBe(end);
    expect(broken).toEqual([]);
  });
