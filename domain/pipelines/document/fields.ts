import { z } from "zod";

/** A span of time as the documents write it: `60s`, `5m`, `2h`, `14d`. */
export const Duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, "Write a whole number and a unit (ms, s, m, h, d), for example 30m");

/** A table or query of three parts: catalog.schema.name. */
export const QualifiedName = z
  .string()
  .regex(
    /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){2}$/,
    "Write three parts, for example analytics.derived.demand_features",
  );

/** The id of a pipeline or of a task. */
export const Identifier = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
    "Start with a letter; use letters, digits, _ and -; at most 64 characters",
  );

/** A file in a code package. */
export const CodeFile = z
  .string()
  .regex(/^[A-Za-z][\w-]*(\/[\w-]+)*\/[\w-]+\.py$/, "Write <package>/<file>.py");

/** The name of a secret of the workspace, which the work finds as an environment variable. */
export const SecretName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "Use letters, digits and _, for example API_TOKEN");

/** A whole text that is one expression: `{{ parameters.regions }}`. */
export const ExpressionText = z
  .string()
  .regex(
    /^\s*\{\{[\s\S]+\}\}\s*$/,
    "Write a list, or an expression in double braces: {{ parameters.regions }}",
  );

/** What a worker or a script gets of the cluster: CPUs and GPUs as counts, memory in bytes. */
export const WorkerResources = z
  .strictObject({
    CPU: z.number().positive().default(1).meta({ title: "CPUs" }),
    GPU: z.number().min(0).optional().meta({ title: "GPUs" }),
    memory: z
      .int()
      .positive()
      .optional()
      .meta({ title: "Memory, bytes", examples: [4_294_967_296] }),
  })
  .meta({ title: "Resources" });
