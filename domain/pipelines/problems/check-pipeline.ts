import { findErrors } from "../document/find-errors";
import { checkDataFlow } from "./checks/data-flow";
import { checkExpressions } from "./checks/expressions";
import { checkLeakage } from "./checks/leakage";
import { checkNeeds } from "./checks/needs";
import { checkOutputs } from "./checks/outputs";
import { checkOutsideLoops } from "./checks/outside-loops";
import { checkReachability } from "./checks/reachability";
import { checkNames, checkTargets } from "./checks/references";
import type { Knowledge } from "./knowledge";
import { loosePipeline } from "./loose-pipeline";
import type { Problem } from "./problem";

/**
 * Everything that is wrong with a document, or worth a look, whole or half written, in the order of its places. Errors
 * of the document itself are those of `parsePipeline`.
 */
export function checkPipeline(json: unknown, knowledge: Knowledge): Problem[] {
  const errors = findErrors(json).errors;
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return errors.map((error) => ({ ...error, taskId: null, severity: "error", hint: null }));
  }
  const pipeline = loosePipeline(json as Record<string, unknown>, knowledge);
  const idOf = (pointer: string): string | null => {
    const task = pipeline.tasks[Number(/^\/tasks\/(\d+)(\/|$)/.exec(pointer)?.[1] ?? -1)];
    return task === undefined || task.task_id.startsWith("\0") ? null : task.task_id;
  };
  const problems: Problem[] = [
    ...errors.map(({ pointer, code, message, meant }) => ({
      pointer,
      taskId: idOf(pointer),
      severity: "error" as const,
      code,
      message,
      hint: null,
      ...(meant === undefined ? {} : { fix: { label: `Write ${meant}`, pointer, value: meant } }),
    })),
    ...checkExpressions(pipeline),
    ...checkDataFlow(pipeline),
    ...checkOutsideLoops(pipeline),
    ...checkOutputs(pipeline),
    ...checkReachability(pipeline),
    ...checkNames(pipeline),
    ...checkTargets(pipeline),
    ...checkNeeds(pipeline),
    ...checkLeakage(pipeline),
  ];
  return problems.map((problem) =>
    problem.taskId?.startsWith("\0") ? { ...problem, taskId: null } : problem,
  );
}
