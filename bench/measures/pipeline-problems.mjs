import { askedChild } from "../lib/asked-child.mjs";
import { median, quantile, rounded } from "../lib/statistics.ts";

export const pipelineProblems = {
  name: "pipeline-problems",
  title:
    "All problems of a pipeline of 1,000 tasks after an edit, its text read anew, 95th percentile of 200 edits",
  goal: 0.1,
  unit: "s",
  repeats: 3,
  async measure({ repeats, say }) {
    const samples = { editMs: [], firstMs: [], editProcessorMs: [], firstProcessorMs: [] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const { tasks, first, edits } = await askedChild("pipeline-problems-child.mjs", [], 120_000);
      if (tasks !== 1_000) throw new Error(`${tasks} tasks`);
      if (!edits.some(({ problems }) => problems > 0)) throw new Error("no edit made a problem");
      const of = (what) => rounded(quantile(edits.map(what), 0.95), 1);
      samples.editMs.push(of(({ ms }) => ms));
      samples.editProcessorMs.push(of(({ processorMs }) => processorMs));
      samples.firstMs.push(rounded(first.ms, 1));
      samples.firstProcessorMs.push(rounded(first.processorMs, 1));
      const middle = rounded(median(edits.map(({ processorMs }) => processorMs)), 1);
      say(
        `edits: 95 % ${samples.editMs.at(-1)} ms, of processor time ${samples.editProcessorMs.at(-1)} ms (median ${middle}); first ${first.ms.toFixed(0)} ms, of processor time ${first.processorMs.toFixed(0)} ms`,
      );
    }
    return {
      value: median(samples.editMs) / 1_000,
      samples,
      note: `In Node, the code that the builder runs in the page: the text is parsed, read and checked. Of processor time 95 % of the edits take at most ${rounded(median(samples.editProcessorMs), 0)} ms; the first check of a page, with code that no engine has compiled yet, ${rounded(median(samples.firstProcessorMs), 0)} ms.`,
    };
  },
};
