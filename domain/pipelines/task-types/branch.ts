import { z } from "zod";
import { Identifier } from "../document/fields";
import type { TaskType } from "./task-type";

const BranchConfig = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        when: z
          .string()
          .min(1)
          .meta({
            title: "When",
            description: "An expression that is true or false.",
            examples: ["tasks.model_validation.outputs.metrics.mape_overall < 0.1"],
          }),
        // biome-ignore lint/suspicious/noThenProperty: the document's word; it is a list, never a function
        then: z.array(Identifier).meta({ title: "Then", description: "Tasks that depend on this one." }),
      }),
    )
    .min(1, "Write at least one case")
    .meta({ title: "Cases", description: "The first that holds is taken." }),
  otherwise: z
    .array(Identifier)
    .default([])
    .meta({ title: "Otherwise", description: "Tasks that go on where no case holds." }),
});
type BranchConfig = z.infer<typeof BranchConfig>;

export const branch = {
  type: "branch",
  label: "Branch",
  summary: "Chooses which of the tasks behind it go on.",
  group: "control",
  config: BranchConfig,
  // biome-ignore lint/suspicious/noThenProperty: as above
  initial: { cases: [{ when: "true", then: [] }], otherwise: [] },
  maxAttempts: 1,
  unavailable: null,
  kind: "branch",
} as const satisfies TaskType<"branch", BranchConfig>;
