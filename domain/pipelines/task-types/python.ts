import { z } from "zod";
import { CodeFile, Identifier, QualifiedName, SecretName, WorkerResources } from "../document/fields";
import type { TaskType } from "./task-type";

const PythonConfig = z.strictObject({
  script: CodeFile.meta({
    title: "Script",
    description: "A file in a code package. It runs on the cluster.",
    examples: ["demand_forecast/clean.py"],
  }),
  args: z.array(z.string()).optional().meta({ title: "Arguments", description: "As on a command line." }),
  parameters: z
    .record(z.string(), z.json())
    .optional()
    .meta({ title: "Parameters", description: "Values that the script reads by name." }),
  resources: WorkerResources.optional(),
  output_tables: z.record(Identifier, QualifiedName).optional().meta({
    title: "Output tables",
    description: "Tables that the script writes, by the name that it gives each.",
  }),
  secrets: z
    .array(SecretName)
    .optional()
    .meta({ title: "Secrets", description: "Environment variables that the script gets." }),
});
type PythonConfig = z.infer<typeof PythonConfig>;

export const python = {
  type: "python",
  label: "Python",
  summary: "Runs a script on the cluster.",
  group: "shape",
  config: PythonConfig,
  initial: { script: "package/script.py" },
  maxAttempts: 2,
  unavailable: null,
  writes: ({ output_tables = {} }) => Object.values(output_tables),
  secrets: ({ secrets = [] }) => secrets,
} as const satisfies TaskType<"python", PythonConfig>;
