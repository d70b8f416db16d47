import type { Locator, Page } from "@playwright/test";
import type { Random } from "../../domain/pipelines/edit/fuzz/random";

const TYPES = ["SQL", "Python", "Train on Ray", "Evaluate", "HTTP request", "Branch", "Run a pipeline"];
const ALIGNMENTS = [
  "Left edges",
  "Centres",
  "Bottom edges",
  "Distribute horizontally",
  "Distribute vertically",
];
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

type Point = { x: number; y: number };

/** What a person's hands do in the builder, with what is there at the moment. False where there is nothing to do it with. */
export function builderHands(page: Page, random: Random) {
  const graph = page.getByRole("application", { name: /^Graph of/ });
  const bar = page.getByRole("toolbar", { name: "Draft" });
  const item = (id: string) => graph.locator(`[data-flow-item="${id}"]`);
  const named = (name: string) => bar.getByRole("button", { name, exact: true });
  /** What is pressed may lie under another item, so that fewer are selected than were meant. */
  const pressIn = async (name: string) => {
    const button = named(name);
    if ((await button.getAttribute("aria-disabled")) !== null) return false;
    await button.click();
    return true;
  };
  let words = 0;
  const word = () => {
    words += 1;
    return `w${words}`;
  };

  /** All in view, so that each item is an element. */
  const seeAll = () => graph.getByRole("button", { name: "Show all of it" }).click();
  const ids = (what: string) =>
    graph
      .locator(what)
      .evaluateAll((found) => found.map((one) => (one as HTMLElement).dataset.flowItem ?? ""));
  const tasks = () => ids(".react-flow__node-stage [data-flow-item]");
  const frames = () => ids(".react-flow__node-frame [data-flow-item]");
  const comments = () => ids(".react-flow__node-comment [data-flow-item]");

  const middle = async (what: Locator): Promise<Point | null> => {
    const box = (await what.count()) === 0 ? null : await what.boundingBox();
    return box === null ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const press = async (id: string, key?: "Shift") => {
    const at = await middle(item(id));
    if (at === null) return false;
    if (key !== undefined) await page.keyboard.down(key);
    await page.mouse.click(at.x, at.y);
    if (key !== undefined) await page.keyboard.up(key);
    return true;
  };
  const drag = async (from: Point | null, to: Point | null) => {
    if (from === null || to === null) return false;
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    return true;
  };
  /** One of them, pressed, with the keys on the graph. */
  const chosen = async (from: Promise<string[]>) => {
    await seeAll();
    const known = await from;
    const id = known.length === 0 ? null : random.pick(known);
    return id !== null && (await press(id)) ? id : null;
  };
  const several = async (most: number) => {
    const first = await chosen(tasks());
    if (first === null) return false;
    const more = (await tasks()).filter((id) => id !== first && random.chance(0.7)).slice(0, most - 1);
    for (const id of more) await press(id, "Shift");
    return more.length > 0;
  };
  const withKeys = async (from: Promise<string[]>, ...keys: string[]) => {
    if ((await chosen(from)) === null) return false;
    for (const key of keys) await page.keyboard.press(key);
    return true;
  };
  const inspector = page.getByRole("region", { name: /^Task / });
  const write = async (field: Locator, text: string) => {
    if ((await field.count()) === 0 || !(await field.isEditable())) return false;
    await field.fill(text);
    await field.press("Tab");
    return true;
  };

  return {
    seeAll,
    acts: {
      add: async () => {
        await page.getByRole("button", { name: `Add ${random.pick(TYPES)}.` }).click();
        return true;
      },
      drop: async () => {
        const targetPosition = { x: 40 + random.whole(500), y: 40 + random.whole(300) };
        await page
          .getByRole("button", { name: `Add ${random.pick(TYPES)}.` })
          .dragTo(graph, { targetPosition });
        return true;
      },
      connect: async () => {
        await seeAll();
        const known = await tasks();
        if (known.length < 2) return false;
        const port = (end: string) =>
          middle(
            page
              .locator(`.react-flow__node[data-id="${random.pick(known)}"] .react-flow__handle.${end}`)
              .first(),
          );
        return drag(await port("source"), await port("target"));
      },
      connectByKeys: () =>
        withKeys(tasks(), "c", random.pick(ARROWS), random.pick(ARROWS), "Enter", "Escape"),
      cut: async () => {
        await seeAll();
        const lines = graph.locator("[data-flow-edge] path:last-child");
        const count = await lines.count();
        if (count === 0) return false;
        const at = await middle(lines.nth(random.whole(count)));
        if (at === null) return false;
        await page.mouse.click(at.x, at.y);
        await page.keyboard.press("Delete");
        return true;
      },
      waitFor: async () => {
        if ((await chosen(tasks())) === null) return false;
        const field = inspector.getByRole("combobox", { name: "depends_on" });
        if ((await field.count()) === 0 || (await field.isDisabled())) return false;
        const options = await field.locator("option").count();
        await field.selectOption({ index: 1 + random.whole(options - 1) });
        return true;
      },
      remove: () => withKeys(tasks(), "Delete"),
      removeSome: async () => {
        if (!(await several(3))) return false;
        await page.keyboard.press("Delete");
        return true;
      },
      removeAll: () => withKeys(tasks(), "Control+a", "Delete"),
      rename: async () => {
        if ((await chosen(tasks())) === null) return false;
        return write(inspector.getByRole("textbox", { name: /^task_id/ }), word());
      },
      edit: async () => {
        if ((await chosen(tasks())) === null) return false;
        const fields = inspector.getByRole("textbox").and(page.locator(":visible"));
        const count = await fields.count();
        return count > 1 && write(fields.nth(1 + random.whole(count - 1)), word());
      },
      type: async () => {
        await named("Text").click();
        const text = page.getByRole("textbox", { name: /^Text of/ });
        await text.fill((await text.inputValue()).replace(/"name": "[^"]*"/, `"name": "${word()}"`));
        await named("Text").click();
        return true;
      },
      paste: () => withKeys(tasks(), "Control+c", "Control+v"),
      pasteSome: async () => {
        if (!(await several(3))) return false;
        await page.keyboard.press("Control+c");
        await page.keyboard.press("Control+v");
        return true;
      },
      duplicate: () => withKeys(tasks(), "Control+d"),
      group: async () => {
        return (await several(3)) && pressIn("Group");
      },
      collapse: () => withKeys(frames(), "Enter"),
      expand: async () => {
        await seeAll();
        const groups = await ids(".react-flow__node-stage [data-flow-item^=group]");
        const [first] = groups;
        const at = first === undefined ? null : await middle(item(first));
        if (at === null) return false;
        await page.mouse.dblclick(at.x, at.y);
        return true;
      },
      nameGroup: async () => {
        if (!(await withKeys(frames(), "F2"))) return false;
        const field = graph.getByRole("textbox", { name: "Name of the group" });
        if ((await field.count()) === 0) return false;
        await field.fill(word());
        await field.press("Enter");
        return true;
      },
      ungroup: () => withKeys(frames(), "Delete"),
      comment: async () => {
        await named("Comment").click();
        return true;
      },
      writeComment: async () => {
        if (!(await withKeys(comments(), "Enter"))) return false;
        const field = graph.getByRole("textbox", { name: "Text of the comment" });
        if ((await field.count()) === 0) return false;
        await field.fill(word());
        await field.press("Control+Enter");
        return true;
      },
      removeComment: () => withKeys(comments(), "Delete"),
      move: async () => {
        await seeAll();
        const known = [...(await tasks()), ...(await frames()), ...(await comments())];
        if (known.length === 0) return false;
        const from = await middle(item(random.pick(known)));
        const by = { x: random.whole(240) - 120, y: random.whole(160) - 80 };
        return drag(from, from === null ? null : { x: from.x + by.x, y: from.y + by.y });
      },
      push: () => withKeys(tasks(), `Alt+${random.pick(ARROWS)}`),
      align: async () => {
        if (!(await several(4))) return false;
        if (!(await pressIn("Align"))) return false;
        const menu = page.getByRole("menuitem", { name: random.pick(ALIGNMENTS) });
        await page.getByRole("menu").waitFor();
        if ((await menu.count()) === 0) await page.keyboard.press("Escape");
        else await menu.click();
        return true;
      },
      layOut: async () => {
        await named("Lay out").click();
        return true;
      },
      undo: () => withKeys(tasks(), "Control+z", "Control+z"),
      redo: () => withKeys(tasks(), "Control+Shift+z"),
    } satisfies Record<string, () => Promise<boolean>>,
  };
}
