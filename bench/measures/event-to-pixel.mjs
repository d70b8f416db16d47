import { loadavg } from "node:os";
import { buildOnce } from "../../scripts/lib/build.mjs";
import { askedChild } from "../lib/asked-child.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { ensureAdmin, signIn } from "../lib/sign-in.mjs";
import { quantile, rounded } from "../lib/statistics.ts";
import { startWebAlone } from "../lib/web-alone.mjs";

const items = 2_500;
const overMs = 10_000;

/**
 * In the page: each time the counts of the map's items are drawn, what they were and when. A message channel answers
 * after the frame's painting.
 */
function noteFrames(total) {
  const seen = [];
  let due = false;
  const counts = () =>
    [...document.querySelectorAll("p")]
      .map(({ textContent }) => textContent)
      .find((text) => text.includes(total));
  const note = () => {
    due = false;
    const text = counts();
    if (text === undefined) return;
    const number = (pattern) => Number((pattern.exec(text)?.[1] ?? "0").replaceAll(/\D/g, ""));
    const ended = number(/([\d,. ]+) of /);
    const drawn = { ended, begun: ended + number(/([\d,. ]+) running/) };
    const channel = new MessageChannel();
    channel.port1.onmessage = () => seen.push({ ...drawn, at: performance.timeOrigin + performance.now() });
    channel.port2.postMessage(null);
  };
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(note);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  window.seen = seen;
}

/** Milliseconds from each change until a picture that counts it; the n-th change is there once n of its kind are. */
function waits(changes, seen, kind) {
  let at = 0;
  return changes.map((changedAt, index) => {
    while (at < seen.length && seen[at][kind] <= index) at += 1;
    if (at === seen.length) throw new Error(`the page never drew ${kind} ${index + 1}`);
    return Math.max(0, seen[at].at - changedAt);
  });
}

export const eventToPixel = {
  name: "event-to-pixel",
  title: "A task's change of state until the run's page has drawn it, 5,000 changes in 10 s, 95th percentile",
  goal: 0.5,
  unit: "s",
  repeats: 3,
  async measure({ repeats, say }) {
    await buildOnce();
    const postgres = await startPostgres();
    const serverUrl = await postgres.database("server");
    const { databaseUrl } = await askedChild("run-changes-child.mjs", ["prepare", serverUrl], 60_000);
    const web = await startWebAlone(databaseUrl);
    const { browser, stop } = await startBrowser();
    const all = [];
    const samples = { p95Ms: [], writtenMs: [] };
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await ensureAdmin(context.request, web.url);
      await signIn(context, web.url);
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const args = [databaseUrl, items, overMs];
        const { workspace, runId } = await askedChild("run-changes-child.mjs", ["begin", ...args], 60_000);
        const page = await context.newPage();
        const total = ` of ${items.toLocaleString("en")} done`;
        await page.goto(`${web.url}/${workspace}/pipelines/changes/runs/${runId}?task=each`);
        await page.getByText(`0${total}`).first().waitFor({ timeout: 60_000 });
        await page.evaluate(noteFrames, total);
        const { begun, ended } = await askedChild(
          "run-changes-child.mjs",
          ["change", ...args, runId],
          300_000,
        );
        const areAllDrawn = (count) => window.seen.at(-1)?.ended === count;
        await page.waitForFunction(areAllDrawn, items, { timeout: 60_000 });
        const seen = await page.evaluate(() => window.seen);
        await page.close();
        const taken = [...waits(begun, seen, "begun"), ...waits(ended, seen, "ended")];
        all.push(...taken);
        samples.p95Ms.push(rounded(quantile(taken, 0.95), 0));
        samples.writtenMs.push(rounded(Math.max(...ended) - Math.min(...begun), 0));
        say(
          `median ${rounded(quantile(taken, 0.5), 0)} ms, 95 % ${samples.p95Ms.at(-1)} ms, written in ${samples.writtenMs.at(-1)} ms, ${seen.length} pictures, load ${rounded(loadavg()[0], 1)}`,
        );
      }
    } finally {
      await stop();
      await web.stop();
      await postgres.stop();
    }
    return {
      value: quantile(all, 0.95) / 1_000,
      samples,
      note: `A map of ${items.toLocaleString("en")} items, each begun and ended by the acts that the worker calls, from before the write until Chromium has painted the page's counts. The writes took ${samples.writtenMs.join(", ")} ms. Median ${rounded(quantile(all, 0.5), 0)} ms, longest ${rounded(Math.max(...all), 0)} ms.`,
    };
  },
};
