import { nearestName } from "../../../shared/nearest-name";
import { soleNearName } from "../../../shared/sole-near-name";
import { noSuchTask } from "../../document/no-such-task";
import { compileExpression } from "../../expressions/compile-expression";
import { expressionNames } from "../../expressions/expression-names";
import { type FoundExpression, findExpressions } from "../../expressions/find-expressions";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import { mendSlip } from "../mend-slip";
import type { Problem, ProblemCode } from "../problem";
import { misfit } from "./misfit";

/** What is wrong with the expressions in the configs: their words, their names, and what they give. */
export function checkExpressions(pipeline: LoosePipeline): Problem[] {
  return pipeline.tasks.flatMap((task) => {
    const { expressions, broken } = findExpressions(task.type, task.config);
    return [
      ...broken.map(({ pointer, position, message }) =>
        problemOf(task, pointer, "expression", `${message} It is at character ${position + 1}.`),
      ),
      ...expressions.flatMap((found) => checkOne(found, task, pipeline)),
    ];
  });
}

const problemOf = (
  task: LooseTask,
  pointer: string,
  code: ProblemCode,
  message: string,
  hint: string | null = null,
): Problem => ({
  pointer: `/tasks/${task.index}/config${pointer}`,
  taskId: task.task_id,
  severity: "error",
  code,
  message,
  hint,
});

function checkOne(found: FoundExpression, task: LooseTask, pipeline: LoosePipeline): Problem[] {
  const compiled = compileExpression(found.source, found.isInMap);
  if (!compiled.ok) {
    const position = found.start + compiled.position + 1;
    const where = `at character ${position}`;
    return [problemOf(task, found.pointer, "expression", `${compiled.message} It is ${where}.`)];
  }
  const names = expressionNames(compiled.ast);
  const problems = [
    ...names.tasks.flatMap(({ name }) => checkTask(name, found, task, pipeline)),
    ...names.parameters.flatMap(({ name }) => checkParameter(name, found, task, pipeline)),
  ];
  if (problems.length > 0) return problems;
  const message = misfit(found, compiled, names, task, pipeline);
  return message === null ? [] : [problemOf(task, found.pointer, "type_mismatch", message)];
}

function checkTask(
  name: string,
  { pointer }: FoundExpression,
  task: LooseTask,
  pipeline: LoosePipeline,
): Problem[] {
  const named = pipeline.byId.get(name);
  if (named === undefined) {
    const others = [...pipeline.byId.keys()].filter((id) => id !== task.task_id && !id.startsWith("\0"));
    const { message, meant } = noSuchTask(name, others);
    const problem = problemOf(task, pointer, "unknown_task", message);
    return [{ ...problem, ...mendName("tasks", name, meant ?? null, problem, pipeline) }];
  }
  if (pipeline.ancestors.isBefore(named.index, task.index)) return [];
  const problem = problemOf(
    task,
    pointer,
    "not_upstream",
    name === task.task_id
      ? `"${name}" asks for its own outputs, which are not there before it ends.`
      : `"${task.task_id}" asks for outputs of "${name}" and does not wait for it.`,
    name === task.task_id ? null : `Let it depend on "${name}".`,
  );
  const wouldLoop = name === task.task_id || pipeline.ancestors.isBefore(task.index, named.index);
  if (wouldLoop) return [problem];
  const fix = {
    label: `Depend on ${name}`,
    pointer: `/tasks/${task.index}/depends_on`,
    value: [...task.depends_on, name],
  };
  return [{ ...problem, fix }];
}

function checkParameter(
  name: string,
  { pointer }: FoundExpression,
  task: LooseTask,
  pipeline: LoosePipeline,
): Problem[] {
  const parameters = (pipeline.json.parameters ?? {}) as Record<string, unknown>;
  if (Object.hasOwn(parameters, name)) return [];
  const known = Object.keys(parameters);
  const near = nearestName(name, known);
  const problem = problemOf(
    task,
    pointer,
    "unknown_reference",
    `There is no parameter "${name}".`,
    near === null ? "Add it to parameters with its default." : `Did you mean "${near}"?`,
  );
  return [{ ...problem, ...mendName("parameters", name, soleNearName(name, known), problem, pipeline) }];
}

const mendName = (
  of: "tasks" | "parameters",
  name: string,
  meant: string | null,
  { pointer }: Problem,
  { json }: LoosePipeline,
) => mendSlip(json, pointer, `${of}.${name}`, meant === null ? null : `${of}.${meant}`);
