import { scriptsOf, startBrowser } from "../lib/browser.mjs";
import { ensureAdmin, signIn } from "../lib/sign-in.mjs";
import { median, rounded } from "../lib/statistics.ts";

const kilobytes = (scripts) => rounded(scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, 1);

async function weigh({ app, repeats, say, path, prepare }) {
  const { url } = await app();
  const { browser, stop } = await startBrowser();
  try {
    const samples = { scriptsKb: [], scripts: [] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const context = await browser.newContext();
      await ensureAdmin(context.request, url);
      await prepare(context, url);
      const { endedAt, scripts } = await scriptsOf(context, `${url}${path}`);
      await context.close();
      samples.scriptsKb.push(kilobytes(scripts));
      samples.scripts.push(scripts.length);
      say(`${new URL(endedAt).pathname}: ${kilobytes(scripts)} kB in ${scripts.length} scripts`);
    }
    return { value: median(samples.scriptsKb), samples };
  } finally {
    await stop();
  }
}

const how =
  "Bytes of script that cross the network (compressed, headers included) in Chromium with an empty cache until three seconds after the page's load event";

export const pageWeight = {
  name: "page-weight",
  title: "Compressed JavaScript of the first view (sign-in)",
  goal: 200,
  unit: "kB",
  repeats: 1,
  measure: async (context) => ({
    ...(await weigh({ ...context, path: "/sign-in", prepare: async () => {} })),
    note: `${how}; nobody is signed in.`,
  }),
};

export const workbenchWeight = {
  name: "workbench-weight",
  title: "Compressed JavaScript of the workbench's first page",
  goal: 200,
  unit: "kB",
  repeats: 1,
  measure: async (context) => ({
    ...(await weigh({ ...context, path: "/sample", prepare: signIn })),
    note: `${how}; signed in, with what the page loads ahead for its links.`,
  }),
};
