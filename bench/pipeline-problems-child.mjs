/** What the builder's check of a document takes: processor and wall milliseconds, sent to the parent. */
import { jsonOf, parseText } from "../domain/pipelines/edit/text/parse-text";
import { checkPipeline } from "../domain/pipelines/problems/check-pipeline";
import { validPipeline } from "../domain/pipelines/problems/planted/valid-pipeline";

const TASKS = 1_000;
const EDITS = 200;
/** Tasks of a generated pipeline beside its statements. */
const OTHERS = 9;

const { json, knowledge } = validPipeline(7, TASKS - OTHERS);

/** Reads and checks the text as the page does after an edit. */
function check(text) {
  const [from, used] = [performance.now(), process.cpuUsage()];
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(parsed.mistake.message);
  const problems = checkPipeline(jsonOf(parsed.root), knowledge);
  const { user, system } = process.cpuUsage(used);
  return { ms: performance.now() - from, processorMs: (user + system) / 1_000, problems: problems.length };
}

const first = check(JSON.stringify(json, null, 2));
const edits = Array.from({ length: EDITS }, (_, edit) => {
  const task = json.tasks[(37 * edit) % json.tasks.length];
  if (task === undefined) throw new Error("no such task");
  // Every tenth edit is a mistake, which the next one of that task mends.
  if (typeof task.config.sql === "string")
    task.config.sql = `SELECT ${edit % 10 === 0 ? "{{ parameters.gone }}" : edit} AS n FROM lake.shop.orders`;
  else task.timeout = `${edit + 1}m`;
  return check(JSON.stringify(json, null, 2));
});
process.send({ tasks: json.tasks.length, first, edits });
