import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Page, test } from "@playwright/test";
import { type Harness, startHarness } from "./harness";

export type EngineTab = {
  /** The page that holds the engine. */
  tab: Page;
  /** Its files are found under `/files/`. */
  folder: string;
};

/** Opens the engine's page once for the tests of a file, and closes it behind the last. To be asked within a test. */
export function engineTab(): () => EngineTab {
  let harness: Harness | undefined;
  let opened: EngineTab | undefined;

  test.beforeAll(async ({ browser }) => {
    const folder = await mkdtemp(path.join(tmpdir(), "browser-engine-"));
    harness = await startHarness({ files: folder });
    opened = { tab: await browser.newPage(), folder };
    await opened.tab.goto(harness.url);
  });

  test.afterAll(async () => {
    await opened?.tab.close();
    await harness?.close();
    if (opened !== undefined) await rm(opened.folder, { recursive: true, force: true });
  });

  return () => {
    if (opened === undefined) throw new Error("The engine's page is open within tests alone.");
    return opened;
  };
}
