import { DataSetKind } from "../../../domain/datasets/data-set-record";
import { Failure } from "../../../domain/shared/failure";
import type { DataSetScope } from "../data-set-scope";
import { contentKind } from "./content-kind";
import { modelKind } from "./model-kind";
import type { PublishedKind } from "./published-kind";
import { tableKind } from "./table-kind";

export function publishedKind(scope: DataSetScope, kind: DataSetKind): PublishedKind {
  switch (kind) {
    case "table":
      return tableKind(scope);
    case "model":
      return modelKind(scope);
    case "report":
    case "dashboard":
      return contentKind(scope, kind);
  }
}

/** The kind that is given, or the only one that has the name. Failures: `not_found`, `invalid_input` (several have it). */
export async function kindOf(
  scope: DataSetScope,
  { name, kind }: { name: string; kind?: DataSetKind | undefined },
): Promise<DataSetKind> {
  if (kind !== undefined) return kind;
  const found = await Promise.all(
    DataSetKind.options.map(async (each) =>
      (await publishedKind(scope, each).describe(name)) === null ? [] : [each],
    ),
  );
  const [only, ...more] = found.flat();
  if (only === undefined) throw new Failure("not_found", `There is no data set ${name}.`);
  if (more.length === 0) return only;
  throw new Failure("invalid_input", `${name} is the name of a ${[only, ...more].join(" and a ")}.`, {
    errors: [{ pointer: "/kind", message: "Say which is meant." }],
  });
}
